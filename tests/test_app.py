"""Content that changes while the skill runs: the next request is answered from it, unless it can't be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill import app
from skill.dialogue.session import Session
from skill.store import content, models, survey
from skill.workshop import Workshop
from tests.conftest import Edit, Talk, asked, heard, judged

ICE, LOCALE, MODEL = "content/en/treat/ice.toml", "content/en-US/_locale.toml", "interaction_models/en-US.json"
READING, PHRASES = "content/en/_reading.toml", "content/en/_phrases.toml"
NEW = "Cold peas are lovely."


def ice() -> str:
    """What is said about ice."""
    return Talk().say("TreatIceIntent").speech


def reworded(edit: Edit) -> None:
    """Puts another sentence before what is said about ice."""
    edit(ICE, 'say = """\n', f'say = """\n{NEW}\n')


def test_new_words(edit: Edit) -> None:
    """What was written is spoken once it is taken up, and not before."""
    before = ice()
    reworded(edit)

    assert ice() == before
    assert app.refresh() == []
    assert ice().startswith(NEW)


def test_reload(edit: Edit) -> None:
    """After a reload everything is as the files have it."""
    reworded(edit)
    edit(LOCALE, "nine one one", "one two three")
    app.reload()

    assert ice().startswith(NEW)
    assert "one two three" in Talk().say("SeekEmergencyIntent").speech


@pytest.mark.parametrize(("file", "old", "new", "field"), [
    (ICE, 'title  = "Ice"', 'title  = "Ice', "this is not TOML"),
    (ICE, "why =", "whi =", "why is missing; write it"),
    (ICE, "goes_with = [", 'goes_with = "no"\ncontradicts = [', "goes_with is not a list in brackets; write there"),
    (ICE, "{minutes}", "{hours}", "say has the blank {hours}, which is unknown; put it under [facts]"),
    (READING, "[class]", "[klass]", "class is missing; write it"),
    (READING, "<", "<no", "is used and not written; put it under [class]"),
    (PHRASES, "\nwhat ", "\nwhatever ", "what is missing, and "),
    (LOCALE, "emergency_number", "emergency", "words.emergency_number is missing"),
    (MODEL, "{", "", "this is no interaction model; run python -m skill model"),
])
def test_broken(edit: Edit, file: str, old: str, new: str, field: str) -> None:
    """A file that cannot be used is told by name, field and cure, and the last good content goes on."""
    reworded(edit)
    assert app.refresh() == []
    edit(file, old, new)

    found = app.refresh()

    assert [line for line in found if line.startswith(f"{file}: ") and field in line] != []
    assert app.refresh() == found
    assert ice().startswith(NEW)
    assert survey.survey("en-US")
    assert content.local_words("en-US")["emergency_number"] == "nine one one"


def test_mended(edit: Edit) -> None:
    """Once the file is mended, the new words are spoken, and nothing is found any more."""
    edit(ICE, 'title  = "Ice"', 'title  = "Ice')
    assert app.refresh() != []

    edit(ICE, 'title  = "Ice', 'title  = "Ice"')
    reworded(edit)

    assert app.refresh() == []
    assert ice().startswith(NEW)


def test_badly_put(edit: Edit) -> None:
    """Words against the rules of the house are spoken all the same: their author wants to hear them."""
    edit(ICE, 'say = """\n', 'say = """\nPlease note (well): ice.\n')

    assert app.refresh() == []
    assert "Please note" in ice()


def test_signs_are_read_anew(edit: Edit) -> None:
    """What people say for signs, and what the check asks, are taken up like the rest."""
    edit("content/en/_check.toml", "?", ", friend?")
    edit(READING, '"sign.fever" = [', '"sign.fever" = [ "cooking like a lobster",')

    assert app.refresh() == []
    wording = app.wordings()["en-GB"]
    assert wording.reader.read("i'm cooking like a lobster").said == ("sign.fever",)
    assert "friend?" in Talk().say("CheckWarningSignsIntent").speech


def test_in_the_middle(edit: Edit) -> None:
    """A routine goes on across a change: its place is kept in ids."""
    turns = Talk().play(("StartRoutineIntent", {"routine": "routine.quick"}), "AMAZON.NoIntent")
    before = turns[-1].response["sessionAttributes"]
    reworded(edit)
    assert app.refresh() == []

    after = judged(asked("AMAZON.RepeatIntent", {}, before), app.skill())["sessionAttributes"]
    assert Session.load(before).course.plan
    assert Session.load(after).course.plan == Session.load(before).course.plan


def test_new_item(edit: Edit) -> None:
    """A new file is a new item, and one that is gone is none; both in a stamp that changes."""
    before = content.stamp()
    copy = content.CONTENT / "en" / "treat" / "honey.toml"
    shutil.copy(content.CONTENT / "en" / "treat" / "ice.toml", copy)

    assert content.stamp() != before
    assert app.refresh() == []
    assert "treat.honey" in content.library("en-AU")

    copy.unlink()
    assert app.refresh() == []
    assert "treat.honey" not in content.library("en-AU")
    del edit


def test_names_outgrow_the_model(edit: Edit) -> None:
    """What people say is in the model: content that has more makes it stale."""
    assert models.is_fresh("en-US")
    edit(ICE, 'names  = ["ice",', 'names  = ["ice", "snow pack",')

    assert app.refresh() == []
    assert not models.is_fresh("en-US")


def test_news_meanwhile(edit: Edit) -> None:
    """A change in the very moment that somebody looks is news by the next look at the latest."""
    workshop, old, new = Workshop(), '"is cold good for this",', '"is cold good for this", "shall i freeze it",'
    workshop.news()
    told = []
    with ThreadPoolExecutor(1) as author:
        for change in [(old, new), (new, old)] * 3:
            written = author.submit(edit, ICE, *change)
            while not written.done():
                workshop.news()
            told.append(workshop.news().stale)

    assert told == [True, False] * 3


@pytest.mark.usefixtures("edit")
def test_ear_stays() -> None:
    """As long as the model says the same, the ear needn't learn it again."""
    ear = app.ear("en-US")
    app.reload()

    assert app.ear("en-US") is ear


