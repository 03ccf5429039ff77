"""Patterns of words: what is left out unread wouldn't have been found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from skill.dialogue.pattern import Patterns, tidy
from skill.dialogue.reading import Reader
from skill.store import content, voices

READER = Reader(content.reading("en"))


def every_kind(part: object) -> Iterator[Patterns]:
    """All the patterns of a reader, wherever in it."""
    if isinstance(part, Patterns):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from every_kind(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from every_kind(each)


KINDS = [(kind, re.compile("|".join(f"(?:{kind._one(pattern)})" for pattern in kind._patterns) or "(?!)"))
         for kind in every_kind(list(vars(READER).values()))]
"""Every kind of patterns, and all of its patterns as one regular expression: slow to make, and surely right."""

PEOPLE = [line for lines in voices.people("en").values() for line in lines]
FRAGMENTS = [word for kind, _ in KINDS for pattern in kind._patterns
             for word in re.split(r"[ /]", pattern.strip("<>?"))]

TEXTS = st.one_of(
    st.sampled_from(PEOPLE), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join),
    st.lists(st.sampled_from([word for text in PEOPLE for word in text.split()]), max_size=12).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(said=TEXTS)
def test_nothing_is_passed_over(said: str) -> None:
    """Patterns that can't be in a text are left out unread; what is found is what all of them would find."""
    text = tidy(said)

    for kind, everything in KINDS:
        assert [match.span() for match in kind.find(text)] == [match.span() for match in everything.finditer(text)]


def test_first_words_needn_t_wait() -> None:
    """Of thousands of patterns a sentence has a handful made into regular expressions."""
    reader = Reader(content.reading("en"))
    assert "sign.saddle" in reader.read("i can't feel it when i wipe").said
    kinds = list(every_kind(list(vars(reader).values())))

    assert sum(len(kind._patterns) for kind in kinds) > 3000
    assert sum(len(may_be) for kind in kinds for may_be in kind._made) < 300
