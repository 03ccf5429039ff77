"""Profiles in SQLite: one file for everybody, on a server of one's own.

Rule 1: writers wait for each other (WAL, two seconds at most), so several processes may share the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from skill.domain.profile import Profile, StoreDown, merged
from skill.store.users import person, read, written

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


def _found(database: sqlite3.Connection, user_id: str) -> Profile:
    row = database.execute(_FIND, (person(user_id),)).fetchone()
    return read(row[0]) if row else Profile()
