"""Patterns of words, as a language's `_reading.toml` writes them, as regular expressions.

Rule: a text is tidied first, so that every word in it stands after a space and nothing else is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

TAKEN = "§"
"""Stands for words that were read already."""

GAPS = {"..": r"(?:{}\S+){{0,3}}?", "....": r"(?:{}\S+){{0,8}}?", "^": r"^", "$": r"(?=$)"}
"""Any words but those that turn a sentence round, up to three or up to eight; the beginning and the end of all."""

STOP = "stop"
"""The class of words that turn a sentence round: "not", "but"."""

SHORT = 3
"""Letters from which on a word may have an s at its end: "leg" is "leg's", too."""

KEPT = 64
"""Regular expressions that a kind of patterns keeps; the same few words are read again and again."""

TEXTS = 16
"""Texts that an index keeps: a turn reads its words many times, and those of other turns are no business of ours."""

_LETTERS = re.compile(r"[\w§]+(?![?*\w§])|[\w§]*(?=[\w§][?*])")
"""What a word as a regular expression surely begins with: the letter before a question mark is none of it."""

_STRANGE = re.compile(r"[^\w\s§]|_")
_IS = re.compile(r"(?<=\w)['’`]s\b")
_WILL = re.compile(r"(?<=\w)['’`]ll\b")
_APOSTROPHES = re.compile(r"['’`]")


def tidy(words: str) -> str:
    """Lower case, no punctuation, no apostrophes: "I can't, it's" → " i cant it is"; every word after a space."""
    plain = _STRANGE.sub(" ", _APOSTROPHES.sub("", _WILL.sub(" will", _IS.sub(" is", words.lower()))))
    return "".join(f" {word}" for word in plain.split())


def word(of: str) -> str:
    """A word of a pattern as a regular expression; a star stands for any ending, and a final s comes or goes."""
    plain = tidy(of.removesuffix("*")).strip() or of
    ending = r"\w*" if of.endswith("*") else "s?" if len(plain) >= SHORT and plain[-1] not in "s|" else ""
    return re.escape(plain) + ending


class Index:
    """Which of many patterns may be in a text, found for all kinds of them at once.

    To make regular expressions of thousands takes a second, which nobody in need should wait. Of most patterns some
    word isn't in the text at all, so only the few that are left are ever made into one.
    """

    def __init__(self) -> None:
        self._kinds = 0
        self._entries: list[tuple[int, int, tuple[frozenset[str], ...]]] = []
        self._begun: dict[str, tuple[int, ...]] = {}
        self._found: dict[str, Mapping[int, tuple[int, ...]]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """All but what can be found anew."""
        return {**self.__dict__, "_found": {}}

    def kind(self) -> int:
        """A number for one more kind of patterns."""
        self._kinds += 1
        return self._kinds

    def add(self, kind: int, number: int, needs: Iterable[frozenset[str]]) -> None:
        """A pattern of a kind, with what words must begin with that are in every text that it is in."""
        fewest, *further = sorted(needs, key=len) or (frozenset({""}),)
        for beginning in sorted(fewest):
            self._begun[beginning] = (*self._begun.get(beginning, ()), len(self._entries))
        self._entries.append((kind, number, tuple(further)))

    def __call__(self, text: str) -> Mapping[int, tuple[int, ...]]:
        """By kind, the numbers of the patterns that may be in a text: of each of the others a word isn't there."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= TEXTS:
                self._found.clear()
            found = self._found[text] = self._look(text)
        return found

    def _look(self, text: str) -> Mapping[int, tuple[int, ...]]:
        beginnings = {word[:length] for word in text.split(" ") for length in range(len(word) + 1)}
        found: dict[int, tuple[int, ...]] = {}
        for entry in sorted({entry for each in self._begun.keys() & beginnings for entry in self._begun[each]}):
            kind, number, further = self._entries[entry]
            if not any(need.isdisjoint(beginnings) for need in further):
                found[kind] = (*found.get(kind, ()), number)
        return found


class Patterns:
    """Patterns of a kind, as one regular expression; an index may be shared by many kinds."""

    def __init__(self, patterns: Iterable[str], classes: Mapping[str, str], index: Index) -> None:
        self._patterns, self._classes, self._index = tuple(patterns), classes, index
        self._kind = index.kind()
        for number, pattern in enumerate(self._patterns):
            index.add(self._kind, number, [self._need(term) for term in pattern.split() if _is_needed(term)])
        self._made: dict[tuple[int, ...], re.Pattern[str]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """All but what can be made anew."""
        return {**self.__dict__, "_made": {}}

    def find(self, text: str) -> Iterable[re.Match[str]]:
        """Every place where one of them is; a text begins with a space, as each of its words does."""
        found = self._regex(text)
        return found.finditer(text) if found else ()

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of them is."""
        found = self._regex(text)
        return found.search(text) if found else None

    def take(self, text: str) -> tuple[str, bool]:
        """The text without them, and whether there were any."""
        found = self._regex(text)
        left, count = found.subn(f" {TAKEN}", text) if found else (text, 0)
        return left, bool(count)

    def _regex(self, text: str) -> re.Pattern[str] | None:
        """The patterns that may be in a text; None where there are none."""
        may_be = self._index(text).get(self._kind)
        if may_be is None:
            return None
        made = self._made.get(may_be)
        if made is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            made = re.compile("|".join(f"(?:{self._one(self._patterns[number])})" for number in may_be))
            self._made[may_be] = made
        return made

    def _one(self, pattern: str) -> str:
        """One pattern as a regular expression: words in a row, with gaps, choices and word classes."""
        gap = rf" (?!(?:{self._classes[STOP]})(?!\S))"
        terms = (GAPS[term].format(gap) if term in GAPS else self._term(term) for term in pattern.split())
        return "".join(terms) + r"(?!\S)"

    def _term(self, term: str) -> str:
        optional = term.endswith("?")
        return f"(?: (?:{self._choices(term.removesuffix('?'))}))" + ("?" if optional else "")

    def _choices(self, term: str) -> str:
        return "|".join(self._classes[each[1:-1]] if each.startswith("<") else word(each) for each in term.split("/"))

    def _need(self, term: str) -> frozenset[str]:
        """How the words begin of which a text needs one: "numb", "tingl"."""
        return _beginnings(self._choices(term))


def _is_needed(term: str) -> bool:
    return term not in GAPS and not term.endswith("?")


@lru_cache(maxsize=4096)
def _beginnings(choices: str) -> frozenset[str]:
    """The letters that one of several words, written as regular expressions, must begin with."""
    return frozenset(begins[0] if (begins := _LETTERS.match(choice)) else "" for choice in choices.split("|"))
