"""What must never be said too late, too softly or by halves."""

from __future__ import annotations

import tomllib

import pytest

from skill.dialogue.scene import FOLLOWS, is_emergency
from skill.simulator.meant import Filled
from skill.store import content
from skill.workshop import is_urgent
from tests.conftest import Talk

EMERGENCIES = {
    "sign.bladder-bowel", "sign.saddle", "sign.both-legs", "sign.foot-drop", "sign.chest", "sign.trauma",
    "sign.dark-urine", "sign.crisis",
}
"""Signs that can't wait, whatever else there is."""

CRISIS = "sign.crisis"
"""Somebody who doesn't want to live is spoken to first, and then told where help is."""


@pytest.mark.parametrize("locale", content.LOCALES)
def test_emergencies(locale: str) -> None:
    """No locale softens an emergency."""
    found = {item.id for item in content.library(locale) if is_emergency(item)}

    assert found >= EMERGENCIES


@pytest.mark.parametrize("locale", content.LOCALES)
@pytest.mark.parametrize("sign", sorted(EMERGENCIES - {CRISIS}))
def test_what_to_do_comes_first(sign: str, locale: str) -> None:
    """However an emergency sign comes up, the first sentence is where to turn, now."""
    item, said = content.library(locale)[sign], Filled(sign, (sign,), "Symptom")
    unanswered = [f"{name}Intent" for name, key in FOLLOWS.items() if key not in item.follow]
    turns = Talk(locale=locale).play(
        ("ReportSymptomIntent", {"symptom": said}), ("AskIntent", {"topic": said}), "ShorterIntent",
        *[(name, {"topic": said}) for name in unanswered], ("ReportSymptomIntent", {"symptom": said}),
        "AMAZON.RepeatIntent", "AMAZON.YesIntent",
    )

    assert unanswered
    assert [turn.speech for turn in turns if not is_urgent(turn.speech, locale)] == []
    assert all(sign in turn.said for turn in turns)


@pytest.mark.parametrize("locale", content.LOCALES)
def test_crisis(locale: str) -> None:
    """Who speaks of not wanting to live hears the crisis line of their country."""
    turn = Talk(locale=locale).play(("ReportSymptomIntent", {"symptom": CRISIS}))[0]

    assert content.local_words(locale)["crisis_line"] in turn.speech


@pytest.mark.parametrize("item_id", [item.id for item in content.library("en-US") if item.contradicts])
def test_contradictions(item_id: str) -> None:
    """Advice that is the opposite for a sore back and a well one is always told for both."""
    folder, name = item_id.split(".")
    card = tomllib.loads((content.CONTENT / "en" / folder / f"{name}.toml").read_text("utf-8"))
    item = content.library("en-US")[item_id]
    turn = Talk().play(("AskIntent", {"topic": item_id}))[0]

    assert {"sore", "well"} <= card.keys()
    assert all(sentence in turn.speech for sentence in item.say)
    assert all(other in content.library("en-US") for other in item.contradicts)
