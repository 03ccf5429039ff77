"""Slot values in what was said."""

from __future__ import annotations

from skill.ear.slots import Catalogue, built_in
from skill.ear.words import tokens

STRETCHES = Catalogue([
    {"id": "stretch.childs-pose", "name": {"value": "child's pose", "synonyms": ["resting pose"]}},
    {"id": "stretch.bridge", "name": {"value": "bridge", "synonyms": ["bridge pose", "glute bridge"]}},
    {"id": "stretch.plank", "name": {"value": "plank", "synonyms": ["resting pose"]}},
])


def ids(said: str) -> list[tuple[str, ...]]:
    """The ids of all values in a text."""
    return [mention.ids for mention in STRETCHES.mentions(tokens(said))]


def test_longest_name_wins() -> None:
    """Of two names at one place the longer one counts, once."""
    (mention,) = STRETCHES.mentions(tokens("do the glute bridge now"))

    assert (mention.words, mention.ids) == ("glute bridge", ("stretch.bridge",))


def test_several_values() -> None:
    """Values are found in the order of the text."""
    assert ids("planks or bridges") == [("stretch.plank",), ("stretch.bridge",)]


def test_several_candidates() -> None:
    """A name that two values share resolves to both."""
    assert ids("resting pose") == [("stretch.childs-pose", "stretch.plank")]


def test_slip() -> None:
    """A slip of a long word is mended; a short word is taken as it is."""
    assert ids("glute bridgge") == [("stretch.bridge",)]
    assert ids("blank") == []


def test_nothing_named() -> None:
    """No value, no mention."""
    assert ids("what about ice") == []


def test_built_in() -> None:
    """Amazon's own types are filled with the values Amazon makes of them."""
    (duration,) = built_in("AMAZON.DURATION", tokens("give me ten minutes please"))
    (number,) = built_in("AMAZON.NUMBER", tokens("about a seven"))

    assert (duration.words, number.words) == ("PT10M", "7")
    assert not list(built_in("AMAZON.DURATION", tokens("for a while")))