def test_at_once(edit: Edit) -> None:
    """Many may ask while content is taken up: each answer is the old one or the new one."""
    before = ice()
    reworded(edit)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda turn: app.refresh() if turn % 5 == 0 else ice(), range(40)))

    assert {str(answer)[:len(NEW)] for answer in answers if answer} == {before[:len(NEW)], NEW}
    assert ice().startswith(NEW)


def test_nothing_to_fall_back_on(edit: Edit) -> None:
    """Content that is broken from the start is told, too, and raises where it is needed."""
    edit(ICE, 'title  = "Ice"', 'title  = "Ice')
    app.reload()

    assert "this is not TOML" in app.refresh()[0]
    with pytest.raises(content.ContentError):
        app.coach()


HOUSE = '''
import sys
import time
from pathlib import Path
from skill import app
from skill.store import content, models
from tests.store.conftest import House

MORE = """
[HowLongIntent]
slots = { topic = "Topic" }
samples = ["how long for {topic}", "for how long {topic}", "{topic} how long", "how long of {topic}", "how long"]
"""

house = House(Path(sys.argv[1]) / "content")
house.plant("en/_intents.toml", "[AskIntent]", MORE + "[AskIntent]")
content.CONTENT, models.MODELS = house.root, house.models
for locale in content.LOCALES:
    models.write(locale)
assert app.refresh() == []
'''
"""A small house of content of its own, in a process of its own, whose ears have learnt nothing yet."""

AGAIN = """
words = "is cold good tonight"
assert app.ear("en-US")(words).intent != "TreatHeatIntent"
house.plant("en/treat/heat.toml", "asked = [", f'asked = ["{words}",')
assert app.learn_again() == []
assert app.ear("en-US")(words).intent == "TreatHeatIntent"
assert all(map(models.is_fresh, content.LOCALES))
house.plant("en/treat/heat.toml", "asked = [", "askt = [")
assert "asked is missing" in app.learn_again()[0]
assert app.ear("en-US")(words).intent == "TreatHeatIntent"
"""


AT_ONCE = """
hear = app.listener_at_once("en-US")
with app._schoolroom:  # nobody learns anything now
    assert hear("what about ice").intent == "AskIntent"
    assert hear("could ice be any good for it").intent == "AMAZON.FallbackIntent"
    assert app.is_learning()
while app.is_learning():
    time.sleep(0.1)
assert hear("could ice be any good for it").share > 0
house.plant("en/treat/heat.toml", "asked = [", 'asked = ["is cold good tonight",')
assert app.refresh() == []
for locale in content.LOCALES:
    models.write(locale)
assert app.refresh() == []
with app._schoolroom:
    assert hear("could ice be any good for it").share > 0
    assert hear("is cold good tonight").intent != "TreatHeatIntent"
while app.is_learning():
    time.sleep(0.1)
assert hear("is cold good tonight").intent == "TreatHeatIntent"
"""


@pytest.mark.parametrize("story", [AGAIN, AT_ONCE], ids=["again", "at-once"])
def test_learning(tmp_path: Path, story: str) -> None:
    """What people say is heard once it is learnt, and nobody who can't wait has to; what is broken is told."""
    ran = subprocess.run([sys.executable, "-c", HOUSE + story, str(tmp_path)], cwd=content.ROOT, capture_output=True,
                         text=True, check=False, timeout=120, env={"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": "."})

    assert ran.returncode == 0, ran.stderr


def test_stamp_is_the_same() -> None:
    """As long as nothing changes, the stamp doesn't, and nothing is made anew."""
    assert content.stamp(models.MODELS) == content.stamp(models.MODELS)
    assert app.refresh() == []
    coach = app.coach()
    assert app.refresh() == []
    assert app.coach() is coach
    assert heard("what about ice")[0].said == ("treat.ice",)
