"""What a screen may show while a stretch is coached; a screen only adds, so nothing is told by it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One stretch on a screen."""

    title: str
    """"Child's pose"."""
    side: str
    """"Left side"; empty where it has no sides."""
    seconds: float
    """Seconds that the whole block takes."""
    gone: float
    """Seconds of it that have gone by when it is shown."""
    following: str
    """"Next: cat cow"; empty at the last."""
    touch: Mapping[str, Sequence[str]]
    """What can be touched, by what it sends: the words on it, and what a screen reader says."""
    start: Mapping[str, tuple[float, float]]
    end: Mapping[str, tuple[float, float]]
    """Joints of the two postures that the figure moves between (see `items.Joints`)."""
    wall: float | None = None
    """Where a wall stands, across; None where there is none."""
