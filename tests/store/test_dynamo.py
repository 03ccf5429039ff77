"""DynamoDB as a store: what is in an item, and who comes first.

That it keeps what every store keeps is in tests/test_users.py; all that can go wrong, in test_dynamo_faults.py.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import timedelta
from typing import Any

import pytest
from flask import Response

from skill.domain.profile import Profile, StoreDown
from skill.store import users as stores
from skill.store.dynamo import KEPT_FOR, TRIES, DynamoUsers
from tests.cloud import TABLE, answering, confirmed, error, passed_on
from tests.conftest import PERSON
from tests.store.items import KEY, NOW, SECOND, Clock, as_item, item
from tests.store.outages import meddling

# --- an item ---


def test_what_is_kept(dynamo: Any) -> None:
    """An item holds a hash, the profile as a document, a version, and when it is over; nothing else."""
    DynamoUsers(TABLE, now=Clock()).save(PERSON, Profile(), Profile(visits=3))

    kept = item(dynamo)
    assert kept == {**KEY, "version": {"N": "1"}, "profile": {"S": stores.written(Profile(visits=3))},
                    "expires": {"N": str(int((NOW + KEPT_FOR).timestamp()))}}


def test_versions_are_counted(dynamo: Any) -> None:
    """Each write is one version more."""
    users = DynamoUsers(TABLE)
    for visits in range(3):
        users.save(PERSON, Profile(visits=visits), Profile(visits=visits + 1))

    assert (item(dynamo) or {})["version"] == {"N": "3"}


def test_it_expires_later(dynamo: Any) -> None:
    """Every save puts off when an item is over, and the table still deletes by that."""
    clock = Clock()
    users = DynamoUsers(TABLE, now=clock)
    users.save(PERSON, Profile(), Profile(visits=1))
    clock.now += timedelta(days=100)
    users.save(PERSON, Profile(visits=1), Profile(visits=2))

    assert (item(dynamo) or {})["expires"] == {"N": str(int((NOW + timedelta(days=100) + KEPT_FOR).timestamp()))}
    assert dynamo.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"] == {
        "AttributeName": "expires", "TimeToLiveStatus": "ENABLED"}


@pytest.mark.usefixtures("dynamo")
def test_it_is_over() -> None:
    """What is over is gone, even while DynamoDB hasn't deleted it; what is saved then is all there is."""
    clock = Clock()
    users = DynamoUsers(TABLE, now=clock)
    users.save(PERSON, Profile(), Profile(visits=7, left_out=("stretch.plank",)))
    clock.now += KEPT_FOR - SECOND
    last = users.load(PERSON)
    clock.now += SECOND

    assert (last.visits, users.load(PERSON)) == (7, Profile())
    users.save(PERSON, Profile(), Profile(visits=1))
    assert users.load(PERSON) == Profile(visits=1)


JUNK: list[object] = [
    {}, KEY, as_item("NaN"), as_item("1.5"), as_item(profile=7), as_item(3), as_item([1]), as_item(expires={}),
    {**as_item(), "version": {"S": "3"}}, {**as_item(), "profile": {"B": "aGk="}}, {**as_item(), "profile": {}},
    {**as_item(), "expires": {"NULL": True}}, {**as_item(), "version": None}, {**as_item(), "profile": "x"}, 7, [], "x",
]


def test_items_that_are_not_ours(at: Any) -> None:
    """An item that we can't have written is a store that's out of order: nothing is written over it."""
    asked: Counter[str] = Counter()
    left = deque(JUNK)

    def answer(operation: str, _body: bytes) -> Response:
        asked[operation] += 1
        return confirmed({"Item": left[0]})

    at(lambda: answering(answer))
    users = DynamoUsers(TABLE)
    while left:
        with pytest.raises(StoreDown):
            pytest.fail(f"{left[0]} is {users.load(PERSON)}")
        with pytest.raises(StoreDown):
            users.save(PERSON, Profile(), Profile(visits=1))
        left.popleft()

    assert asked == {"GetItem": 2 * len(JUNK)}


# --- who comes first ---


def test_an_answer_that_is_lost(at: Any, moto: str, dynamo: Any) -> None:
    """A write that was done and not confirmed is tried again, and changes nothing more."""

    def lost(_operation: str, body: bytes) -> Response:
        passed_on(moto, body)
        return error("InternalServerError", 500)

    DynamoUsers(TABLE).save(PERSON, Profile(), Profile(visits=4, heard=("a", "b")))
    at(meddling(moto, lost))
    DynamoUsers(TABLE).save(PERSON, Profile(visits=4, heard=("a", "b")), Profile(visits=5, heard=("b", "c")))

    kept = item(dynamo) or {}
    assert stores.read(kept["profile"]["S"]) == Profile(visits=5, heard=("b", "c"))
    assert kept["version"] == {"N": "3"}


def test_forgotten_meanwhile(at: Any, moto: str, dynamo: Any) -> None:
    """What is forgotten while another device writes does not come back: it keeps what it changed itself."""

    def forgotten(_operation: str, _body: bytes) -> Response:
        dynamo.delete_item(TableName=TABLE, Key=KEY)
        return error("ThrottlingException")

    DynamoUsers(TABLE).save(PERSON, Profile(), Profile(visits=4, left_out=("a",)))
    at(meddling(moto, forgotten))
    users = DynamoUsers(TABLE)
    users.save(PERSON, Profile(visits=4, left_out=("a",)), Profile(visits=4, left_out=("a",), heard=("b",)))

    assert users.load(PERSON) == Profile(heard=("b",))


@pytest.mark.parametrize(("step", "writes"), [(timedelta(), TRIES), (SECOND, 1)])
def test_always_too_late(at: Any, step: timedelta, writes: int) -> None:
    """Somebody who is overtaken all the time gives up, after so many tries or so much time."""
    asked: Counter[str] = Counter()

    def answer(operation: str, _body: bytes) -> Response:
        asked[operation] += 1
        if operation == "UpdateItem":
            return error("ConditionalCheckFailedException")
        return confirmed({"Item": as_item()})

    at(lambda: answering(answer))

    with pytest.raises(StoreDown, match=TABLE):
        DynamoUsers(TABLE, now=Clock(step)).save(PERSON, Profile(), Profile(visits=1))
    assert asked["UpdateItem"] == writes
