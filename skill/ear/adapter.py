"""What makes the general sentence encoder know sore backs: a small change of each of its maps.

A map of the encoder is a matrix; the adapter adds another of low rank, kept as two narrow ones ("LoRA": Hu et al.,
2021). It is learnt by `python -m skill adapt` from all samples at once, and stays good when a few of them change.

Rule 1: the adapter is a file; without it the encoder is the general one and nothing else changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Weights = Mapping[str, Matrix]

FILE = Path(__file__).parent / "adapter.safetensors"

LAYERS = 6
MAPS = ("attention.self.query", "attention.self.key", "attention.self.value",
        "attention.output.dense", "intermediate.dense", "output.dense")

NAMES = tuple(f"encoder.layer.{layer}.{each}" for layer in range(LAYERS) for each in MAPS)
"""Every map that is changed."""

_KINDS = {"F32": np.float32, "F16": np.float16}
_NOTES = "__metadata__"
_NO_WEIGHTS = ("I64",)
"""What holds the numbers of places, which are counted anyhow."""


def adapted(weights: Weights, adapter: Weights) -> dict[str, Matrix]:
    """The encoder's weights with what the adapter adds: "….up", (out, rank), times "….down", (rank, in)."""
    changed = {f"{name}.weight": weights[f"{name}.weight"] + adapter[f"{name}.up"] @ adapter[f"{name}.down"]
               for name in NAMES}
    return {**weights, **changed}


def shipped() -> Path | None:
    """The adapter's file, if it is here."""
    return FILE if FILE.is_file() else None


def version(file: Path | None) -> str:
    """Tells one adapter from another; "general" where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file else "general"


def arrays(path: Path) -> dict[str, Matrix]:
    """Arrays by name from a safetensors file: a length, a JSON header, then plain bytes.

    Raises `ValueError` where one is of a kind that isn't known here.
    """
    header, raw = _parts(path)
    found = {}
    for name, entry in header.items():
        if name == _NOTES or entry["dtype"] in _NO_WEIGHTS:
            continue
        if entry["dtype"] not in _KINDS:
            raise ValueError(f"{path}: {name} is of kind {entry['dtype']}; only {', '.join(_KINDS)} can be read")
        start, end = entry["data_offsets"]
        plain = np.frombuffer(raw[start:end], _KINDS[entry["dtype"]]).reshape(entry["shape"])
        found[name] = plain.astype(np.float32, copy=False)
    return found


def noted(path: Path) -> Mapping[str, str]:
    """What is noted in a safetensors file beside its arrays."""
    notes: Mapping[str, str] = _parts(path)[0].get(_NOTES, {})
    return notes


def _parts(path: Path) -> tuple[dict[str, Any], bytes]:
    """The header, and the bytes of all arrays."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    return json.loads(raw[8 : 8 + size]), raw[8 + size :]
