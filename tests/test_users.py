"""The stores of profiles: the same promises, whichever it is.

What can go wrong with a file is in tests/store/test_sqlite.py, and with DynamoDB in tests/store/test_dynamo_faults.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pytest

from skill import app
from skill.domain.course import Course
from skill.domain.profile import Profile, Users
from skill.store import users as stores
from skill.store.dynamo import DynamoUsers
from skill.store.sqlite import SqliteUsers
from skill.store.users import MemoryUsers
from tests.cloud import TABLE, account, client, dynamo, moto
from tests.conftest import LAUNCH, PERSON, asked, judged

__all__ = ["account", "client", "dynamo", "moto"]  # fixtures

OTHER = "amzn1.ask.account.SOMEBODY-ELSE"


class Kept(Protocol):
    """What a store keeps, wherever that is: several stores may share it, and a test looks at it past them."""

    def users(self) -> Users:
        """One more store, as another process would have it."""

    def put(self, document: str) -> None:
        """Makes a document the profile of a person, whatever it says."""

    def written(self) -> bytes:
        """All that is written there."""

    def people(self) -> int:
        """How many people something is kept of."""


class File(Kept):
    """What SQLite keeps."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def users(self) -> SqliteUsers:
        """A store on this file."""
        return SqliteUsers(self._path)

    def put(self, document: str) -> None:
        """Writes it into the row."""
        put(self._path, document)

    def written(self) -> bytes:
        """The file, and what SQLite has put beside it."""
        return b"".join(path.read_bytes() for path in self._path.parent.iterdir())

    def people(self) -> int:
        """Rows."""
        with closing(sqlite3.connect(self._path)) as database:
            return int(database.execute("SELECT count(*) FROM profile").fetchone()[0])


class Table(Kept):
    """What DynamoDB keeps."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def users(self) -> DynamoUsers:
        """A store on this table."""
        return DynamoUsers(TABLE)

    def put(self, document: str) -> None:
        """Writes it into the item."""
        self._client.put_item(TableName=TABLE, Item={
            "person": {"S": stores.person(PERSON)}, "profile": {"S": document},
            "version": {"N": "7"}, "expires": {"N": "9000000000"}})

    def written(self) -> bytes:
        """The items."""
        return json.dumps(self._client.scan(TableName=TABLE)["Items"]).encode()

    def people(self) -> int:
        """Items."""
        return int(self._client.scan(TableName=TABLE)["Count"])


@pytest.fixture(params=["sqlite", "dynamo"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """A place of each kind where something is kept beyond a process; empty."""
    if request.param == "dynamo":
        return Table(request.getfixturevalue("dynamo"))
    return File(tmp_path / "deep" / "down" / "people.db")


@pytest.fixture(params=["memory", "sqlite", "dynamo"])
def users(request: pytest.FixtureRequest, tmp_path: Path) -> Users:
    """A store of each kind, empty."""
    if request.param == "dynamo":
        return Table(request.getfixturevalue("dynamo")).users()
    return MemoryUsers() if request.param == "memory" else SqliteUsers(tmp_path / "deep" / "down" / "people.db")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a store's file is, or will be."""
    return tmp_path / "people.db"


def put(file: Path, document: object) -> None:
    """Writes a document into the file as a person's profile, past the store."""
    SqliteUsers(file).save(PERSON, Profile(), Profile())
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE profile SET document = ?", (document,))


def at_once(*tasks: Callable[[], None]) -> None:
    """Does all of it at the same time."""
    threads = [Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


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


def test_everything_comes_back(users: Users) -> None:
    """All that a profile holds is kept, in any script."""
    course = Course(plan=("stretch.plank/20",), index=1, side=2, held=7, doing="rest", full=False, pace=80, at=9 ** 13)
    profile = Profile(visits=3, unfinished=True, course=course, heard=("ä", "猫🐈"), left_out=("\ud800", ""))
    users.save(PERSON, Profile(), profile)

    assert users.load(PERSON) == profile


def test_devices_in_turns(users: Users) -> None:
    """What one device changed stays when another, which began before that, changes something else."""
    began = Profile(visits=3, heard=("a", "b"))
    users.save(PERSON, Profile(), began)
    users.save(PERSON, began, replace(began, heard=("b", "c")))
    users.save(PERSON, began, replace(began, left_out=("d",)))
    users.save(PERSON, began, replace(began, heard=("a", "b", "e")))

    assert users.load(PERSON) == Profile(visits=3, heard=("b", "c", "a", "e"), left_out=("d",))


def test_two_stores_on_one_place(kept: Kept) -> None:
    """Two processes share what is kept."""
    kept.users().save(PERSON, Profile(), Profile(visits=3))

    assert kept.users().load(PERSON) == Profile(visits=3)


def test_devices_at_once(kept: Kept) -> None:
    """Two devices of one person that write all the time, at the same time, lose nothing of each other's."""

    def device(name: str) -> None:
        users = kept.users()
        for number in range(25):
            before = users.load(PERSON)
            users.save(PERSON, before, replace(before, left_out=(*before.left_out, f"{name}{number}")))

    at_once(lambda: device("a"), lambda: device("b"))

    left_out = kept.users().load(PERSON).left_out
    assert sorted(left_out) == sorted(f"{name}{number}" for name in "ab" for number in range(25))


def test_many_at_once(kept: Kept) -> None:
    """Many people at once are not in each other's way."""
    people = [f"person-{number}" for number in range(8)]
    users = kept.users()
    at_once(*(lambda person=person: users.save(person, Profile(), Profile(visits=3))
              for person in people))

    assert all(kept.users().load(person) == Profile(visits=3) for person in people)


def test_the_id_is_not_kept(kept: Kept) -> None:
    """Nobody can read who the people are from what is kept."""
    kept.users().save(PERSON, Profile(), Profile(visits=3))
    written = kept.written()

    assert b"visits" in written
    assert PERSON.encode() not in written


def test_forgotten_for_good(kept: Kept) -> None:
    """After forgetting, nothing of the person is left: not even as bytes, while the store goes on."""
    users = kept.users()
    users.save(PERSON, Profile(), Profile(heard=("stretch.that-one",)))
    users.save(OTHER, Profile(), Profile(visits=3))
    users.forget(PERSON)

    assert kept.people() == 1
    assert b"that-one" not in kept.written()
    assert users.load(OTHER) == Profile(visits=3)


JUNK = ["", "{", "[]", "7", "null", '"x"', "{}", '{"visits": "many"}', '{"visits": true}', '{"visits": 1.5}',
        '{"visits": null}', '{"mood": 3}', "[" * 100_000]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_instead_of_a_profile(kept: Kept, junk: str) -> None:
    """A document that can't be read is a fresh profile, which can be kept again."""
    kept.put(junk)
    users = kept.users()

    assert users.load(PERSON) == Profile()
    users.save(PERSON, Profile(), Profile(visits=1))
    assert users.load(PERSON) == Profile(visits=1)


def test_of_a_later_release(kept: Kept) -> None:
    """What a later release keeps besides is passed over."""
    kept.put('{"visits": 3, "streak": 9}')

    assert kept.users().load(PERSON) == Profile(visits=3)


def test_junk_costs_nobody_an_answer(kept: Kept) -> None:
    """Somebody whose profile can't be read is greeted as somebody new."""
    kept.put("[" * 100_000)

    assert judged(asked(LAUNCH, {}, {}, new=True), app.skill(kept.users()))["response"]["outputSpeech"]
