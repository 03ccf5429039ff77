"""What the ear learnt, kept between runs: vectors by sentence, and all that a model taught.

Rule 1: a model that changed is learnt anew, but only its new sentences are encoded.
Rule 2: a folder that cannot be read or written costs time, never an answer.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from skill.ear import adapter
from skill.ear.classifier import Solved
from skill.ear.ear import Ear, Learnt, learn
from skill.ear.encoder import Encoder, weights_folder
from skill.ear.features import Matrix
from skill.ear.judge import Judge
from skill.ear.people import NOBODY, People

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "back-coach"


SEVERAL = '"multipleValues": {"enabled": true}, '
"""What differs between locales and teaches nothing: that a slot may take several values."""

APART = ("adapting.py", "judge.py", "tuning.py")
"""Code that takes no part in what is kept: its own files hold what it learns."""

KEPT, KEPT_VECTORS = 6, 2
"""Models kept as learnt, and encoders whose vectors are; the oldest go."""


def ear(model: Mapping[str, Any], people: People = NOBODY, folder: Path = FOLDER,
        encoder: Encoder | None = None, judge: Judge | None = None) -> Ear:
    """The ear of a model, and of people's words where there are any: loaded if learnt before, else learnt and kept."""
    encode = Remembered(encoder, folder) if encoder else None
    path = _place((model, people), folder, encoder.version if encoder else None)
    learnt = _load(path)
    if learnt is None:
        learnt = learn(model, people, encode)
        _write(path, _arrays(learnt))
        _tidy_up(folder)
    return Ear(model, encode, learnt, people.dialect, judge)


def is_learnt(model: Mapping[str, Any], people: People, folder: Path = FOLDER) -> bool:
    """Whether what this model and people's words teach is kept, with the encoder if there is one."""
    version = adapter.version(adapter.shipped()) if weights_folder() else None
    return _place((model, people), folder, version).is_file()


def _place(taught: tuple[Mapping[str, Any], People], folder: Path, version: str | None) -> Path:
    return folder / f"learnt-{_digest(taught, version)}.npz"


def _digest(taught: tuple[Mapping[str, Any], People], version: str | None) -> str:
    """Changes with what is taught, with the encoder, and with the code that learns."""
    here = Path(__file__).parent
    code = b"".join(path.read_bytes() for path in sorted(here.glob("*.py")) if path.name not in APART)
    text = json.dumps([*taught, version], sort_keys=True).replace(SEVERAL, "").encode()
    return hashlib.sha256(code + text).hexdigest()[:20]


_PARTS = ("meanings", "ways", "tellings", "warnings", "answers")


def _arrays(learnt: Learnt) -> dict[str, np.ndarray[Any, Any]]:
    """What was learnt as arrays by name: "meanings.shift"."""
    return {"rarity": learnt.rarity, **{f"{part}.{entry.name}": np.asarray(getattr(getattr(learnt, part), entry.name))
                                        for part in _PARTS for entry in fields(Solved)}}


def _load(path: Path) -> Learnt | None:
    try:
        with np.load(path) as kept:
            parts = {part: {entry.name: kept[f"{part}.{entry.name}"] for entry in fields(Solved)} for part in _PARTS}
            rarity = kept["rarity"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    solved = {part: Solved(**{**arrays, "labels": tuple(arrays["labels"].tolist())})
              for part, arrays in parts.items()}
    return Learnt(**solved, rarity=rarity)


def _tidy_up(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for pattern, kept in (("learnt-*.npz", KEPT), ("sentences*.npz", KEPT_VECTORS)):
            for old in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-kept]:
                old.unlink()


class Remembered:
    """Encodes, and keeps what was encoded many at a time (samples) in a file."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._file = folder / f"sentences-{encoder.version}.npz"
        self._known = _read(self._file)

    def __call__(self, sentences: Sequence[str]) -> Matrix:
        """One unit vector a sentence, shape (n, 384)."""
        if len(sentences) == 1:
            known = self._known.get(sentences[0])
            return self._encoder(sentences) if known is None else known[None]
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        if new:
            self._known.update(zip(new, self._encoder(new), strict=True))
            _write(self._file, {"sentences": np.asarray(json.dumps(list(self._known))),
                                "vectors": np.stack(list(self._known.values()))})
        return np.stack([self._known[sentence] for sentence in sentences])


def _read(path: Path) -> dict[str, Matrix]:
    """What the file holds; nothing where there is none, or none that can be read."""
    try:
        with np.load(path) as kept:
            return dict(zip(json.loads(str(kept["sentences"])), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _write(path: Path, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
    """Replaces a file in one step."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(draft).replace(path)
