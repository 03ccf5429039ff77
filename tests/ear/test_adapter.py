"""The adapter: it is learnt from samples, and what is learnt makes the encoder tell them apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skill.__main__ import main
from skill.ear import adapter
from skill.ear.adapting import Lessons, train
from skill.ear.encoder import Encoder, pieces, weights_folder
from skill.ear.samples import Samples
from skill.store import content, voices

TINY: dict[str, Any] = {"interactionModel": {"languageModel": {"types": [], "intents": [
    {"name": "ColdIntent", "samples": ["put a cold pack on it", "ice on my back", "is freezing it any good"]},
    {"name": "WarmIntent", "samples": ["put a hot pack on it", "warmth on my back", "is heating it any good"]},
]}}}
"""A model whose sentences are alike in all but what they are about."""


@pytest.fixture
def folder() -> Path:
    """Where the weights are."""
    found = weights_folder()
    assert found
    return found


def gap(encoder: Encoder) -> float:
    """How much nearer the sentences of one intent are to each other than to those of the other, in cosines."""
    cold, warm = (encoder(intent["samples"]) for intent in TINY["interactionModel"]["languageModel"]["intents"])
    return float((cold @ cold.T).mean() + (warm @ warm.T).mean() - 2 * (cold @ warm.T).mean())


def test_learnt(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Adapted to two intents, the encoder tells their sentences apart better; the general one is as it was."""
    file, model = tmp_path / "adapter.safetensors", tmp_path / "model.json"
    model.write_text(json.dumps(TINY), "utf-8")

    assert main(["adapt", "--model", str(model), "--out", str(file)]) == 0

    assert "of 12 steps" in capsys.readouterr().out
    assert gap(Encoder(folder, file)) > gap(Encoder(folder)) + 0.13
    assert adapter.version(file) != adapter.version(None)


def test_less_off(folder: Path) -> None:
    """Every round of learning leaves the batches less far off."""
    off: list[float] = []
    lessons = Lessons.of(list(Samples(TINY).practice()), pieces(folder))

    train(lessons, adapter.arrays(folder / "model.safetensors"), 20, lambda _done, _steps, each: off.append(each))

    assert np.mean(off[-5:]) < np.mean(off[:5]) / 2


def test_shipped(folder: Path) -> None:
    """The adapter that is shipped fits the weights, is small, and brings people's words for one sign together."""
    lines = [(line, sign) for sign, said in voices.people("en").items() if sign in content.library("en-US")
             for line in said][::12]
    same = np.array([[one == other for _, other in lines] for _, one in lines])

    def nearness(encoder: Encoder) -> float:
        vectors = encoder([line for line, _ in lines])
        likeness = vectors @ vectors.T
        return float(likeness[same].mean() - likeness[~same].mean())

    assert adapter.FILE.stat().st_size < 3_000_000
    assert nearness(Encoder(folder, adapter.FILE)) > nearness(Encoder(folder)) + 0.1
