"""DynamoDB as a store: all that can go wrong between us and it, and that the store then says so, in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import Any

import pytest
from flask import Response

from skill.domain.profile import Profile, StoreDown
from skill.store.dynamo import DynamoUsers
from tests.cloud import TABLE, Place, always, answering, confirmed, error, replying
from tests.conftest import PERSON
from tests.store.items import as_item, item
from tests.store.outages import DOWN, meddling, of

LONGEST = 2.5
"""Seconds that a call may take."""


def fails(users: DynamoUsers) -> None:
    """Whatever is asked of the store, it says that it is down, and that in time."""
    calls: list[Callable[[], object]] = [
        lambda: users.load(PERSON), lambda: users.save(PERSON, Profile(), Profile(visits=1)),
        lambda: users.forget(PERSON),
    ]

    def judge(call: Callable[[], object]) -> float:
        began = monotonic()
        with pytest.raises(StoreDown, match=TABLE):
            call()
        return monotonic() - began

    with suppress(Exception):
        users._client()  # made once a process, and no part of a call
    with ThreadPoolExecutor() as at_once:
        assert max(at_once.map(judge, calls)) < LONGEST


@pytest.mark.parametrize("place", DOWN.values(), ids=DOWN)
def test_down(at: Any, place: Place) -> None:
    """Whatever is wrong, the store is down, and says so within 2.5 seconds: what isn't DynamoDB's answer is none."""
    at(place)

    fails(DynamoUsers(TABLE))


@pytest.mark.parametrize("place", [
    lambda: replying(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100, pause=0.2),
    always(lambda: Response(status=503, headers={"x-amz-retry-after": "3500"})),
], ids=["a byte at a time", "asks to wait"])
def test_slower_than_any_timeout(at: Any, place: Place) -> None:
    """A server that keeps the connection busy, or asks for patience, has two seconds like any other."""
    at(place)
    users = DynamoUsers(TABLE)
    with pytest.raises(StoreDown):
        users.load(PERSON)  # the first call makes the client, which is none of the server's business
    began = monotonic()

    with pytest.raises(StoreDown):
        users.load(PERSON)
    assert monotonic() - began < LONGEST


@pytest.mark.parametrize("unconfirmed", [{}, {"Attributes": {"version": {"N": "3"}}}, {"Attributes": {}}])
def test_a_write_that_is_not_confirmed(at: Any, unconfirmed: Mapping[str, object]) -> None:
    """Only a write whose new version comes back has happened."""
    at(of({"GetItem": confirmed({"Item": as_item()})}, confirmed(unconfirmed)))

    with pytest.raises(StoreDown):
        DynamoUsers(TABLE).save(PERSON, Profile(visits=3), Profile(visits=4))


@pytest.mark.usefixtures("dynamo")
def test_a_table_that_is_not_there() -> None:
    """Without its table the store is down, and no table is made."""
    fails(DynamoUsers("people-of-another-stage"))


@pytest.mark.parametrize("missing", [["AWS_DEFAULT_REGION"], ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]])
def test_set_up_badly(dynamo: Any, account: pytest.MonkeyPatch, missing: list[str]) -> None:
    """Without a region or credentials the store is down."""
    for name in missing:
        account.delenv(name)

    fails(DynamoUsers(TABLE))
    assert dynamo.scan(TableName=TABLE)["Count"] == 0


def test_an_address_that_is_none(account: pytest.MonkeyPatch) -> None:
    """With an address that is none the store is down."""
    account.setenv("AWS_ENDPOINT_URL_DYNAMODB", "over there")

    fails(DynamoUsers(TABLE))


def test_asked_twice_at_most(at: Any, account: pytest.MonkeyPatch) -> None:
    """A call is tried twice, however patient the environment is."""
    asked: Counter[str] = Counter()

    def answer(operation: str, _body: bytes) -> Response:
        asked[operation] += 1
        return error("InternalServerError", 500)

    account.setenv("AWS_MAX_ATTEMPTS", "9")
    account.setenv("AWS_RETRY_MODE", "legacy")
    at(lambda: answering(answer))

    with pytest.raises(StoreDown):
        DynamoUsers(TABLE).load(PERSON)
    assert asked == {"GetItem": 2}


def test_it_is_up_again(at: Any, moto: str, dynamo: Any) -> None:
    """A store that was down needs no restart."""
    at(meddling(moto, lambda _operation, _body: error("AccessDeniedException")))
    users = DynamoUsers(TABLE)
    with pytest.raises(StoreDown):
        users.save(PERSON, Profile(), Profile(visits=1))
    users.save(PERSON, Profile(), Profile(visits=2))

    assert (item(dynamo) or {})["version"] == {"N": "1"}
