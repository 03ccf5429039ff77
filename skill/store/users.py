"""Profiles in SQLite: one small document a person, in a file or in memory.

Rule 1: a person is known by a hash of the id that the platform gives; the id itself is not kept.
Rule 2: writers wait for each other (WAL, two seconds at most), so several processes may share the file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from skill.domain import plain
from skill.domain.profile import Profile, StoreDown, merged

PATIENCE = 2.0
"""Seconds to wait for another writer; Alexa gives up after eight."""

_TABLE = "CREATE TABLE IF NOT EXISTS profile (person TEXT PRIMARY KEY, document TEXT NOT NULL)"
_FIND = "SELECT document FROM profile WHERE person = ?"
_SAVE = "INSERT INTO profile VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET document = excluded.document"


class SqliteUsers:
    """The profiles of everybody, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown. Raises `StoreDown`."""
        with self._open() as database:
            return _found(database, user_id)

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed from `before` to `after`; writers take turns. Raises `StoreDown`."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            kept = merged(_found(database, user_id), before, after)
            database.execute(_SAVE, (person(user_id), written(kept)))

    def forget(self, user_id: str) -> None:
        """Deletes a profile. Raises `StoreDown`."""
        with self._open() as database:
            database.execute("DELETE FROM profile WHERE person = ?", (person(user_id),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as database, database:
                with suppress(sqlite3.OperationalError):  # another process is just doing it; for that it can't wait
                    database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA synchronous = NORMAL")
                database.execute(_TABLE)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise StoreDown(f"{self._path}: {error}") from error


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
    return hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()


def written(profile: Profile) -> str:
    """A profile as it is kept."""
    return json.dumps(plain.dump(profile))


def read(document: str) -> Profile:
    """The profile in a document; what it cannot be read as is left as at the start."""
    try:
        return plain.load(Profile(), json.loads(document))
    except (ValueError, TypeError, RecursionError):
        return Profile()


def _found(database: sqlite3.Connection, user_id: str) -> Profile:
    row = database.execute(_FIND, (person(user_id),)).fetchone()
    return read(row[0]) if row else Profile()
