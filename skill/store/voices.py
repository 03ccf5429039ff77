"""What the ear and the judge learn from: what people say, what they are asked in the check, and how they answer.

Rule 1: a sign is asked about by itself and in groups (`domain.check`), in other words, and to be sure; every wording
that can be said is one that the judge has heard.
Rule 2: an answer that means the same whatever was asked teaches the ear, too; it doesn't know the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skill.domain.check import QUESTIONS
from skill.store import content
from skill.store.memo import kept

ADDRESSED = ({"you": "you", "your": "your", "a_leg": "a leg"}, {"you": "they", "your": "their", "a_leg": "a leg"})
"""Whom a question is about: the one who answers, or somebody else."""

OPEN = ("side", "duration", "severity", "trend")
"""Questions that no yes or no answers in full."""

ANSWERS = ("yes", "no", "unsure", "nothing")
"""What an answer may mean."""

ANY = "any"
"""The table of answers that fit any question."""

NO, NO_BUT = "no", "no-but"
"""A plain no; and one that tells of something else as well, so that by itself it isn't harmless."""


@kept
def people(folder: str) -> Mapping[str, tuple[str, ...]]:
    """What people blurt out and answer, by what it tells of: "sign.saddle", "maybe sign.saddle" or "nothing"; "yes",
    "no" or "unsure". From a language's `_people.toml`, and what is plain of `_answers.toml`.
    """
    lines = content.read(content.CONTENT / folder / "_people.toml")
    said = {
        **{sign: tuple(said) for sign, said in lines["told"].items()},
        **{f"maybe {sign}": tuple(said) for sign, said in lines["maybe"].items()},
        "nothing": tuple(lines["nothing"]["said"]),
    }
    elsewhere = {line for told in (*said.values(), *lines["answered"].values()) for line in told}
    plain = {line: answer for line, answer in _plain(folder) if line not in elsewhere}
    return said | {answer: (*told, *(line for line in plain if plain[line] == answer))
                   for answer, told in lines["answered"].items()}


def _plain(folder: str) -> Iterator[tuple[str, str]]:
    """Answers that mean the same whatever was asked, each with its meaning."""
    meanings: dict[str, set[str]] = {}
    for by_answer in _answered(folder).values():
        for answer, lines in by_answer.items():
            for line in lines:
                meanings.setdefault(line, set()).add(answer)
    yield from ((line, answer) for line, (answer, *more) in meanings.items() if not more)


def _answered(folder: str) -> Mapping[str, Any]:
    return content.read(content.CONTENT / folder / "_answers.toml")


@kept
def answers(folder: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """How people answered: by what was asked, and by what it means, "yes", "no", "unsure" or "nothing"."""
    return {asked: {answer: (*by_answer.get(answer, ()), *(by_answer.get(NO_BUT, ()) if answer == NO else ()))
                    for answer in ANSWERS}
            for asked, by_answer in _answered(folder).items() if asked != ANY}


def questions(locale: str) -> Mapping[str, tuple[str, ...]]:
    """Every wording by what it asks about: an item's id."""
    check = content.questionnaire(locale)
    return {part: tuple(_addressed(check, part)) for part in sorted({*check["ask"], *check["meant"]})
            if part in check["part"] and "." in part}


@kept
def to_any(folder: str) -> Mapping[str, tuple[str, ...]]:
    """Answers that fit any question, by what they mean: "yes", "no" or "unsure"."""
    return {answer: tuple(lines) for answer, lines in _answered(folder).get(ANY, {}).items()}


def others(locale: str) -> tuple[str, ...]:
    """The open questions."""
    ask = content.questionnaire(locale)["ask"]
    return tuple(filled for name in OPEN for text in ask[name] for filled in _filled(text))


def _addressed(check: Mapping[str, Any], part: str) -> Iterator[str]:
    for text in _wordings(check, part):
        yield from _filled(text)


def _filled(text: str) -> Iterator[str]:
    yield from dict.fromkeys(text.format(**blanks) for blanks in ADDRESSED)


def _wordings(check: Mapping[str, Any], part: str) -> Iterator[str]:
    """In groups, alone, in other words, and to be sure."""
    for question in QUESTIONS:
        if part in question.about:
            yield from check["ask"].get(question.name, ())
    yield from check["ask"].get(part, ())
    yield from (text.replace("{parts}", check["part"][part]) for text in check["ask"]["any"])
    yield from (check["test"][part],) if part in check["test"] else ()
    if part in check["meant"]:
        yield from (text.replace("{parts}", check["meant"][part]) for text in check["sort"]["plain"])
