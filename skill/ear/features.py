"""What the classifier sees of a sentence: its words, its letters, the values it names, its meaning.

Rule 1: each view has the length 1 before it is weighed, so that a long sentence doesn't shout.
Rule 2: without an encoder the meaning is left out and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from skill.ear.slots import Catalogue
from skill.ear.words import tokens

Matrix = NDArray[np.float32]
Places = NDArray[np.int64]
Encode = Callable[[Sequence[str]], Matrix]
"""Sentences → one unit vector each."""

WORDS, LETTERS = 8192, 16384
"""Hashed places for words and pairs of words, and for runs of letters; twice as many change nothing (measured)."""

NAMED, MEANING = 0.3, 1.4
"""How much the values named and the meaning count; words and letters count 1 each."""


class Features:
    """Sentences → the places of a long row that are not zero, and what stands there."""

    def __init__(self, catalogues: Mapping[str, Catalogue], rarity: Matrix) -> None:
        self._catalogues = catalogues
        flags = [(kind, value) for kind, catalogue in catalogues.items() for value in ("", *catalogue.usual)]
        self._flags = {flag: WORDS + LETTERS + place for place, flag in enumerate(flags)}
        self._rarity = rarity
        self.width = WORDS + LETTERS + len(flags)

    def __call__(self, sentence: str) -> tuple[Places, Matrix]:
        """Places and values of one sentence, without its meaning."""
        words, letters = surface(sentence)
        named = np.array(sorted(self._named(sentence)), np.int64)
        flags = NAMED * _unit(np.ones(len(named), np.float32))
        values = (_unit(self._rarity[words]), _unit(self._rarity[letters]), flags)
        return np.concatenate((words, letters, named)), np.concatenate(values)

    def _named(self, sentence: str) -> set[int]:
        """Places of the slot types, and of the values of them, that a sentence names."""
        words = tokens(sentence)
        return {self._flags[kind, value]
                for kind, catalogue in self._catalogues.items()
                for mention in catalogue.mentions(words) for value in ("", *mention.ids)}


def surface(sentence: str) -> tuple[Places, Places]:
    """Places of the words and pairs of words, and of the runs of letters."""
    return _hashed(_words(sentence), WORDS, 0), _hashed(_letters(sentence), LETTERS, WORDS)


def rarities(sentences: Iterable[str]) -> Matrix:
    """How rare each word and run of letters is: what is in every sentence says little."""
    seen, count = np.zeros(WORDS + LETTERS, np.float32), 0
    for count, sentence in enumerate(sentences, start=1):  # noqa: B007  # counted on the way
        seen[np.concatenate(surface(sentence))] += 1
    result: Matrix = np.log((1 + count) / (1 + seen)).astype(np.float32) + 1
    return result


def _hashed(pieces: Iterable[str], buckets: int, start: int) -> Places:
    return np.array(sorted({start + crc32(piece.encode()) % buckets for piece in pieces}), np.int64)


def _words(sentence: str) -> Iterator[str]:
    words = tokens(sentence)
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))


def _letters(sentence: str) -> Iterator[str]:
    """Runs of two to five letters, word by word, each word with its edges."""
    for word in tokens(sentence):
        framed = f" {word} "
        for size in (2, 3, 4, 5):
            yield from (framed[at : at + size] for at in range(len(framed) - size + 1))


def _unit(values: Matrix) -> Matrix:
    result: Matrix = values / max(float(np.sqrt((values * values).sum())), 1e-6)
    return result
