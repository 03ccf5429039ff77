"""Rules for _reading.toml: every pattern can be read, and what it names is known.

Rule 1: what the reader needs is read from the reader: its classes are named in the file, its signs are the rules'.
Rule 2: a class is used, no pattern is written twice in a list, and what isn't a word is no choice among words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from skill.domain.triage import RULES

_CLASS = re.compile(r"<([^<> ]*)>")
_MARK_AMONG_WORDS = re.compile(r"/(?:\.\.|\^|\$)|(?:\.\.|\^|\$)/")


def flaws(reading: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the patterns of a language."""
    classes = reading["class"]
    used = {name for _, pattern in _patterns(reading) for name in _CLASS.findall(pattern)}
    used |= {name for words in classes.values() for name in _CLASS.findall(words)}
    for name in sorted(used - classes.keys()):
        yield f"<{name}> is used and not written; put it under [class]"
    for name in sorted(classes.keys() - used - NEEDED):
        yield f"class.{name} is used nowhere; take it out"
    for name in sorted(NEEDED - classes.keys()):
        yield f"class.{name} is missing; write it there"
    for table in ("sign", *(f"content.{kind}" for kind in reading["content"])):
        named = reading["sign"] if table == "sign" else reading["content"][table.partition(".")[2]]
        yield from (f'{table} has "{sign}", and no rule knows it; mend the id, or take it out'
                    for sign in named if sign not in KNOWN)
    yield from _slips(reading)


def _slips(reading: Mapping[str, Any]) -> Iterator[str]:
    """Patterns that are there twice, or that can't fit."""
    dialect = re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, reading['dialect']))})(?![\w'])")
    for (place, pattern), count in Counter(_patterns(reading)).items():
        if count > 1:
            yield f'{place} has "{pattern}" {count} times; once is enough'
        if _MARK_AMONG_WORDS.search(pattern):
            yield f'{place} has "{pattern}", where a gap or an end is one of several words; write it by itself'
        if pattern.endswith(("?", ".")):
            yield f'{place} has "{pattern}", which says no more than it does without its end; take that off'
        if said := dialect.search(pattern):
            yield f'{place} has "{pattern}"; write "{reading["dialect"][said[0]]}" for "{said[0]}", as [dialect] does'


KNOWN = {fact for rule in RULES for need in rule.needs for fact in need}
"""Ids that the rules of the check know."""

NEEDED = {"stop", "lead", "start"}
"""Classes that the reader itself asks for."""


def _patterns(reading: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every pattern, and the list it is in: "sign.sign.fever"."""
    tables = {table: reading[table] for table in ("sign", "mark", "harmless", "cue", "answer", "trend", "side")}
    tables |= {f"content.{kind}": table for kind, table in reading["content"].items()}
    tables |= {f"maybe {place}": {"patterns": each["patterns"]} for place, each in enumerate(reading["maybe"], 1)}
    for table, lists in tables.items():
        for name, listed in lists.items():
            yield from ((f"{table}.{name}", pattern) for pattern in listed)
