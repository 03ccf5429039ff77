"""`python -m skill check`: a fault is planted, and its line is all that is found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.__main__ import main
from skill.store import check, content, links, models, shape, wording
from tests.store.conftest import House

ICE, HEAT, FEVER = "en/treat/ice.toml", "en/treat/heat.toml", "en/sign/fever.toml"
CAT_COW, QUICK, LIST = "en/stretch/cat-cow.toml", "en/routine/quick.toml", "en/list/treatments.toml"
INTENTS, TYPES, PHRASES, SOURCES = "en/_intents.toml", "en/_types.toml", "en/_phrases.toml", "en/_sources.toml"
PEOPLE, ANSWERS = "en/_people.toml", "en/_answers.toml"
BRITAIN = "en-GB/_locale.toml"

SHAPES = [
    (FEVER, 'alone = "urgent"', 'alone = "high"', 'alone is "high"; use emergency, urgent, see-doctor or self-care'),
    (FEVER, 'alone = "urgent"', "",
     "alone is missing; write it: signs and risks only: where to turn with this one and no other"),
    (ICE, "goes_with", 'alone = "urgent"\ngoes_with',
     "alone does not belong in this card; take it out (Signs and risks only: where to turn with this "),
    (ICE, 'why = "Cold dulls the ache."', "",
     "why is missing; write it: the reason behind the answer, in one sentence or two"),
    (ICE, '"ice", "cold pack"', '"ice"',
     "names has 1 of at least 2; write there: what people call it, at least two, the usual name first"),
    (ICE, '"cold pack"', '"Cold pack"',
     'names has "Cold pack"; write there: a name in lower case, no digits, no punctuation but '),
    (ICE, '"is cold good"', '"is cold good for 10 minutes"',
     'asked has "is cold good for 10 minutes"; write there: what people say, in lower case, no digits, '),
    (ICE, "[10, 15]", "[10, 15, 20]",
     "facts.minutes has [10, 15, 20]; write there: a whole number, or two of them as [lowest, highest]"),
    (ICE, "[10, 15]", "12.5",
     'facts.minutes has "12.5"; write there: a whole number, or two of them as [lowest, highest]'),
    (ICE, "how_long", "howlong", "follow.howlong is not known here; did you mean how_long?"),
    (ICE, "article", "book", "source.book is not known here; take it out, or use article or guideline"),
    (ICE, '["treat.heat"]', '"treat.heat"',
     'goes_with is not a list in brackets; write there: ids that are natural to hear next, such as "treat.heat"'),
    (ICE, 'more = "Leave the cloth on."', "more = 2026-11-23T10:00:00\nwhere = 1",
     "where is not known here; take it out, or see content/_schema/"),
    (HEAT, "more =", 'say = "Warm it."\nmore =',
     "say does not belong in this card; take it out (The normal answer, a sentence a line; "),
    (HEAT, 'well = "Later on, a warm bath helps."', "",
     "well is missing; write it: in place of say, together with sore: what holds for a back that is well"),
    (CAT_COW, "level = 1", "level = 4", "level is 4; use 1, 2 or 3"),
    (CAT_COW, "level = 1", "",
     "level is missing; write it: stretches only: 1 is the gentlest, 3 the hardest"),
    (QUICK, 'stretches = ["stretch.cat-cow"]', "",
     "stretches is missing; write it: routines only: ids of stretches, in the order in which they are done"),
    (LIST, '"treat.ice", ', "", "parts has 1 of at least 2; write there: lists only: ids of the group, at least two"),
    (INTENTS, "slots", "slot", "AskIntent.slot is not known here; did you mean slots?"),
    (INTENTS, '"sure", ', "",
     "AMAZON.YesIntent.samples has 4 of at least 5; write there: what people say, at least five; lower case, "),
    (INTENTS, "[AskIntent]", "[Ask]",
     'Ask is not known here; rename it: a table an intent: [SkipIntent], or ["AMAZON.YesIntent"] for Amazon\'s own'),
    (TYPES, '["running", "a run"]', '"running"',
     "Activity.running is not a list in brackets; write there: the names of a value, at least two, "),
    (PHRASES, '["Okay.", "Sure.", "No problem.", "All right."]', '"Okay."',
     "fine is not a list in brackets; write there: the variants of a phrase, as a list of texts"),
    (SOURCES, "article ", "articel ",
     'article is missing; write it: words by key, as in nhs-back-pain = "the advice of …"; '),
    (BRITAIN, "nine nine nine", "999",
     'words.emergency_number has "999"; write there: words ready to be spoken: letters, numbers spelled out, '),
    (BRITAIN, "checked = 2026-11-23", "checked = true",
     "checked is not a text in quotes; write there: the day on which somebody last looked the numbers up, "),
]
"""What a schema finds: file, what was there, what is there now, how the line begins (it ends with the cure)."""

LINKS = [
    (CAT_COW, 'gentler = "stretch.plank"', 'gentler = "stretch.plonk"',
     'guide.gentler names "stretch.plonk", and there is no such card; did you mean "stretch.plank"?'),
    (CAT_COW, 'gentler = "stretch.plank"', 'gentler = "treat.ice"',
     'guide.gentler names "treat.ice"; name another card of the folder stretch'),
    (CAT_COW, "hold = [24, 80]", "", "guide.hold is missing; write it"),
    (ICE, '"treat.heat"', '"treat.heet"',
     'goes_with names "treat.heet", and there is no such card; did you mean "treat.heat"?'),
    (ICE, '"treat.heat"', '"treat.ice"', "goes_with names the card itself; name another, or take it out"),
    (HEAT, 'contradicts = ["treat.ice"]', 'contradicts = ["life.xyz"]',
     'contradicts names "life.xyz", and there is no such card; write it, or take it out here'),
    (LIST, 'parts = ["treat.ice"', 'parts = ["treat.iec"',
     'parts names "treat.iec", and there is no such card; did you mean "treat.ice"?'),
    (QUICK, '"stretch.cat-cow"', '"treat.ice"',
     'stretches names "treat.ice", which is no stretch; name one of the folder stretch'),
    (QUICK, '"stretch.cat-cow"', '"stretch.catcow"',
     'stretches names "stretch.catcow", and there is no such card; did you mean "stretch.cat-cow"?'),
    (FEVER, '"nhs-back-pain"', '"nhs-back"',
     'source.guideline is "nhs-back", and _sources.toml has no such key; did you mean "nhs-back-pain"?'),
    (TYPES, '"treat.heat"', '"treat.heating"',
     'Activity has "treat.heating", and there is no such card; did you mean "treat.heat"?'),
    (TYPES, "[Activity]", "[Stretch]", "Stretch is made from the cards; take it out here"),
    (TYPES, '"a run"', '"sauna"',
     'Activity has "sauna" under treat.heat and running; take it out of one of them'),
    (INTENTS, 'topic = "Topic"', 'topic = "Topics"',
     'AskIntent.slots.topic is of type "Topics", which is unknown; did you mean "Topic"?'),
    (INTENTS, "[AskIntent]", "[TreatIceIntent]",
     "TreatIceIntent asks for the card treat.ice; put its samples into that card's asked"),
    (HEAT, '"warm pack"', '"chill"',
     '"chill" is a name of sign.fever, too (in Topic); take it out of one of them'),
    (INTENTS, '"a bit"', '"sure"', 'AMAZON.YesIntent has "sure" twice; delete one'),
    (ICE, '"is cold good"', '"a bit"',
     'asked has "a bit" as does content/en/_intents.toml: AMAZON.YesIntent; delete one'),
    (ICE, '"is cold good"', '"is warm good"',
     'asked has "is warm good" as does content/en/treat/heat.toml: asked; delete one'),
    (BRITAIN, "physio  ", "# physio", "words.physio is missing, and other locales have it; write it there"),
    (BRITAIN, "physio  ", 'hotline = "nine"\nphysio  ',
     "words.hotline is in few other locales; rename it, or write it there, too"),
]
"""What is wrong between files."""

WORDINGS = [
    (ICE, "{minutes} minutes at a time.", "{hours} hours at a time.",
     "follow.how_long has the blank {hours}, which is unknown; put it under [facts], or into every _locale.toml"),
    (ICE, "minutes = [10, 15]", "minutes = [10, 15]\ndays = 2",
     "facts.days is in none of the texts; use {days} in one, or take it out"),
    (ICE, "Leave the cloth on.", "Is the cloth on?",
     "more asks a question; only phrases ask, so say it as a statement"),
    (HEAT, "Leave it out with a bruise.", "Leave it out for two days.",
     'more says "two days"; put the figure under [facts] and a blank here'),
    (PHRASES, '"Okay."', '"It is okay."',
     'fine says "It is"; shorten it as a voice does, with an apostrophe'),
    (PHRASES, "Something went wrong on my side.", "An invalid answer.",
     'sorry says "invalid"; use a word that people use at home'),
    (SOURCES, "the Mayo Clinic's page", "the symptom page",
     'mayo-back-pain says "symptom"; use a word that people use at home'),
]
"""What is spoken; `test_wording` and `test_phrasebook` have the rest."""


PEOPLES = [
    (PEOPLE, "[maybe]\n\"sign.fever\" = [\"i'm sweating buckets\"]\n", "",
     "maybe is missing; write it: lines by the id of the sign that they may tell of, "),
    (PEOPLE, "i'm burning up", "I'm burning up!",
     'told.sign.fever has "I\'m burning up!"; write there: a line as a recogniser writes it: lower-case words and '),
    (PEOPLE, '"sign.fever" = ["i\'m sw', '"sign.fevers" = ["i\'m sw',
     'maybe has "sign.fevers", and there is no such card; did you mean "sign.fever"?'),
    (PEOPLE, "turn the heating down", "i'm burning up",
     'nothing.said has "i\'m burning up", and so has told.sign.fever; delete one'),
    (PEOPLE, "no cool as a cucumber", "yes a bit hot",
     'answered.no has "yes a bit hot", and so has answered.yes; delete one'),
    (ANSWERS, '"sign.fever"', '"sign.fevers"',
     'has "sign.fevers", and nothing asks about that; did you mean "sign.fever"?'),
    (ANSWERS, "cool as you like", "thirty nine this morning",
     'sign.fever.no has "thirty nine this morning", and so has sign.fever.yes; delete one'),
    (ANSWERS, "thirty nine this morning", "yes a bit hot",
     'sign.fever.yes has "yes a bit hot", and so has answered.yes of _people.toml; delete one'),
    (ANSWERS, "cool as you like", "36.6",
     'sign.fever.no has "36.6"; write there: a line as a recogniser writes it: lower-case words and '),
]
"""What people said; each line stands once."""


@pytest.mark.parametrize(("file", "old", "new", "line"), [*SHAPES, *LINKS, *WORDINGS, *PEOPLES])
def test_fault(house: House, file: str, old: str, new: str, line: str) -> None:
    """The one fault there is, is the one line there is."""
    house.plant(file, old, new)

    (found,) = house.findings()
    assert found.startswith(f"content/{file}: {line}")


@pytest.mark.parametrize(("old", "new"), [('"Ice"', '"Ice'), ("more =", "why ="), ("[facts]", "[facts"), ("=", "")])
def test_no_toml(house: House, old: str, new: str) -> None:
    """What is no TOML is told with Python's own words for the place, on one line."""
    house.plant(ICE, old, new)

    (line,) = house.findings()
    assert line.startswith(f"content/{ICE}: this is not TOML (")
    assert line.endswith(" there")


