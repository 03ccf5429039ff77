"""Rules for _check.toml: whatever the check may ask or tell has its words, and they are words for the ear.

Rule 1: what is needed is read from the rules and the questions themselves (`domain.triage`, `domain.check`).
Rule 2: a question is one sentence that ends with its question mark; everything else tells.
Rule 3: a sentence is measured as it is heard, with every blank filled by the longest that may come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skill.domain import signs
from skill.domain.check import QUESTIONS
from skill.domain.triage import RULES
from skill.store import wording
from skill.store.content import check_figures

SORT, MEANT = "sort", "meant"
"""The question what is meant, and what may be."""

ASKING = ("ask", "test", SORT)
"""Tables of questions."""

PIECES = ("part", "because", MEANT)
"""Tables of parts of a sentence."""

REMARKS = ("heard", "again", "yes", "unsure")

ANY = "any"
"""The question for what is left of a larger one."""

BLANKS: wording.Blanks = {"you": "they", "your": "their", "a_leg": "both legs", **check_figures()}
"""Blanks that the check fills, with the longest that they may be."""

PARTS = ("parts", "because")
"""Blanks for signs: their length is the signs'."""

MEASURES = (signs.DURATION, signs.TREND)


def flaws(check: Mapping[str, Any], local: Mapping[str, wording.Blanks]) -> Iterator[str]:
    """What is wrong with the words of the check; `local` holds the words of every locale."""
    yield from missing(check)
    for place, text in _texts(check):
        known = [{**words, **BLANKS, **dict.fromkeys(PARTS, "")} for words in local.values()]
        found = (*wording.text_flaws(text), *wording.blank_flaws(text, known), *_form(place, text))
        yield from (f"{place} {flaw}" for flaw in found)
        if not found:
            yield from (f"{place} {flaw}" for flaw in _length(text, local))


def missing(check: Mapping[str, Any]) -> Iterator[str]:
    """Words that the check needs and hasn't, or has and never says."""
    asked_about = {fact for question in QUESTIONS for fact in question.about}
    meant = {fact for fact in asked_about if "." in fact} | {signs.WEEK, signs.CRISIS}
    needed = {
        "part": sorted({fact.removeprefix("?") for rule in RULES for need in rule.needs for fact in need}),
        "test": sorted(asked_about | meant - {signs.CRISIS}),
        "why": [*(question.name for question in QUESTIONS), SORT],
        "remark": REMARKS,
        SORT: ("plain", "sore"),
        MEANT: sorted(meant),
        "ask": [ANY, *sorted(asked_about - set(MEASURES)), *MEASURES],
    }
    for table, keys in needed.items():
        yield from (f'{table} has no "{key}"; write it there' for key in keys if key not in check[table])
    asked = {*needed["ask"], *(question.name for question in QUESTIONS)}
    yield from (f"ask.{key} is never asked; take it out" for key in check["ask"] if key not in asked)
    for table in ("test", MEANT):
        yield from (f"{table}.{key} is never asked; take it out" for key in check[table] if key not in needed[table])


def _texts(check: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text, and where it is: "ask.toilet"."""
    for table, entries in check.items():
        for key, found in entries.items():
            listed = [found] if isinstance(found, str) else found
            texts = [text for each in listed.values() for text in each] if isinstance(listed, Mapping) else listed
            yield from ((f"{table}.{key}", text) for text in texts)


def _form(place: str, text: str) -> Iterator[str]:
    table = place.partition(".")[0]
    if table in PIECES:
        if text.endswith((".", "?")):
            yield "is a part of a sentence; leave its mark at the end out"
    elif table in ASKING and (not text.endswith("?") or text.count("?") > 1 or "." in text):
        yield f'isn\'t one question in "{text}"; end it with its one question mark'
    elif table not in ASKING and (not text.endswith(".") or "?" in text):
        yield f'doesn\'t tell in "{text}"; end it with a full stop'


def _length(text: str, local: Mapping[str, wording.Blanks]) -> Iterator[str]:
    fill = [{**words, **BLANKS, **dict.fromkeys(PARTS, "")} for words in local.values()]
    longest = max((len(wording.words(sentence)) for blanks in fill
                   for sentence in wording.sentences(text.format_map(blanks))), default=0)
    if longest > wording.SENTENCE:
        yield f"has a sentence of {longest} words; use {wording.SENTENCE} at most"
