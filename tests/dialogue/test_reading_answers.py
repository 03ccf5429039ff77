"""What people answer, read with the project's own words: yes, no, not sure, how long, how bad, which way, which leg."""

from __future__ import annotations

import pytest

from skill.dialogue.reading import Reader
from skill.domain import signs
from skill.store import content

READER = Reader(content.reading("en"))
FRIDAY = 4
"""As `datetime.weekday` counts."""


@pytest.mark.parametrize(("said", "asked", "answer"), [
    ("yeah a bit", "sign.numbness", "yes"), ("kind of", "sign.nausea", "yes"), ("haan", "sign.fever", "yes"),
    ("I can't go at all", "sign.bladder-bowel", "yes"), ("no wait yes", "sign.fever", "yes"),
    ("no not that I noticed", "sign.fever", "no"), ("not really", "sign.nausea", "no"), ("yeah nah", "sign.fever",
    "no"),
    ("i don't think so", "sign.fever", "no"), ("yes i can feel everything", "sign.numbness", "no"),
    ("i can pee fine", "sign.bladder-bowel", "no"), ("nahi", "sign.fever", "no"), ("it's easing", "sign.worsening",
    "no"),
    ("not sure", "sign.fever", "unsure"), ("couldn't tell you", "sign.stabbing", "unsure"),
    ("no thermometer here", "sign.fever", "unsure"), ("hundred and one", "sign.fever", "yes"),
    ("it's not numb", "sign.numbness", "no"), ("three weeks", "sign.week", "yes"), ("tell me about ice",
    "sign.fever", None), ("pancakes", "sign.fever", None),
    ("right one only the left is okay", "sign.leg-weakness", "yes"), ("just the left one", "sign.numbness", "yes"),
    ("the right is fine and so is the left", "sign.leg-weakness", "no"), ("they just go", "sign.leg-weakness", "yes"),
    ("just the left shoulder is sore", "sign.leg-weakness", None), ("full strength", "sign.leg-weakness", "no"),
    ("yesterday it was worse than now", "sign.worsening", "no"), ("not increasing", "sign.worsening", "no"),
    ("it was bad and now it's worse", "sign.worsening", "yes"),
    ("it was worse this morning it's a bit better now", "sign.worsening", "no"),
    ("it was better this morning it's a bit worse now", "sign.worsening", "yes"),
    ("yesterday was worse", "sign.worsening", "no"),
])
def test_answers(said: str, asked: str, answer: str | None) -> None:
    """Content goes before the first word."""
    assert READER.answer(said, [asked]) == answer


@pytest.mark.parametrize(("said", "told"), [
    ("sat here ages and it won't come", True), ("still won't come and i've been trying", True),
    ("nothing will come", True), ("give it time it will come", False), ("the landlord won't come", False),
])
def test_will_not_come(said: str, told: bool) -> None:
    """What won't come is pee, unless it's somebody."""
    assert (signs.BLADDER in READER.read(said).said) == told


@pytest.mark.parametrize(("said", "days"), [
    ("since tuesday", 3), ("since friday", 7), ("yesterday", 1), ("this morning", 0), ("about two weeks", 14),
    ("day and a half", 1.5), ("a couple of days", 2), ("five days maybe six", 6), ("more than a week", 8),
    ("about 8 days", 8), ("a fortnight", 14), ("no idea", None), ("minutes", None),
    ("my seventeen year old has a sore back", None), ("i'm forty five years old and sore since tuesday", 3),
    ("my seventeen year old for two days", 2), ("it hurts for years", 365),
])
def test_days(said: str, days: float | None) -> None:
    """How long it has hurt, said on a Friday."""
    assert READER.days(said, FRIDAY) == days


@pytest.mark.parametrize(("said", "severity"), [
    ("about a seven", 7), ("seven or eight", 8), ("9 out of 10", 10), ("unbearable", 9), ("a little", 3), ("hello",
    None),
])
def test_severity(said: str, severity: int | None) -> None:
    """How bad it is; of two figures the graver."""
    assert READER.severity(said) == severity


@pytest.mark.parametrize(("said", "trend"), [
    ("on the mend", "better"), ("pretty much the same", "same"), ("neither better nor worse", "same"),
    ("worse every day", "worse"), ("hello", None), ("not increasing", "same"), ("yesterday was the worst", "better"),
    ("this morning it was worse than yesterday", "worse"), ("it was worse than this", "better"),
])
def test_trend(said: str, trend: str | None) -> None:
    """Which way it goes."""
    assert READER.trend(said) == trend


@pytest.mark.parametrize(("said", "side"), [
    ("just the left", "one"), ("both", "both"), ("both sides of the back", "none"), ("only my back", "none"),
    ("hello", None),
])
def test_side(said: str, side: str | None) -> None:
    """In which leg it is."""
    assert READER.side(said) == side


def test_takes_back() -> None:
    """"I meant yes" is about the answer before."""
    assert READER.corrects("wait i meant yes")
    assert not READER.corrects("no wait yes")


@pytest.mark.parametrize("said", ["easing off a bit", "it's a bit better", "slightly easier today"])
def test_better_is_no_yes(said: str) -> None:
    """"A bit" says yes to a question, but not as a part of "a bit better"."""
    assert READER.answer(said, ["sign.bladder-bowel"]) != "yes"
    assert READER.answer("a bit", ["sign.bladder-bowel"]) == "yes"
    assert READER.trend(said) == "better"
