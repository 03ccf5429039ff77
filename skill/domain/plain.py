"""Values ⇄ plain dictionaries, ready for JSON.

Rule 1: what comes back from outside is taken field by field, each only if it is of the kind it should be.
Rule 2: junk is the fresh value, never an error.
Rule 3: what is as at the start is left out: it's what a field that isn't there is read as.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 60
"""Entries of a list that are read back; more than any has, and it keeps what is kept small."""

LARGEST = 2**53
"""Figures below it are the same in every language that reads JSON."""


def dump(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any of our dataclasses whose fields all have a default
    """The fields of a value that aren't as they are in a fresh one; what they hold dumped in turn."""
    return {name: _plain(held) for name, usual in _usual(type(value)).items()
            if (held := getattr(value, name)) != usual}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return list(value)
    return dump(value) if _usual(type(value)) else value


def load(kind: type[T], kept: object) -> T:
    """A value of such a class with what was kept of it; as at the start is what is not there, or of another kind."""
    if not isinstance(kept, Mapping):
        return kind()
    usual = _usual(kind)
    return kind(**{name: _value(value, usual[name]) for name, value in kept.items() if name in usual})


_USUAL: dict[type, Mapping[str, Any]] = {}
"""By class: each turn asks a hundred times."""


def _usual(kind: type) -> Mapping[str, Any]:
    """What the fields of a class hold at the start; none of one that is no dataclass."""
    if kind not in _USUAL:
        fresh: Any = kind() if is_dataclass(kind) else None
        _USUAL[kind] = {entry.name: getattr(fresh, entry.name) for entry in fields(fresh)} if fresh else {}
    return _USUAL[kind]


def _value(value: Any, usual: Any) -> Any:  # noqa: ANN401  # whatever came back from outside
    if isinstance(usual, tuple):
        plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(value)[-MOST_KEPT:] if plain else usual
    if _usual(type(usual)):
        return load(type(usual), value)
    if isinstance(usual, bool):
        return value if isinstance(value, bool) else usual
    if isinstance(usual, int):
        figure = isinstance(value, int) and not isinstance(value, bool)
        return value if figure and abs(value) < LARGEST else usual
    return value if isinstance(value, str) else usual
