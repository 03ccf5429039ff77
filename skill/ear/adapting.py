"""Teaches the sentence encoder what is said of sore backs: the adapter, learnt from the samples of a model.

A sentence's vector has to tell what it means and by which intent it was said; two linear heads judge that and are
thrown away, for the ear learns its own. The network is the encoder's very code; JAX runs it and follows its slopes.

Rule 1: words are left out by chance, so that no single one settles what a sentence means.
Rule 2: only `python -m skill adapt` comes here: it needs JAX, takes a quarter of an hour, and is due when a good many
samples have changed, not for a few. The judge is taught by the same code (`tuning`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from safetensors.numpy import save_file

from skill.ear.adapter import FILE, NAMES, Matrix, Weights, adapted, arrays
from skill.ear.encoder import BATCH, WIDTH, Network, by_length, pieces
from skill.ear.judge import STRETCHED
from skill.ear.samples import Practice, Samples
from skill.ear.words import plain, tidy

RANK = 32
"""Columns of the narrow matrices; a change of full rank understood no more and was eight times as large."""

ROUNDS = 4
"""How often every sentence is seen."""

STEEP, HEADS_STEEP = 5e-4, 1e-3
"""Learning rates at their highest, of the adapter and of the heads."""

WARM = 0.06
"""Share of all steps in which the learning rates rise."""

LEFT_OUT, MASK, FIRST = 0.07, 103, 999
"""Share of the word pieces that are left out, the piece that stands for them, and the first that controls nothing."""

BLURRED = 0.1
"""Share of a vector's numbers that the heads don't get to see."""

BY_LABEL, BY_INTENT = 0.5, 0.5
"""How evenly meanings and intents count, whatever their number; and how much the intent counts beside the meaning."""

SEED = 7

Parameters = dict[str, Any]
Progress = Callable[[int, int, float], None]
"""Called with the steps done, all steps, and how far off the last batch was."""


@dataclass(frozen=True, slots=True)
class Head:
    """What one head has to tell the sentences apart by."""

    labels: tuple[str, ...]
    so: NDArray[np.int64]
    """The place of each sentence's label."""
    counts: Matrix
    """How much each sentence counts; 0 where it is no example for this head."""

    @staticmethod
    def of(said: Sequence[str | None], trust: Sequence[float], evenly: float, weight: float = 1.0) -> Head:
        """From each sentence's label, or None. What many share counts less each: `evenly` from 0, as often as they
        are, to 1, every label alike; `weight` is how much this head counts beside others.
        """
        of_label: dict[str, float] = {}
        for label, each in zip(said, trust, strict=True):
            if label is not None:
                of_label[label] = of_label.get(label, 0) + each
        labels = tuple(sorted(of_label))
        place = {label: number for number, label in enumerate(labels)}
        counts = np.array([each / of_label[label] ** evenly if label is not None else 0
                           for label, each in zip(said, trust, strict=True)], np.float32)
        return Head(labels, np.array([place[label] if label is not None else 0 for label in said]),
                    weight * counts / counts[counts > 0].mean())


@dataclass(frozen=True, slots=True)
class Lessons:
    """Sentences as numbers, with what each has to be told from."""

    split: Sequence[Sequence[int]]
    """Word pieces of each sentence."""
    heads: Mapping[str, Head]

    @staticmethod
    def of(practice: Sequence[Practice], split: Callable[[str], Sequence[int]]) -> Lessons:
        """From what the ear practises with."""
        trust = [each.trust for each in practice]
        return Lessons([split(plain(tidy(each.text))) for each in practice], {
            "meanings": Head.of([each.meaning for each in practice], trust, BY_LABEL),
            "intents": Head.of([each.intent for each in practice], trust, BY_LABEL, BY_INTENT)})


class Batch(NamedTuple):
    """Sentences of one length. The last of a length is filled up with one that counts nothing."""

    ids: NDArray[np.int64]
    so: Mapping[str, NDArray[np.int64]]
    counts: Mapping[str, Matrix]


def adapt(model: Mapping[str, Any], folder: Path, file: Path = FILE, told: Progress = lambda *_: None) -> None:
    """Learns an adapter for the weights in a folder from a model's samples, and writes it to a file."""
    lessons = Lessons.of(list(Samples(model).practice()), pieces(folder))
    learnt = train(lessons, arrays(folder / "model.safetensors"), ROUNDS, told)
    save_file(narrow(learnt), file)


