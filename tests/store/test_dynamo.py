"""DynamoDB as a store: what is in an item, who comes first, and all that can go wrong between us and it.

That it keeps what every store keeps is in tests/test_users.py.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from flask import Response

from skill.domain.profile import Profile, StoreDown
from skill.simulator.turn import Turn
from skill.store import dynamo as store
from skill.store import users as stores
from skill.store.dynamo import KEPT_FOR, TRIES, DynamoUsers
from tests.cloud import (
    TABLE,
    Answering,
    Place,
    account,
    always,
    answering,
    client,
    closed,
    confirmed,
    document,
    dynamo,
    error,
    hanging,
    moto,
    passed_on,
    replying,
)
from tests.conftest import LAUNCH, PERSON, TESTS, Spoken, Talk, session

__all__ = ["account", "client", "dynamo", "moto"]  # fixtures

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEY = {"person": {"S": stores.person(PERSON)}}

LONGEST = 2.5
"""Seconds that a call may take."""


class Clock:
    """A clock that is set, or that goes on a bit whenever somebody looks at it."""

    def __init__(self, step: timedelta = timedelta()) -> None:
        self.now = NOW
        self._step = step

    def __call__(self) -> datetime:
        """The time."""
        self.now += self._step
        return self.now


def item(client: Any) -> Mapping[str, Any] | None:
    """What is kept of a person."""
    found: Mapping[str, Any] | None = client.get_item(TableName=TABLE, Key=KEY, ConsistentRead=True).get("Item")
    return found


def as_item(version: object = "3", expires: object = "1950000000", profile: object = '{"visits": 3}') -> dict[str, Any]:
    """An item, as it travels."""
    return {**KEY, "version": {"N": version}, "expires": {"N": expires}, "profile": {"S": profile}}


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


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Holds servers until the test is over."""
    with ExitStack() as held:
        yield held


@pytest.fixture
def at(stack: ExitStack, account: pytest.MonkeyPatch) -> Any:
    """Sets the environment so that this server is DynamoDB."""
    return lambda place: account.setenv("AWS_ENDPOINT_URL_DYNAMODB", stack.enter_context(place()))


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


def meddling(moto: str, first: Answering) -> Place:
    """moto, but for the first write: that is answered like this."""
    left = [first]

    def answer(operation: str, body: bytes) -> Response:
        if operation == "UpdateItem" and left:
            return left.pop()(operation, body)
        return passed_on(moto, body)

    return lambda: answering(answer)


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


# --- what goes wrong ---


def body(content: bytes, status: int = 200) -> Place:
    """A server that answers this to everything."""
    return always(lambda: Response(content, status))


def of(answers: Mapping[str, Response], other: Response) -> Place:
    """A server that answers some operations well."""
    return lambda: answering(lambda operation, _body: answers.get(operation, other))


DOWN: Mapping[str, Place] = {
    "nobody there": closed,
    "hangs": hanging,
    "hangs up": lambda: replying(b""),
    "another protocol": lambda: replying(b"SSH-2.0-OpenSSH_9.7\r\n"),
    "cut short": lambda: replying(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"),
    "server error": always(lambda: error("InternalServerError", 500)),
    "a proxy's error": body(b"<html>Bad Gateway</html>", 502),
    "elsewhere": always(lambda: Response(status=307, headers={"Location": "http://127.0.0.1:9/"})),
    "throttled": always(lambda: error("ProvisionedThroughputExceededException")),
    "denied": always(lambda: error("AccessDeniedException")),
    "no table": always(lambda: error("ResourceNotFoundException")),
    "clock is wrong": always(lambda: error("RequestExpired")),
    "signature is wrong": always(lambda: error("InvalidSignatureException")),
    "token is over": always(lambda: error("ExpiredTokenException")),
    "never as it was": always(lambda: error("ConditionalCheckFailedException")),
    "nothing": body(b""),
    "a page": body(b"<html>Welcome to the hotel's WLAN</html>"),
    "half of it": body(b'{"Item": {'),
    "not text": body(b"\xff\xfe"),
    "deep": body(b"[" * 100_000),
    "a list": always(lambda: document([])),
    "null": always(lambda: document(None)),
    "a number": always(lambda: document(7)),
    "an empty document": always(lambda: document({})),
    "a health check": always(lambda: document({"status": "ok"})),
    "no name": always(lambda: document({"ConsumedCapacity": None})),
    "no document in it": always(lambda: document({"ConsumedCapacity": 7})),
    "another table": always(lambda: document({"ConsumedCapacity": {"TableName": "others"}, "Item": as_item()})),
}


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


# --- the whole skill ---

TURNS: list[Spoken] = [
    LAUNCH, ("AskIntent", {"topic": "treat.ice"}), ("StartRoutineIntent", {"routine": "routine.quick"}),
    "AMAZON.NoIntent",
]
"""The skill is opened, a question asked, and a routine begun."""

HALF: Mapping[str, Place] = {
    "only reads": of({"GetItem": confirmed()}, error("AccessDeniedException")),
    "only writes": of({"UpdateItem": confirmed({"Attributes": {"version": {"N": "1"}}})}, document({})),
    "reads, then junk": of({"GetItem": confirmed()}, document({})),
    "reads, then is overtaken": of({"GetItem": confirmed()}, error("ConditionalCheckFailedException")),
}
"""Servers that do one thing and not the other."""


def warned(turn: Turn) -> bool:
    """Whether it is said that the place can't be kept."""
    return any(line.startswith("=no-memory") for line in session(turn).lines)


@pytest.fixture(scope="module")
def healthy() -> list[Turn]:
    """The turns as they are where nothing is wrong."""
    return Talk().play(*TURNS)


@pytest.mark.parametrize("place", [*DOWN.values(), *HALF.values()], ids=[*DOWN, *HALF])
def test_an_answer_all_the_same(at: Any, account: pytest.MonkeyPatch, healthy: list[Turn], place: Place) -> None:
    """Whatever is wrong with the store, all is answered as ever; it is said once that the place can't be kept."""
    account.setattr(store, "PATIENCE", SECOND / 2)  # how long it really is, is tested above
    at(place)
    turns = Talk(users=DynamoUsers(TABLE)).play(*TURNS)

    assert [turn.said for turn in turns] == [turn.said for turn in healthy]
    assert [turn.speech for turn in turns[:3]] == [turn.speech for turn in healthy[:3]]
    assert [warned(turn) for turn in turns] == [False, False, False, True]


@pytest.mark.usefixtures("dynamo")
def test_welcome_back() -> None:
    """Who comes back, to another process, is known; who asks to be forgotten is not."""
    Talk(users=DynamoUsers(TABLE)).play(*TURNS)
    later = Talk(users=DynamoUsers(TABLE))
    later.later(timedelta(minutes=30))

    assert later.launch().state == "stretch"
    later.say("ForgetMeIntent")
    assert DynamoUsers(TABLE).load(PERSON) == Profile()


LAZY = """
import sys
from skill import app
from skill.store.dynamo import DynamoUsers
app.skill(DynamoUsers("people"))
print(sorted({"boto3", "botocore"} & set(sys.modules)))
"""


def test_boto3_can_wait() -> None:
    """A skill that is only made has not imported boto3 yet."""
    ran = subprocess.run([sys.executable, "-c", LAZY], cwd=TESTS.parent, capture_output=True, check=True, timeout=60)

    assert ran.stdout == b"[]\n"
