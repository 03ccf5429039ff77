"""Which of many things a sentence means: one linear machine a label.

scikit-learn's linear support vector machines learn; what they learnt is plain arrays, and to score a
sentence is to add up a few rows of one of them, so scikit-learn is needed only where something is learnt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skill.ear.features import MEANING, Matrix, Places

SLACK = 0.5
"""How much a machine may bend for single sentences (scikit-learn's C)."""

SEED = 7
"""The machines visit the sentences in a shuffled order: always the same one."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Sentences as numbers, with what each is an example of."""

    rows: Sequence[tuple[Places, Matrix]]
    """Places and values of each sentence."""
    width: int
    """Length of a whole row."""
    meaning: Matrix
    """Vectors, shape (n, 384); (n, 0) without an encoder."""
    labels: Sequence[str]
    trust: Sequence[float]
    """How much each sentence counts."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What was learnt, as plain arrays: it can be kept in a file."""

    labels: tuple[str, ...]
    surface: Matrix
    """Weight of each place for each label, shape (width, labels)."""
    meaning: Matrix
    """Weight of each number of the vector for each label, shape (384 or 0, labels)."""
    shift: Matrix
    """What each label starts with, shape (labels,)."""


def solve(lessons: Lessons) -> Solved:
    """Learns: two minutes for twenty-five thousand sentences and two hundred labels; of one label, nothing."""
    if len(set(lessons.labels)) < 2:  # noqa: PLR2004  # there is nothing to tell apart
        names = tuple(sorted(set(lessons.labels)))
        return Solved(names, np.zeros((lessons.width, len(names)), np.float32),
                      np.zeros((lessons.meaning.shape[1], len(names)), np.float32), np.zeros(len(names), np.float32))
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415  # only where something is learnt
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    places = np.concatenate([row for row, _ in lessons.rows])
    values = np.concatenate([row for _, row in lessons.rows])
    starts = np.cumsum([0, *(len(row) for row, _ in lessons.rows)])
    surface = csr_matrix((values, places, starts), shape=(len(lessons.rows), lessons.width))
    machine = LinearSVC(C=SLACK, random_state=SEED)
    machine.fit(hstack([surface, csr_matrix(MEANING * lessons.meaning)]).tocsr(), list(lessons.labels),
                sample_weight=fair(lessons.labels, lessons.trust))
    weights = machine.coef_.T.astype(np.float32)
    return Solved(tuple(machine.classes_), weights[: lessons.width], weights[lessons.width :],
                  machine.intercept_.astype(np.float32))


def fair(labels: Sequence[str], trust: Sequence[float]) -> Matrix:
    """What each sentence counts, on average 1: less where its label has many, but not so much less that none is like
    another.
    """
    of_label: dict[str, float] = {}
    for label, each in zip(labels, trust, strict=True):
        of_label[label] = of_label.get(label, 0) + each
    counts = np.array([each / (of_label[label] or 1) ** 0.5 for label, each in zip(labels, trust, strict=True)],
                      np.float32)
    result: Matrix = counts / counts.mean()
    return result


class Classifier:
    """Scores a sentence for every label: above 0 it is rather so, below rather not."""

    def __init__(self, solved: Solved) -> None:
        self._solved = solved

    def __call__(self, row: tuple[Places, Matrix], meaning: Matrix) -> Mapping[str, float]:
        """A score for each label; `meaning` is the sentence's vector, (384,) or (0,)."""
        places, values = row
        solved = self._solved
        scores = values @ solved.surface[places] + MEANING * meaning @ solved.meaning + solved.shift
        return dict(zip(solved.labels, scores.tolist(), strict=True))
