"""What authors look at: every item, measured, with all that leads to it and all that tests it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skill.domain.items import Stretch
from skill.domain.speech import seconds
from skill.store import content, models, wording
from skill.store.survey import Surveyed, survey, uncovered

NOWHERE = Path("nowhere")


def surveyed(item_id: str, locale: str = "en-US", tests: Path = NOWHERE) -> Surveyed:
    """One item of a survey."""
    return next(each for each in survey(locale, tests) if each.id == item_id)


@pytest.fixture
def proofs(tmp_path: Path) -> Path:
    """A folder of tests: a conversation, one that cannot be read, and three utterances."""
    told = tmp_path / "conversations" / "en"
    told.mkdir(parents=True)
    (told / "a.toml").write_text(
        'claim = "a"\n[[turn]]\nyou = "ice"\ncoach = ["treat.ice"]\n'
        '[[turn]]\nsaid = ["treat.ice"]\nfound = ["sign.fever"]\nasking = ["sign.week"]\n', "utf-8")
    (told / "b.toml").write_text("[[turn", "utf-8")
    (tmp_path / "utterances").mkdir()
    rows = [{"expect": ["treat.ice", "treat.heat"]}, {"expect": ["treat.heat"]}, {"expect": []}, {"text": "ice"}]
    (tmp_path / "utterances" / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return tmp_path


@pytest.mark.parametrize("locale", content.LOCALES)
def test_whole_library(locale: str) -> None:
    """Every item is surveyed, in the order of the library, and its file is there."""
    found = survey(locale)

    assert [each.id for each in found] == [item.id for item in content.library(locale)]
    assert [each.file for each in found if not (content.ROOT / each.file).is_file()] == []


def test_texts_of_every_length() -> None:
    """What can be told is there, part by part, the shortest answer and all of the guidance included."""
    for each in survey("en-US", NOWHERE):
        item = content.library("en-US")[each.id]
        parts = {told.part: told.text for told in each.texts}

        assert parts["say"].startswith(parts["short"])
        assert {"say", "short", "more", "why", *(f"follow.{key}" for key in item.follow)} <= parts.keys()
        assert isinstance(item, Stretch) == ("guide.into" in parts)
        assert all(parts.values())


def test_measures() -> None:
    """A text is measured as it is heard: the locale's words filled in, by the rulers that the rest is measured by."""
    told = next(each for each in surveyed("seek.emergency", "en-GB").texts if each.part == "say")

    assert content.local_words("en-GB")["emergency_number"] in told.text
    assert "{" not in told.text
    assert (told.seconds, told.words, told.grade) == (
        seconds(told.text), len(wording.words(told.text)), wording.grade(told.text))


def test_what_leads_to_it() -> None:
    """All that a person may say for it: samples of its own, names, reports, and commands with a slot for it."""
    yoga, fever = surveyed("treat.yoga"), surveyed("sign.fever")

    assert yoga.asked == tuple(content.cards("en")["treat.yoga"]["asked"])
    assert yoga.slots["Topic"] == yoga.names
    assert "do yoga" in yoga.slots["Activity"]
    assert "AskIntent" in yoga.commands
    assert not yoga.reported
    assert {*fever.names, *fever.reported} == {*fever.slots["Symptom"]}
    assert "ReportSymptomIntent" in fever.commands


def test_commands_can_take_it() -> None:
    """A command is named for an item exactly where one of its slots has the item among its values."""
    language = models.model("en-US")["interactionModel"]["languageModel"]
    values = {kind["name"]: {value["id"] for value in kind["values"]} for kind in language["types"]}
    taking = {intent["name"]: set().union(*(values.get(slot["type"], set()) for slot in intent["slots"]))
              for intent in language["intents"]}

    for each in survey("en-US", NOWHERE):
        assert {*each.commands} == {name for name, ids in taking.items() if each.id in ids}


def test_coverage(proofs: Path) -> None:
    """Conversations that name an item, and utterances that expect it, are found."""
    ice, heat = surveyed("treat.ice", tests=proofs), surveyed("treat.heat", tests=proofs)

    assert (ice.conversations, ice.utterances) == (("conversations/en/a.toml",), 1)
    assert (heat.conversations, heat.utterances) == ((), 2)
    assert surveyed("sign.fever", tests=proofs).conversations == ice.conversations
    assert surveyed("sign.week", tests=proofs).is_covered


def test_uncovered(proofs: Path) -> None:
    """What no test asks for is easily listed."""
    left = uncovered(survey("en-US", proofs))

    assert {*left}.isdisjoint({"treat.ice", "treat.heat", "sign.fever", "sign.week"})
    assert len(left) == len(survey("en-US")) - 4


def test_no_tests() -> None:
    """Where there are no tests, nothing is covered, and all else is as ever."""
    assert len(uncovered(survey("en-US", NOWHERE))) == len(survey("en-US"))


def test_own_tests() -> None:
    """Where no folder is named, it is the project's own tests that count."""
    assert surveyed("treat.ice", tests=content.ROOT / "tests").is_covered
    assert next(each for each in survey("en-US") if each.id == "treat.ice").is_covered
