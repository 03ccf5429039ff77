"""How long, how bad, which way, which leg: measures in words.

Rule 1: of several figures the graver is taken: "five days, maybe six" is six, "seven or eight" is eight.
Rule 2: words come in a language's `_reading.toml`; here is only how they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WEEK = 7

NEARBY = 4
"""Words before a unit that may count it."""


class Quantities:
    """The measures of one language; made from the table `measure` of `_reading.toml`. Texts come tidied."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._numbers: Mapping[str, float] = words["number"]
        self._units: Mapping[str, float] = words["unit"]
        self._moments: Mapping[str, float] = words["moment"]
        self._weekdays: Sequence[str] = words["weekdays"]
        self._more = frozenset(words["more"])
        self._scale: Mapping[str, int] = words["severity"]
        self._half = re.compile(words["half"])
        self._aged = re.compile(rf"(?:\b(?:\d+|{'|'.join(self._numbers)}) )*\b(?:{words['aged']})\b")

    def days(self, text: str, today: int) -> float | None:
        """How long ago, in days; `today` is 0 on a Monday. None where no time is named; an age is none."""
        text = self._aged.sub("", text)
        return max([*self._spans(text.split())] or [*self._since(text, today)], default=None) if text else None

    def _spans(self, words: Sequence[str]) -> Iterator[float]:
        """Lengths of time: "two weeks" → 14, "day and a half" → 1.5, "more than a week" → 8."""
        for place, word in enumerate(words):
            unit = self._units.get(word)
            if unit is None:
                continue
            before, after = words[max(0, place - NEARBY):place], words[place + 1:place + NEARBY]
            half = unit / 2 if self._half.match(" ".join(after)) else 0.0
            corrected = after[-1:] if before and after and not self._units.keys() & set(after) and not half else []
            amounts = [value for each in (*before, *corrected) if (value := self._number(each)) is not None]
            over = 1.0 if self._more & set(before) else 0.0
            yield from (amount * unit + half + over for amount in amounts or ([1.0] if half else []))

    def _since(self, text: str, today: int) -> Iterator[float]:
        for moment, days in self._moments.items():
            if re.search(rf"\b{moment}\b", text):
                yield days
        for weekday, name in enumerate(self._weekdays):
            if re.search(rf"\b{name}\b", text):
                yield float((today - weekday) % WEEK or WEEK)

    def _number(self, word: str) -> float | None:
        return float(word) if word.isdecimal() else self._numbers.get(word)

    def severity(self, text: str) -> int | None:
        """How bad, from 0 to 10; None where nothing says so."""
        figures = [value for word in text.split() if len(word) > len("an") or word.isdecimal()
                   if (value := self._number(word)) is not None]
        worded = [level for words, level in self._scale.items() if re.search(rf"\b(?:{words})\b", text)]
        found = [int(value) for value in figures if value <= 10 and value == int(value)] or worded  # noqa: PLR2004
        return max(found, default=None)