def narrow(learnt: Parameters) -> dict[str, NDArray[np.float16]]:
    """The adapter's own arrays, in half precision."""
    return {name: np.asarray(learnt[name], np.float16) for each in NAMES for name in (f"{each}.up", f"{each}.down")}


def train(lessons: Lessons, weights: Weights, rounds: int, told: Progress,
          known: Mapping[str, Matrix] | None = None) -> Parameters:
    """The adapter, and the heads that judged it: arrays by name. It learns on from what is `known`, or from nothing."""
    chance = np.random.default_rng(SEED)
    given = {name: jnp.asarray(array) for name, array in weights.items()}
    learnt = {name: jnp.asarray(array) for name, array in known.items()} if known else (
        _beginning(lessons, weights, chance))
    steps = rounds * len(list(by_length(lessons.split)))
    descent = _descent(steps, lessons.heads)
    state = descent.init(learnt)

    @jax.jit
    def step(learnt: Parameters, state: Any, given: Parameters, batch: Batch, key: Any) -> tuple[Parameters, Any, Any]:  # noqa: ANN401
        off, slopes = jax.value_and_grad(_off)(learnt, given, batch, key)
        change, state = descent.update(slopes, state, learnt)
        return optax.apply_updates(learnt, change), state, off

    for done, batch in enumerate(_shuffled(lessons, rounds, chance), start=1):
        learnt, state, off = step(learnt, state, given, batch, jax.random.key(done))
        told(done, steps, float(off))
    return learnt


def _beginning(lessons: Lessons, weights: Weights, chance: np.random.Generator) -> Parameters:
    """An adapter that changes nothing yet, and heads that know nothing."""
    learnt: Parameters = {name: jnp.zeros((WIDTH + 1, len(head.labels))) for name, head in lessons.heads.items()}
    for name in NAMES:
        out, into = weights[f"{name}.weight"].shape
        learnt[f"{name}.up"] = jnp.zeros((out, RANK))
        learnt[f"{name}.down"] = jnp.asarray(chance.normal(0, (4 / into) ** 0.5, (RANK, into)), jnp.float32)
    return learnt


def _descent(steps: int, heads: Container[str]) -> Any:  # noqa: ANN401  # optax's own type is as open
    """Rates that rise and fall again, other ones for the heads."""
    rise_and_fall = optax.warmup_cosine_decay_schedule(0, 1, int(WARM * steps), steps)
    kinds = {"heads": optax.adamw(lambda step: HEADS_STEEP * rise_and_fall(step), weight_decay=1e-3),
             "maps": optax.adamw(lambda step: STEEP * rise_and_fall(step), weight_decay=1e-2)}
    return optax.multi_transform(
        kinds, lambda learnt: {name: "heads" if name in heads else "maps" for name in learnt})


def _shuffled(lessons: Lessons, rounds: int, chance: np.random.Generator) -> Iterator[Batch]:
    """All sentences, in every round batched and ordered anew."""
    for _ in range(rounds):
        order = chance.permutation(len(lessons.split))
        batches = [order[rows] for rows in by_length([lessons.split[row] for row in order])]
        for place in chance.permutation(len(batches)):
            yield _batch(lessons, batches[place], chance)


def _batch(lessons: Lessons, rows: NDArray[np.int64], chance: np.random.Generator) -> Batch:
    full = np.concatenate([rows, np.repeat(rows[:1], BATCH - len(rows))])
    ids = np.array([lessons.split[row] for row in full])
    left_out = (chance.random(ids.shape) < LEFT_OUT) & (ids >= FIRST)
    new = np.arange(BATCH) < len(rows)
    return Batch(np.where(left_out, MASK, ids), {name: head.so[full] for name, head in lessons.heads.items()},
                 {name: np.where(new, head.counts[full], 0).astype(np.float32)
                  for name, head in lessons.heads.items()})


def _off(learnt: Parameters, weights: Weights, batch: Batch, key: Any) -> Any:  # noqa: ANN401
    """How far off a batch is: the mean of what the heads find unlikely that is so."""
    vectors = Network(adapted(weights, learnt))(batch.ids)
    seen = vectors * jax.random.bernoulli(key, 1 - BLURRED, vectors.shape) / (1 - BLURRED)

    def likely(head: Any, so: Any) -> Any:  # noqa: ANN401
        shares = jax.nn.log_softmax(STRETCHED * seen @ head[:WIDTH] + head[WIDTH])
        return jnp.take_along_axis(shares, so[:, None], 1)[:, 0]

    return -sum((batch.counts[name] * likely(learnt[name], so)).mean() for name, so in batch.so.items())
