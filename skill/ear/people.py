"""What people said, sorted by the warning sign that it tells of: the words that the ear learns to hear signs in.

An interaction model holds what may be asked of the skill; this is what is blurted out to it, and how its questions are
answered. Only a speaker that passes on the words has any use for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class People(NamedTuple):
    """How people speak."""

    lines: Mapping[str, Sequence[str]]
    """What they said by what it tells of: an item's id, a doubt about one ("maybe sign.saddle"), "nothing", or an
    answer.
    """
    dialect: Mapping[str, str]
    """Words of a dialect, and what the standard has for each."""


class Interview(NamedTuple):
    """How the check's questions sound, and what people answered to them."""

    questions: Mapping[str, Sequence[str]]
    """All wordings by what they ask about: an item's id."""
    answers: Mapping[str, Mapping[str, Sequence[str]]]
    """Lines by what was asked about and by what they mean: "yes", "no", "unsure" or "nothing"."""
    to_any: Mapping[str, Sequence[str]]
    """Lines that answer any of them, by what they mean."""
    others: Sequence[str]
    """Questions that no yes or no answers in full."""


NOBODY = People({}, {})
"""Whom an ear listens to that knows a model alone."""

YES, NO, UNSURE, NOTHING = "yes", "no", "unsure", "nothing"
"""Answers, and what is none. A "no" tells of no sign; what a "yes" tells of hangs on the question."""

ASKED = "asked"
"""What asks the skill for something, by the model's samples, and tells of no sign."""

Line = tuple[str, str]
"""What was said, and what it is an example of."""


def warnings(people: People) -> Iterator[Line]:
    """Lines with the sign that each tells of, or may, or with "nothing" or NO."""
    for label, lines in people.lines.items():
        if label not in (YES, UNSURE):
            yield from ((line, label) for line in lines)


def answers(people: People) -> Iterator[Line]:
    """Lines with the answer that each gives, or with "nothing"."""
    for label in (YES, NO, UNSURE, NOTHING):
        yield from ((line, label) for line in people.lines.get(label, ()))
