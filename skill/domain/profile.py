"""What is kept of a person between conversations, and who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person's progress. No words, no symptoms, nothing about health."""

    visits: int = 0
    """Conversations begun so far."""
    unfinished: bool = False
    """A warning-sign check was left in the middle. Nothing of what was said in it."""


class StoreDown(Exception):
    """Whoever keeps the profiles cannot be reached, or answers nonsense."""


class Users(Protocol):
    """Keeps profiles. Every call may raise `StoreDown`; a conversation goes on without it."""

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown."""

    def save(self, user_id: str, profile: Profile) -> None:
        """Keeps a profile until it is changed or forgotten."""

    def forget(self, user_id: str) -> None:
        """Deletes all that is kept of a person."""
