"""Everything there is to say, finished, in one file: what a bundle ships in the place of content/.

Rule 1: `python -m skill build` writes it, and only in a bundle is it found.
Rule 2: it holds our own objects as `pickle` has them: it comes with the code that made it, from the same build.
Rule 3: a locale is read when somebody speaks it; most processes meet one.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from typing import Any

FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
"""Where it lies in a bundle: beside the code. Without `pathlib`, which takes as long to import as this to read."""

NAME = "content.bin"


class Shipped(Mapping[str, Any]):
    """What there is to say, by locale."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._read: dict[str, Any] = {}

    def __getitem__(self, locale: str) -> Any:  # noqa: ANN401  # whatever the skill speaks from
        """All of a locale; read once. Raises `KeyError`."""
        if locale not in self._read:
            self._read[locale] = pickle.loads(self._parts[locale])  # noqa: S301  # from our own build, see above
        return self._read[locale]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def write(folder: str, made: Mapping[str, Any]) -> None:
    """Writes what was made of content, by locale, into a bundle's folder."""
    parts = {locale: pickle.dumps(each, pickle.HIGHEST_PROTOCOL) for locale, each in made.items()}
    with open(os.path.join(folder, NAME), "wb") as file:  # noqa: PTH118, PTH123
        pickle.dump(parts, file, pickle.HIGHEST_PROTOCOL)


def read() -> Shipped | None:
    """What was made of content; None where this is no bundle."""
    try:
        with open(os.path.join(FOLDER, NAME), "rb") as file:  # noqa: PTH118, PTH123
            return Shipped(pickle.load(file))  # noqa: S301  # as above
    except FileNotFoundError:
        return None
