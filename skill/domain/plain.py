"""Values ⇄ plain dictionaries, ready for JSON.

Rule 1: what comes back from outside is taken field by field, each only if it is of the kind it should be.
Rule 2: junk is the fresh value, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 60
"""Entries of a list that are read back; more than any has, and it keeps what is kept small."""


def dump(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any of our dataclasses
    """The fields of a value; what they hold dumped in turn."""
    return {name: _plain(getattr(value, name)) for name in _names(type(value))}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if _names(type(value)):
        return dump(value)
    return list(value) if isinstance(value, tuple) else value


def load(fresh: T, kept: object) -> T:
    """A value with what was kept of it; `fresh` has what is not there, or is of another kind."""
    if not isinstance(kept, Mapping):
        return fresh
    known = {name: _value(kept[name], getattr(fresh, name)) for name in _names(type(fresh)) if name in kept}
    changed = {name: value for name, value in known.items() if value != getattr(fresh, name)}
    return replace(fresh, **changed) if changed else fresh  # type: ignore[type-var]


_NAMES: dict[type, tuple[str, ...]] = {}
"""Fields by class, once they were asked for: each turn asks hundreds of times."""


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class; none of one that is no dataclass."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(entry.name for entry in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


def _value(value: Any, fresh: Any) -> Any:  # noqa: ANN401  # whatever came back from outside
    if _names(type(fresh)):
        return load(fresh, value)
    if isinstance(fresh, tuple):
        plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(value)[-MOST_KEPT:] if plain else fresh
    if isinstance(fresh, bool):
        return value if isinstance(value, bool) else fresh
    if isinstance(fresh, int):
        return value if isinstance(value, int) and not isinstance(value, bool) else fresh
    return value if isinstance(value, str) else fresh
