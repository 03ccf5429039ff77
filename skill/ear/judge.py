"""The judge: what words tell of, and what they answer to the question that was asked.

The ear's other machines weigh words and a general sense of them; the judge reads the question and the answer together,
as one text, with an encoder of its own tuning ("it's easing a bit" is a no to "is it getting worse?").

Rule 1: no weights or no tuning, no judge: `Judge.find()` answers None and the ear goes on without.
Rule 2: it is one of two opinions, and never the last word: the ear takes the mean (see `ear`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from skill.ear.adapter import Matrix, adapted, arrays, noted, version
from skill.ear.encoder import Network, pieces, weights_folder

FILE = Path(__file__).parent / "judge.safetensors"

WARNINGS, ANSWERS = "warnings", "answers"
"""Its heads: which warning sign words tell of, or may; and whether they are a yes, a no, unsure, or no answer."""

STRETCHED = 20.0
"""Vectors have the length 1; this much longer, they can settle a question."""

LONGEST = 96
"""Word pieces read of a question and an answer together."""

Shares = Mapping[str, float]


def joined(split: Callable[[str], Sequence[int]], words: str, question: str) -> Sequence[int]:
    """Pieces of a question and its answer, or of the words alone where nothing was asked."""
    said = split(words)
    return [*split(question), *said[1:]][:LONGEST] if question else said


class Judge:
    """A tuned encoder with a head for each thing to tell."""

    def __init__(self, folder: Path, file: Path = FILE) -> None:
        learnt = arrays(file)
        self._split = pieces(folder)
        self._network = Network(adapted(arrays(folder / "model.safetensors"), learnt))
        self._heads = {name: (tuple(label.replace("_", " ") for label in labels.split(" ")),
                              learnt[f"{name}.weight"], learnt[f"{name}.shift"])
                       for name, labels in noted(file).items()}
        self.version = version(file)
        """Tells one judge from another."""

    @staticmethod
    def find() -> Judge | None:
        """The judge, if the encoder's weights are installed here."""
        folder = weights_folder()
        return Judge(folder) if folder and FILE.is_file() else None

    def __call__(self, words: str, question: str = "") -> tuple[Shares, Shares]:
        """Shares of the warning signs that the words tell of, and of the answers that they give; each adds up to 1.

        The signs are judged by the words alone, whatever was asked: they are heard at any moment.
        """
        alone = self._vector(words)
        answering = self._vector(words, question) if question else alone
        return self._shares(WARNINGS, alone), self._shares(ANSWERS, answering)

    def _vector(self, words: str, question: str = "") -> Matrix:
        vector: Matrix = self._network(np.array([joined(self._split, words, question)]))[0]
        return vector

    def _shares(self, head: str, vector: Matrix) -> Shares:
        labels, weight, shift = self._heads[head]
        scores = STRETCHED * vector @ weight + shift
        grown = np.exp(scores - scores.max())
        return dict(zip(labels, (grown / grown.sum()).tolist(), strict=True))
