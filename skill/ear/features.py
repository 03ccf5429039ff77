"""What the classifier sees of a sentence: its meaning, its word pieces, the values it names.

Rule 1: the three views are compared apart, each by its cosine, and weighed only then.
Rule 2: without an encoder the meaning is left out and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from skill.ear.slots import Catalogue
from skill.ear.words import stem, tokens

Matrix = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Matrix]
"""Sentences → one unit vector each."""

BUCKETS = 4096
"""Hashed places for word pieces; twice as many change nothing (measured)."""

PIECES, NAMED = 1.0, 0.3
"""How much the shape of the words and the values they name count, next to `MEANING`."""


class Surface:
    """A sentence's words as numbers: which pieces it has, which values it names."""

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = catalogues
        flags = [(kind, value) for kind, catalogue in catalogues.items() for value in ("", *catalogue.usual)]
        self._flags = {flag: BUCKETS + place for place, flag in enumerate(flags)}
        self.width = BUCKETS + len(flags)

    def rows(self, sentences: Sequence[str], rarity: Matrix | None = None) -> tuple[Matrix, Matrix]:
        """Rows of numbers, shape (n, width), and how rare each piece is, which is learnt if not given."""
        rows = np.zeros((len(sentences), self.width), np.float32)
        for row, sentence in enumerate(sentences):
            rows[row, [crc32(piece.encode()) % BUCKETS for piece in _word_pieces(sentence)]] = 1
            rows[row, self._named(sentence)] = 1
        pieces, named = rows[:, :BUCKETS], rows[:, BUCKETS:]
        if rarity is None:
            rarity = np.log((1 + len(rows)) / (1 + pieces.sum(0))).astype(np.float32) + 1
        pieces *= rarity
        pieces *= PIECES / np.maximum(np.linalg.norm(pieces, axis=1, keepdims=True), 1e-6)
        named *= NAMED / np.maximum(np.linalg.norm(named, axis=1, keepdims=True), 1e-6)
        return rows, rarity

    def _named(self, sentence: str) -> list[int]:
        """Places of the slot types, and of the values of them, that a sentence names."""
        words, places = tokens(sentence), []
        for kind, catalogue in self._catalogues.items():
            for mention in catalogue.mentions(words):
                places += [self._flags[kind, value] for value in ("", *mention.ids)]
        return places


def _word_pieces(sentence: str) -> Iterator[str]:
    """Stems, pairs of words, and runs of three to five letters."""
    words = tokens(sentence)
    yield from (f"s:{stem(word)}" for word in words)
    edged = ["^", *words, "$"]
    yield from (f"p:{one} {two}" for one, two in pairwise(edged))
    for word in words:
        framed = f" {word} "
        for size in (3, 4, 5):
            yield from (f"c:{framed[at : at + size]}" for at in range(len(framed) - size + 1))
