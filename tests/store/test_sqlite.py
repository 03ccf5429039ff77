"""What can go wrong with the file of the profiles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from skill.domain.profile import Profile, StoreDown, Users
from skill.store import sqlite
from skill.store.sqlite import SqliteUsers
from tests.conftest import LAUNCH, PERSON, Talk
from tests.test_users import put


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file is, or will be."""
    return tmp_path / "people.db"


def everything(users: Users) -> list[Callable[[], object]]:
    """All that one can ask of a store."""
    return [lambda: users.load(PERSON), lambda: users.save(PERSON, Profile(), Profile()), lambda: users.forget(PERSON)]


def test_without_its_file(file: Path) -> None:
    """When the file is removed while the store goes on, everybody is somebody new, and is kept in a new one."""
    users = SqliteUsers(file)
    users.save(PERSON, Profile(), Profile(visits=3))
    file.unlink()
    at_first = users.load(PERSON)
    users.save(PERSON, Profile(), Profile(visits=1))

    assert (at_first, SqliteUsers(file).load(PERSON)) == (Profile(), Profile(visits=1))


def test_not_even_text(file: Path) -> None:
    """The same goes for bytes in a file."""
    put(file, b"\xff\xfe")

    assert SqliteUsers(file).load(PERSON) == Profile()


@pytest.mark.parametrize("call", range(3))
def test_locked(file: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """A file that somebody else keeps locked is a store that's down, after some patience."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    SqliteUsers(file).save(PERSON, Profile(), Profile(visits=3))

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM profile")
        with pytest.raises(StoreDown):
            everything(SqliteUsers(file))[call]()
        other.execute("ROLLBACK")


def nothing(file: Path) -> Path:
    """A file where a folder should be."""
    file.write_text("")
    return file / "people.db"


def a_folder(file: Path) -> Path:
    """A folder where the file should be."""
    file.mkdir()
    return file


def not_a_database(file: Path) -> Path:
    """A file that is something else."""
    file.write_text("This is not a database." * 100)
    return file


def another_table(file: Path) -> Path:
    """A database that is somebody else's."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE profile (something TEXT)")
    return file


@pytest.mark.parametrize("call", range(3))
@pytest.mark.parametrize("spoil", [nothing, a_folder, not_a_database, another_table])
def test_out_of_order(file: Path, spoil: Callable[[Path], Path], call: int) -> None:
    """Whatever is wrong with the file, the store says that it's down, and says where."""
    spoiled = spoil(file)

    with pytest.raises(StoreDown, match=spoiled.name):
        everything(SqliteUsers(spoiled))[call]()


def test_an_answer_without_a_store(file: Path) -> None:
    """A store that is down costs nobody an answer."""
    turns = Talk(users=SqliteUsers(nothing(file))).play(LAUNCH, "TreatIceIntent", "AMAZON.StopIntent")

    assert [turn.state for turn in turns] == ["open", "open", "closed"]
    assert turns[1].said == ("treat.ice",)
