"""Patterns of words, as a language's `_reading.toml` writes them, as regular expressions.

Rule: a text is tidied first, so that every word in it stands after a space and nothing else is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

TAKEN = "§"
"""Stands for words that were read already."""

GAPS = {"..": r"(?:{}\S+){{0,3}}?", "....": r"(?:{}\S+){{0,8}}?", "$": r"(?=$)"}
"""Any words but those that turn a sentence round, up to three or up to eight; the end of what was said."""

STOP = "stop"
"""The class of words that turn a sentence round: "not", "but"."""

SHORT = 3
"""Letters from which on a word may have an s at its end: "leg" is "leg's", too."""

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
    """Patterns of a kind, as one regular expression that is made when first needed."""

    def __init__(self, patterns: Iterable[str], classes: Mapping[str, str]) -> None:
        self._patterns, self._classes = tuple(patterns), classes

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{self._one(pattern)})" for pattern in self._patterns) or "(?!)")

    def _one(self, pattern: str) -> str:
        """One pattern as a regular expression: words in a row, with gaps, choices and word classes."""
        gap = rf" (?!(?:{self._classes[STOP]})(?!\S))"
        terms = (GAPS[term].format(gap) if term in GAPS else self._term(term) for term in pattern.split())
        return "".join(terms) + r"(?!\S)"

    def _term(self, term: str) -> str:
        optional = term.endswith("?")
        choices = "|".join(self._choice(each) for each in term.removesuffix("?").split("/"))
        return f"(?: (?:{choices}))" + ("?" if optional else "")

    def _choice(self, choice: str) -> str:
        if choice.startswith("<"):
            return self._classes[choice[1:-1]]
        return word(choice)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of them is; a text begins with a space, as each of its words does."""
        return self._regex.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of them is."""
        return self._regex.search(text)

    def take(self, text: str) -> tuple[str, bool]:
        """The text without them, and whether there were any."""
        left, count = self._regex.subn(f" {TAKEN}", text)
        return left, bool(count)
