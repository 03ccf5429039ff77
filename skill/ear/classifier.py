"""Which of many things a sentence means: likeness to every sample, weighed in one step.

Kernel ridge regression: a sentence is compared with all samples, and each sample votes for its labels
with a weight found by solving one system of equations. No iterations, no chance: the same samples give
the same weights. A score is about the share of such sentences that have the label, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skill.ear.features import NAMED, PIECES, Matrix

MEANING = 2.0
"""How much the meaning counts, next to the words (`PIECES`, `NAMED`)."""

NARROWNESS = 2.0
"""How fast a sample's say fades with unlikeness."""

STIFFNESS = 0.1
"""How strongly weights are held back."""

FAIRNESS = 0.3
"""0: each sample counts alike; 1: each label does."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Samples as numbers, with what they mean."""

    surface: Matrix
    """Words, shape (n, width)."""
    meaning: Matrix
    """Vectors, shape (n, 384); (n, 0) without an encoder."""
    labels: Sequence[Sequence[str]]
    """The labels of each sample."""
    trust: Sequence[float]
    """How much each sample counts."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What was learnt, as plain arrays: it can be kept in a file."""

    meaning: Matrix
    votes: Matrix
    """Each sample's vote for each label, shape (n, labels)."""
    labels: tuple[str, ...]
    columns: NDArray[np.int64]
    """Where the samples of each word column begin, in the two arrays below; shape (width + 1,)."""
    rows: NDArray[np.int32]
    values: Matrix
    rarity: Matrix


def solve(lessons: Lessons, rarity: Matrix) -> Solved:
    """Learns; a few seconds for ten thousand samples."""
    labels = tuple(sorted({label for given in lessons.labels for label in given}))
    place = {label: number for number, label in enumerate(labels)}
    targets = np.zeros((len(lessons.labels), len(labels)), np.float32)
    for row, given in enumerate(lessons.labels):
        targets[row, [place[label] for label in given]] = 1
    likeness = _kernel(lessons.surface @ lessons.surface.T, lessons.meaning @ lessons.meaning.T)
    likeness[np.diag_indices(len(likeness))] += STIFFNESS / _trust(lessons)
    votes = np.linalg.solve(likeness, targets).astype(np.float32)
    return Solved(lessons.meaning, votes, labels, *_columns(lessons.surface), rarity)


def _trust(lessons: Lessons) -> Matrix:
    """What each sample counts: less where its label has many."""
    share: dict[str, float] = {}
    for given, trust in zip(lessons.labels, lessons.trust, strict=True):
        share[given[0]] = share.get(given[0], 0) + trust
    counts = np.array([own / share[given[0]] ** FAIRNESS
                       for given, own in zip(lessons.labels, lessons.trust, strict=True)], np.float32)
    result: Matrix = counts / counts.mean()
    return result


def _kernel(words: Matrix, meaning: Matrix) -> Matrix:
    """Likeness, 1 for the same sentence."""
    whole = PIECES**2 + NAMED**2 + (MEANING**2 if meaning.any() else 0)
    result: Matrix = np.exp(NARROWNESS * ((words + MEANING**2 * meaning) / whole - 1))
    return result


def _columns(surface: Matrix) -> tuple[NDArray[np.int64], NDArray[np.int32], Matrix]:
    """The words of all samples by column: where each begins, in which rows, with what value."""
    columns, rows = np.nonzero(surface.T)
    starts = np.searchsorted(columns, np.arange(surface.shape[1] + 1))
    return starts, rows.astype(np.int32), surface.T[columns, rows]


class Classifier:
    """Scores a sentence for every label."""

    def __init__(self, solved: Solved) -> None:
        self._solved = solved
        self.labels = solved.labels

    def __call__(self, surface: Matrix, meaning: Matrix) -> Mapping[str, float]:
        """A score for each label, for one sentence: its words (width,) and its vector (384,)."""
        solved = self._solved
        likeness = _kernel(self._words(surface), solved.meaning @ meaning)
        return dict(zip(self.labels, (likeness @ solved.votes).tolist(), strict=True))

    def _words(self, surface: Matrix) -> Matrix:
        """Product with all samples' words, column by column: nearly all of them are zero."""
        solved = self._solved
        parts = [(slice(solved.columns[column], solved.columns[column + 1]), surface[column])
                 for column in np.flatnonzero(surface)]
        if not parts:
            return np.zeros(len(solved.meaning), np.float32)
        rows = np.concatenate([solved.rows[part] for part, _ in parts])
        values = np.concatenate([solved.values[part] * value for part, value in parts])
        return np.bincount(rows, values, len(solved.meaning)).astype(np.float32)
