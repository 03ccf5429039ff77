"""What is kept of a person between conversations, and who keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Protocol

from skill.domain.course import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person's progress. No words, no symptoms, nothing about health."""

    visits: int = 0
    """Conversations begun so far."""
    unfinished: bool = False
    """A warning-sign check was left in the middle. Nothing of what was said in it."""
    course: Course = field(default_factory=Course)
    """The routine that is under way, as it stood when its last block began."""
    heard: tuple[str, ...] = ()
    """Ids of stretches whose instructions were heard in full."""
    left_out: tuple[str, ...] = ()
    """Ids of stretches that are never wanted again."""


def merged(kept: Profile, before: Profile, after: Profile) -> Profile:
    """What is kept, with what one conversation changed: another device may have changed other things meanwhile."""
    changed: Mapping[str, Any] = {
        entry.name: _joined(*(getattr(each, entry.name) for each in (kept, before, after)))
        for entry in fields(Profile) if getattr(after, entry.name) != getattr(before, entry.name)
    }
    return replace(kept, **changed)


def _joined(kept: object, before: object, after: object) -> object:
    """Of a list, what came and what went is done to the list that is kept; anything else is simply replaced."""
    if not (isinstance(kept, tuple) and isinstance(before, tuple) and isinstance(after, tuple)):
        return after
    gone = set(before) - set(after)
    return tuple(dict.fromkeys((*(one for one in kept if one not in gone), *after)))


class StoreDown(Exception):
    """Whoever keeps the profiles cannot be reached, or answers nonsense."""


class Users(Protocol):
    """Keeps profiles. Every call may raise `StoreDown`; a conversation goes on without it."""

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown."""

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed from `before` to `after`, whatever else has changed meanwhile (see `merged`)."""

    def forget(self, user_id: str) -> None:
        """Deletes all that is kept of a person."""
