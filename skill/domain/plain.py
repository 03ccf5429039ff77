"""Values ⇄ plain dictionaries, ready for JSON.

Rule 1: what comes back from outside is taken field by field, each only if it is of the kind it should be.
Rule 2: junk is the fresh value, never an error.
Rule 3: what is as at the start is left out: it's what a field that isn't there is read as.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 60
"""Entries of a list that are read back; more than any has, and it keeps what is kept small."""


def dump(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any of our dataclasses whose fields all have a default
    """The fields of a value that aren't as they are in a fresh one; what they hold dumped in turn."""
    fresh = _fresh(type(value))
    told = ((name, getattr(value, name), getattr(fresh, name)) for name in _names(type(value)))
    return {name: _plain(held) for name, held, usual in told if held != usual}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return list(value)
    return dump(value) if _names(type(value)) else value


def load(kind: type[T], kept: object) -> T:
    """A value of such a class with what was kept of it; as at the start is what is not there, or of another kind."""
    fresh, names = _fresh(kind), _names(kind)
    if not isinstance(kept, Mapping):
        return fresh
    known = {name: _value(value, getattr(fresh, name)) for name, value in kept.items() if name in names}
    return kind(**known) if known else fresh


@cache  # each turn asks a hundred times
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class; none of one that is no dataclass."""
    return tuple(entry.name for entry in fields(kind)) if is_dataclass(kind) else ()


@cache
def _fresh(kind: type[T]) -> T:
    """A value of a class as it is at the start."""
    return kind()


def _value(value: Any, fresh: Any) -> Any:  # noqa: ANN401  # whatever came back from outside
    if isinstance(fresh, tuple):
        plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(value)[-MOST_KEPT:] if plain else fresh
    if _names(type(fresh)):
        return load(type(fresh), value)
    if isinstance(fresh, bool):
        return value if isinstance(value, bool) else fresh
    if isinstance(fresh, int):
        return value if isinstance(value, int) and not isinstance(value, bool) else fresh
    return value if isinstance(value, str) else fresh
