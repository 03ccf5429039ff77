"""Profiles in SQLite: one file for everybody, on a server of one's own.

Rule 1: writers wait for each other (WAL, two seconds at most), so several processes may share the file.
Rule 2: what nobody else has changed meanwhile is replaced by one statement; only otherwise it is read again and merged.
Rule 3: a connection that served well is kept for the next turn, one that failed is not; none outlives its file.
Rule 4: what is forgotten is overwritten, in the file and in the log beside it.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import finalize

from skill.domain.profile import Profile, StoreDown, merged
from skill.store.users import person, read, written

PATIENCE = 2.0
"""Seconds to wait for another writer; Alexa gives up after eight."""

_TABLE = "CREATE TABLE IF NOT EXISTS profile (person TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID"
_FIND = "SELECT document FROM profile WHERE person = ?"
_ADD = "INSERT INTO profile (document, person) VALUES (?, ?) ON CONFLICT (person) DO NOTHING"
_REPLACE = "UPDATE profile SET document = ? WHERE person = ? AND document = ?"
_SAVE = "INSERT INTO profile VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET document = excluded.document"
_FORGET = "DELETE FROM profile WHERE person = ?"


class SqliteUsers:
    """The profiles of everybody, in one file; threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[_Open] = deque()
        finalize(self, _close, self._idle)

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown. Raises `StoreDown`."""
        with self._database() as database:
            return _found(database, user_id)

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed from `before` to `after`; writers take turns. Raises `StoreDown`."""
        who, document = person(user_id), written(after)
        with self._database() as database:
            if before == Profile():
                done = database.execute(_ADD, (document, who)).rowcount
            else:
                done = database.execute(_REPLACE, (document, who, written(before))).rowcount
            if not done:
                _merge(database, user_id, before, after)

    def forget(self, user_id: str) -> None:
        """Deletes a profile. Raises `StoreDown`."""
        with self._database() as database:
            database.execute(_FORGET, (person(user_id),))
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            kept = self._taken()
            try:
                yield kept.database
            except BaseException:
                kept.database.close()
                raise
            self._idle.append(kept)
        except (sqlite3.Error, OSError) as error:
            raise StoreDown(f"{self._path}: {error}") from error

    def _taken(self) -> _Open:
        """A connection that nobody uses now: one kept, or a new one."""
        while self._idle:
            with suppress(IndexError):  # another thread was quicker
                kept = self._idle.pop()
                if kept.file == _identity(self._path):
                    return kept
                kept.database.close()
        return _Open(self._path)


class _Open:
    """A connection, and the file that it is to: a path may come to be another file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            with suppress(sqlite3.OperationalError):  # another process is just doing it; for that it can't wait
                self.database.execute("PRAGMA journal_mode = WAL")
            self.database.execute("PRAGMA synchronous = NORMAL")
            self.database.execute("PRAGMA secure_delete = ON")
            self.database.execute(_TABLE)
            self.file = _identity(path)
        except BaseException:
            self.database.close()
            raise


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _close(idle: deque[_Open]) -> None:
    while idle:
        idle.pop().database.close()


def _merge(database: sqlite3.Connection, user_id: str, before: Profile, after: Profile) -> None:
    """Keeps what changed beside what somebody else has changed meanwhile."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        kept = merged(_found(database, user_id), before, after)
        database.execute(_SAVE, (person(user_id), written(kept)))


def _found(database: sqlite3.Connection, user_id: str) -> Profile:
    row = database.execute(_FIND, (person(user_id),)).fetchone()
    return read(row[0]) if row else Profile()
