"""Patterns of words, as a language's `_reading.toml` writes them, as regular expressions.

Rule: a text is tidied first, so that every word in it stands after a space and nothing else is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

TAKEN = "§"
"""Stands for words that were read already."""

GAPS = {"..": r"(?:{}\S+){{0,3}}?", "....": r"(?:{}\S+){{0,8}}?", "$": r"(?=$)"}
"""Any words but those that turn a sentence round, up to three or up to eight; the end of what was said."""

STOP = "stop"
"""The class of words that turn a sentence round: "not", "but"."""

SHORT = 3
"""Letters from which on a word may have an s at its end: "leg" is "leg's", too."""

KEPT = 64
"""Regular expressions that a kind of patterns keeps; the same few words are read again and again."""

_LETTERS = re.compile(r"[\w§]+(?![?*\w§])|[\w§]*(?=[\w§][?*])")
"""What a word as a regular expression surely begins with: the letter before a question mark is none of it."""

_STRANGE = re.compile(r"[^\w\s§]|_")
_IS = re.compile(r"(?<=\w)['’`]s\b")
_APOSTROPHES = re.compile(r"['’`]")


def tidy(words: str) -> str:
    """Lower case, no punctuation, no apostrophes: "I can't, it's" → " i cant it is"; every word after a space."""
    plain = _STRANGE.sub(" ", _APOSTROPHES.sub("", _IS.sub(" is", words.lower())))
    return "".join(f" {word}" for word in plain.split())


def word(of: str) -> str:
    """A word of a pattern as a regular expression; a star stands for any ending, and a final s comes or goes."""
    plain = tidy(of.removesuffix("*")).strip() or of
    ending = r"\w*" if of.endswith("*") else "s?" if len(plain) >= SHORT and plain[-1] not in "s|" else ""
    return re.escape(plain) + ending


class Patterns:
    """Patterns of a kind, as one regular expression.

    To make that of thousands takes a second, which nobody in need should wait. Of most patterns some word isn't in
    the text at all, so only the few that are left are ever made into one.
    """

    def __init__(self, patterns: Iterable[str], classes: Mapping[str, str]) -> None:
        self._patterns, self._classes = tuple(patterns), classes
        needs = [sorted((self._need(term) for term in pattern.split() if _is_needed(term)), key=len)
                 for pattern in self._patterns]
        self._further = tuple(tuple(each[1:]) for each in needs)
        self._index: dict[str, tuple[int, ...]] = {}
        for number, each in enumerate(needs):
            for beginning in sorted(each[0]) if each else ("",):
                self._index[beginning] = (*self._index.get(beginning, ()), number)
        self._made: dict[tuple[int, ...], re.Pattern[str]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """All but what can be made anew."""
        return {**self.__dict__, "_made": {}}

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of them is; a text begins with a space, as each of its words does."""
        return self._regex(text).finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of them is."""
        return self._regex(text).search(text)

    def take(self, text: str) -> tuple[str, bool]:
        """The text without them, and whether there were any."""
        left, count = self._regex(text).subn(f" {TAKEN}", text)
        return left, bool(count)

    def _regex(self, text: str) -> re.Pattern[str]:
        """The patterns that may be in a text: in each of the others a word is needed that isn't there."""
        beginnings = _beginnings_in(text)
        found = {number for each in self._index.keys() & beginnings for number in self._index[each]}
        may_be = tuple(sorted(number for number in found
                              if not any(need.isdisjoint(beginnings) for need in self._further[number])))
        if may_be not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            made = "|".join(f"(?:{self._one(self._patterns[number])})" for number in may_be)
            self._made[may_be] = re.compile(made or "(?!)")
        return self._made[may_be]

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


@lru_cache(maxsize=16)
def _beginnings_in(text: str) -> frozenset[str]:
    """Everything that a word of a text begins with: "", "n", "nu", "num", "numb"."""
    return frozenset(word[:length] for word in text.split(" ") for length in range(len(word) + 1))