def test_in_order(house: House) -> None:
    """Where there is no fault, there is no line."""
    assert house.findings() == []


def test_real_content(capsys: pytest.CaptureFixture[str]) -> None:
    """The content and the models of this project are in order, and the command says so."""
    assert main(["check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == "Content and models are in order, and every routine can be played.\n"


def test_missing_file(house: House) -> None:
    """A file that is gone is told by its name."""
    (house.root / SOURCES).unlink()

    assert house.findings() == [f"content/{SOURCES}: the file is missing; write it, or bring it back"]


def test_unknown_folder(house: House) -> None:
    """A card in a folder that is no kind would never be told; its author learns why."""
    (house.root / "en" / "strech").mkdir()
    (house.root / CAT_COW).rename(house.root / "en" / "strech" / "plank.toml")
    house.plant(QUICK, "stretch.cat-cow", "strech.plank")

    assert house.findings()[0].startswith(
        'content/en/strech/plank.toml: the folder "strech" is not a kind of card; use about, avoid, ')


def test_contradicting(house: House) -> None:
    """A card that contradicts another says for which back, and so in `sore` and `well`."""
    house.plant(ICE, "goes_with", 'contradicts = ["treat.heat"]\ngoes_with')

    assert [line.partition(";")[0] for line in house.findings()] == [
        f"content/{ICE}: sore is missing", f"content/{ICE}: well is missing"]


def test_no_locale(house: House) -> None:
    """Without any locale in shape, the cards are judged as far as that goes."""
    for locale in content.LOCALES:
        house.plant(f"{locale}/_locale.toml", "checked =", "chequed =")

    assert len(house.findings()) == 2 * len(content.LOCALES)


def test_not_text(house: House) -> None:
    """A file that isn't text is told like one that isn't TOML."""
    (house.root / ICE).write_bytes(b"title = '\xff'")

    assert house.findings()[0].startswith(f"content/{ICE}: this is not TOML ('utf-8' codec")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A copy of the models."""
    return shutil.copytree(models.MODELS, tmp_path / "interaction_models")


def test_model_missing(house: House) -> None:
    """A locale without a model is told."""
    assert [line for line in check.findings(house.root, house.models) if "en-IN" in line] == [
        "interaction_models/en-IN.json: the model is missing; run python -m skill model"]


def test_model_stale(documents: Path) -> None:
    """A model that content doesn't make is told; what is judged is what content makes."""
    path = documents / "en-CA.json"
    path.write_text(path.read_text("utf-8").replace("back coach", "ask coach"), "utf-8")

    assert check.findings(documents=documents) == [
        "interaction_models/en-CA.json: the model is out of date; run python -m skill model"]


def test_model_with_broken_content(house: House, documents: Path) -> None:
    """While content is out of shape, the models are judged as they lie there."""
    house.plant(FEVER, "alone", "alon")
    path = documents / "en-CA.json"
    path.write_text(path.read_text("utf-8").replace("back coach", "ask coach"), "utf-8")
    (documents / "en-AU.json").write_text("[]", "utf-8")

    found = check.findings(house.root, documents)

    assert 'interaction_models/en-CA.json: invocationName has "ask", a launch word; choose another word' in found
    assert "interaction_models/en-AU.json: this is no interaction model; run python -m skill model" in found


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 1000) | st.floats() | st.text(max_size=8) |
    st.sampled_from(["{", "{minutes}", "{0}", "{a.b}", "{!r}", "}", "Well, {minutes}?", "treat.ice", "."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=4)

FIELDS = sorted(shape.card_fields())
LOCAL = {locale: content.local_words(locale) for locale in content.LOCALES}


@given(st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=3), st.sampled_from(["treat.ice", "avoid.core"]))
def test_any_card(changes: dict[str, Any], item_id: str) -> None:
    """Whatever an author writes into a field, there are lines or none; never a traceback."""
    card = shape.plain({**content.cards("en")[item_id], "kind": item_id.partition(".")[0], **changes})

    found = shape.flaws(card, "card")
    if not found:
        found = [*wording.card_flaws(card, LOCAL), *links.card_flaws(card, item_id, content.cards("en"), ())]

    assert all(line and "\n" not in line for line in found)
    assert json.dumps(found)
