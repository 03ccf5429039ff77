"""Slot values in what was said: the catalogue of a slot type, small slips forgiven.

Rule 1: the longest name wins, and no word belongs to two values.
Rule 2: a slip of one word is mended only towards a word that some name has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from skill.ear.words import duration, iso_duration, number, stem, tokens

NEAR_ENOUGH = 86
"""rapidfuzz ratio above which a word counts as a slip for another."""

SHORTEST_SLIP = 5
"""Letters below which no slip is mended: "cold" is not "gold"."""


MOST_MENDED = 20_000
"""Words remembered with their mending; more than a day's talk."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A value heard at a place of the text."""

    words: str
    """As it was said."""
    ids: tuple[str, ...]
    """The values it may be; several where names coincide, none where nothing matched."""
    start: int
    """Number of its first word in the text."""
    end: int
    """Number of the word after its last."""


class Catalogue:
    """The names of all values of one slot type."""

    def __init__(self, values: Sequence[Mapping[str, Any]]) -> None:
        self._ids: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.usual: dict[str, str] = {}
        for value in values:
            names = value["name"]
            self.usual[value["id"]] = names["value"]
            for name in (names["value"], *names.get("synonyms", ())):
                key = tuple(map(stem, tokens(name.lower())))
                known = self._ids.get(key, ())
                self._ids[key] = known if value["id"] in known else (*known, value["id"])
        self._longest = max(map(len, self._ids), default=0)
        self._vocabulary = sorted({word for key in self._ids for word in key if len(word) >= SHORTEST_SLIP})
        self._mended: dict[str, str] = {word: word for word in self._vocabulary}

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """Every value named in a text, in the order of the text."""
        key = [self._mend(stem(word)) for word in words]
        found: list[Mention] = []
        taken: set[int] = set()
        for length in range(min(self._longest, len(key)), 0, -1):
            for start in range(len(key) - length + 1):
                place = range(start, start + length)
                ids = self._ids.get(tuple(key[start : start + length]))
                if ids and taken.isdisjoint(place):
                    taken.update(place)
                    found.append(Mention(" ".join(words[start : start + length]), ids, start, start + length))
        return sorted(found, key=lambda mention: mention.start)

    def _mend(self, word: str) -> str:
        if len(word) < SHORTEST_SLIP:
            return word
        if word not in self._mended:
            best = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
            if len(self._mended) > MOST_MENDED:
                self._mended.clear()
            self._mended[word] = best[0] if best else word
        return self._mended[word]


def built_in(kind: str, words: Sequence[str]) -> Iterator[Mention]:
    """The value of one of Amazon's own slot types, where the text holds one."""
    said = " ".join(words)
    value: str | None = None
    if kind == "AMAZON.DURATION" and (seconds := duration(said)) is not None:
        value = iso_duration(seconds)
    if kind == "AMAZON.NUMBER" and (amount := number(said)) is not None:
        value = str(amount)
    if value is not None:
        yield Mention(value, (), 0, len(words))
