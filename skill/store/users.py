"""Profiles, as everybody who keeps them has them: by a hash of a person's id, in one small document each.

Rule 1: a person is known by a hash of the id that the platform gives; the id itself is not kept.
Rule 2: a document that can't be read is a fresh profile; what it can't be read as is left as at the start.
"""

from __future__ import annotations

import json

from skill.domain import plain
from skill.domain.profile import Profile, merged


class MemoryUsers:
    """The profiles of one process, gone with it: for the simulator."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown."""
        return self._profiles.get(user_id, Profile())

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed from `before` to `after`."""
        self._profiles[user_id] = merged(self.load(user_id), before, after)

    def forget(self, user_id: str) -> None:
        """Deletes a profile."""
        self._profiles.pop(user_id, None)


def person(user_id: str) -> str:
    """What somebody is known by, in all that is kept: it doesn't tell who it is."""
    import hashlib  # noqa: PLC0415  # most starts on Lambda look nobody up

    return hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()


def written(profile: Profile) -> str:
    """A profile as it is kept."""
    return json.dumps(plain.dump(profile))


def read(document: str) -> Profile:
    """The profile in a document; what it cannot be read as is left as at the start."""
    try:
        return plain.load(Profile, json.loads(document))
    except (ValueError, TypeError, RecursionError):
        return Profile()
