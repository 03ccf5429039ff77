"""Profiles in SQLite: one small document a person, in a file or in memory.

Rule 1: a person is known by a hash of the id that the platform gives; the id itself is not kept.
Rule 2: writers wait for each other (WAL, two seconds at most), so several processes may share the file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from skill.domain.profile import Profile, StoreDown

PATIENCE = 2.0
"""Seconds to wait for another writer; Alexa gives up after eight."""

_TABLE = "CREATE TABLE IF NOT EXISTS profile (person TEXT PRIMARY KEY, document TEXT NOT NULL)"
_SAVE = "INSERT INTO profile VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET document = excluded.document"


class SqliteUsers:
    """The profiles of everybody, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown. Raises `StoreDown`."""
        with self._open() as database:
            row = database.execute("SELECT document FROM profile WHERE person = ?", (_person(user_id),)).fetchone()
        return _read(row[0]) if row else Profile()

    def save(self, user_id: str, profile: Profile) -> None:
        """Keeps a profile. Raises `StoreDown`."""
        with self._open() as database:
            database.execute(_SAVE, (_person(user_id), json.dumps(asdict(profile))))

    def forget(self, user_id: str) -> None:
        """Deletes a profile. Raises `StoreDown`."""
        with self._open() as database:
            database.execute("DELETE FROM profile WHERE person = ?", (_person(user_id),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as database, database:
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

    def save(self, user_id: str, profile: Profile) -> None:
        """Keeps a profile."""
        self._profiles[user_id] = profile

    def forget(self, user_id: str) -> None:
        """Deletes a profile."""
        self._profiles.pop(user_id, None)


def _person(user_id: str) -> str:
    return hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()


def _read(document: str) -> Profile:
    """The profile in a document; what it cannot be read as is left as at the start."""
    try:
        kept = json.loads(document)
        known: dict[str, object] = {entry.name: type(entry.default) for entry in fields(Profile)}
        kept = {name: value for name, value in kept.items() if type(value) is known.get(name)}
        return Profile(**kept)
    except (ValueError, AttributeError, RecursionError):
        return Profile()
