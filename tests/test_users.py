"""The stores of profiles: the same promises, whichever it is, and what can go wrong with a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from skill import app
from skill.domain.profile import Profile, StoreDown, Users
from skill.store import users as stores
from skill.store.users import MemoryUsers, SqliteUsers
from tests.conftest import LAUNCH, PERSON, Talk, asked, judged

OTHER = "amzn1.ask.account.SOMEBODY-ELSE"
KINDS: dict[str, Callable[[Path], Users]] = {"memory": lambda _: MemoryUsers(), "sqlite": SqliteUsers}


@pytest.fixture(params=KINDS)
def users(request: pytest.FixtureRequest, tmp_path: Path) -> Users:
    """A store of each kind, empty."""
    return KINDS[request.param](tmp_path / "deep" / "down" / "people.db")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a store's file is, or will be."""
    return tmp_path / "people.db"


def everything(users: Users) -> list[Callable[[], object]]:
    """All that one can ask of a store."""
    return [lambda: users.load(PERSON), lambda: users.save(PERSON, Profile(), Profile()), lambda: users.forget(PERSON)]


def put(file: Path, document: object) -> None:
    """Writes a document into the file as a person's profile, past the store."""
    SqliteUsers(file).save(PERSON, Profile(), Profile())
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE profile SET document = ?", (document,))


def test_somebody_new(users: Users) -> None:
    """Somebody unknown has a fresh profile, and nothing needs to be set up for that."""
    assert users.load(PERSON) == Profile()


def test_save_and_load(users: Users) -> None:
    """What is saved last is what is loaded."""
    users.save(PERSON, Profile(), Profile(visits=1))
    users.save(PERSON, Profile(), Profile(visits=2))

    assert users.load(PERSON) == Profile(visits=2)


def test_people_are_apart(users: Users) -> None:
    """Nobody has anybody else's profile."""
    users.save(PERSON, Profile(), Profile(visits=3))

    assert users.load(OTHER) == Profile()


def test_forget(users: Users) -> None:
    """Who is forgotten is somebody new; others stay, and forgetting nobody is fine."""
    users.save(PERSON, Profile(), Profile(visits=3))
    users.save(OTHER, Profile(), Profile(visits=4))
    for _ in range(2):
        users.forget(PERSON)

    assert (users.load(PERSON), users.load(OTHER)) == (Profile(), Profile(visits=4))


@pytest.mark.parametrize("name", ["", "ö", "\ud800", "'; DROP TABLE profile; --", "x" * 10_000])
def test_any_id(users: Users, name: str) -> None:
    """An id is any text."""
    users.save(name, Profile(), Profile(visits=3))

    assert users.load(name) == Profile(visits=3)


def test_two_stores_on_one_file(file: Path) -> None:
    """Two processes share what is kept."""
    SqliteUsers(file).save(PERSON, Profile(), Profile(visits=3))

    assert SqliteUsers(file).load(PERSON) == Profile(visits=3)


def test_many_at_once(file: Path) -> None:
    """Many writers at once wait for each other; nobody's profile is lost."""
    people = [f"person-{number}" for number in range(8)]
    threads = [Thread(target=SqliteUsers(file).save, args=(person, Profile(), Profile(visits=3))) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(SqliteUsers(file).load(person) == Profile(visits=3) for person in people)


def test_the_id_is_not_kept(file: Path) -> None:
    """Nobody can read from the file who the people are."""
    users = SqliteUsers(file)
    users.save(PERSON, Profile(), Profile(visits=3))
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())

    assert b"visits" in written
    assert PERSON.encode() not in written


def test_forgotten_for_good(file: Path) -> None:
    """After forgetting, no row of the person is left."""
    users = SqliteUsers(file)
    users.save(PERSON, Profile(), Profile(visits=3))
    users.forget(PERSON)

    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM profile").fetchone() == (0,)


@pytest.mark.parametrize("junk", ["", "{", "[]", "7", "null", '"x"', "{}", '{"visits": "many"}', '{"visits": true}',
                                  '{"visits": 1.5}', '{"visits": null}', '{"mood": 3}', b"\xff\xfe", "[" * 100_000])
def test_junk_in_the_file(file: Path, junk: object) -> None:
    """A document that can't be read is a fresh profile, which can be kept again."""
    put(file, junk)
    users = SqliteUsers(file)

    assert users.load(PERSON) == Profile()
    users.save(PERSON, Profile(), Profile(visits=1))
    assert users.load(PERSON) == Profile(visits=1)


def test_a_later_release_s_file(file: Path) -> None:
    """What a later release keeps besides is passed over."""
    put(file, '{"visits": 3, "streak": 9}')

    assert SqliteUsers(file).load(PERSON) == Profile(visits=3)


@pytest.mark.parametrize("call", range(3))
def test_locked(file: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """A file that somebody else keeps locked is a store that's down, after some patience."""
    monkeypatch.setattr(stores, "PATIENCE", 0.05)
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


def test_junk_costs_nobody_an_answer(file: Path) -> None:
    """Somebody whose profile can't be read is greeted as somebody new."""
    put(file, "[" * 100_000)

    assert judged(asked(LAUNCH, {}, {}, new=True), app.skill(SqliteUsers(file)))["response"]["outputSpeech"]
