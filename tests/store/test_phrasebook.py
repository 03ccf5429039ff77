"""Phrases: three variants or more, each as one speaks, and all of them in use."""

from __future__ import annotations

import pytest

from skill.store import content, phrasebook

LOCAL = {"en-US": {"emergency_number": "nine one one", "crisis_line": "nine eight eight"}}

PHRASES = {**content.read(content.CONTENT / "en" / "_phrases.toml")}


def flaws(**changes: list[str]) -> list[str]:
    """What is wrong with the phrases once some are changed; `offer_item` stands for "offer-item"."""
    named = {key.replace("_", "-"): variants for key, variants in changes.items()}
    return list(phrasebook.flaws({**PHRASES, **named}, {locale: dict(words) for locale, words in LOCAL.items()}))


@pytest.mark.parametrize(("key", "variants", "flaw"), [
    ("fine", ["Okay.", "Sure."], "fine has 2 variants; write at least 3, they take turns"),
    ("never_said", ["A b.", "C d.", "E f."], "never-said is said nowhere in skill/dialogue; take it out"),
    ("fine", ["Okay.", "Sure.", "Shall I?"], "fine asks in one variant and tells in another; make them alike"),
    ("fine", ["Okay.", "Sure.", "Right"],
     'fine doesn\'t end "Right" with a full stop or a question mark; put one there'),
    ("what", ["What?", "Why? How?", "When?"],
     'what asks before the end in "Why? How?"; one question, and nothing after it'),
    ("fine", ["Okay.", "Sure.", "Call {emergency_numbr}."],
     "fine has the blank {emergency_numbr}, which is unknown; put it under [facts], or into every _locale.toml"),
    ("fine", ["Okay.", "Sure.", "Right, " + "and so on " * 7 + "it goes."],
     "fine has a sentence of 24 words; use 20 at most"),
    ("fine", ["Okay.", "Sure.", "It is 1."],
     'fine has "1"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("fine", ["Okay.", "Sure.", "I will not."], 'fine says "I will"; shorten it as a voice does, with an apostrophe'),
])
def test_phrase(key: str, variants: list[str], flaw: str) -> None:
    """One fault, one line."""
    assert flaws(**{key: variants}) == [flaw]


def test_blanks() -> None:
    """Locales' words may stand in a phrase, and so may what the dialogue fills in."""
    assert flaws(fine=["Okay.", "Call {emergency_number}.", "It's {called}, in {source}."]) == []


def test_said_but_not_written() -> None:
    """A phrase that the dialogue says and nobody wrote is told with the file that says it."""
    phrases = {key: variants for key, variants in PHRASES.items() if key != "offer-helps"}

    assert list(phrasebook.flaws(phrases, LOCAL)) == [
        f"offer-helps is missing, and {phrasebook.usage().wanted['offer-helps']} says it; write at least 3 variants"]


def test_usage() -> None:
    """Keys are read from the code: plain, in a choice, put together from parts, or kept by an error."""
    usage = phrasebook.usage()

    assert {"welcome-back", "what", "no-question", "lets-go"} <= usage.wanted.keys()
    assert usage.uses("lost-2")
    assert usage.uses("sorry")
    assert not usage.uses("lost")


def test_conditions_are_no_keys() -> None:
    """What a choice depends on is no phrase."""
    assert all(key in PHRASES for key in phrasebook.usage().wanted)
