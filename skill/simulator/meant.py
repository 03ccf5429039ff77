"""What somebody means, where no ear has to make it out: for whoever drives an Echo without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with something in it."""

    words: str
    """As it was said."""
    ids: tuple[str, ...] = ()
    """What Alexa makes of it, likeliest first; none where nothing matched."""
    kind: str = "Topic"
    """The slot's type."""

    @property
    def names(self) -> tuple[str, ...]:
        """A usual name for each id; nothing depends on it."""
        return self.ids


@dataclass(frozen=True, slots=True)
class Meant:
    """What an ear would have made of some words."""

    intent: str
    slots: Mapping[str, Filled | None] = field(default_factory=dict)
    share: float = 1.0
    rival: str = ""
    rival_share: float = 0.0
    warns: Mapping[str, float] = field(default_factory=dict)
    affirms: float = 0.0
    denies: float = 0.0
