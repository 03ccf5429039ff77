"""Profiles in DynamoDB: one small item a person, in a table whose key is `person`.

Rule 1: a person is known by a hash of the id that the platform gives; the id itself is not kept.
Rule 2: an item is written only if it is as it was read: each write counts its version on. Whoever comes too late reads
again and merges, so two devices of one person at once lose nothing.
Rule 3: an answer is DynamoDB's if it names our table, as it was asked to; anything else is a store that is down. Junk
that looked like "nobody by that name" would make somebody new, and the next turn would write over all that is kept.
Rule 4: a call takes two seconds at most, whatever it hangs on: Alexa waits eight for an answer, and a turn is three.
Rule 5: what isn't used any more goes away by itself (see `KEPT_FOR`).
Rule 6: boto3 is imported when a turn needs it first, since that takes longer than all the rest of a cold start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from skill.domain.profile import Profile, StoreDown, merged
from skill.store import users

T = TypeVar("T")

KEPT_FOR = timedelta(days=400)
"""How long a profile is kept after it was saved last: somebody who trains for the same race every year is still known.

It is the attribute `expires`, seconds since 1970. DynamoDB deletes in its own time, days later at worst; until then an
item that is over counts as gone."""

PATIENCE = timedelta(seconds=2)
"""How long a call may take. It is also how long a write that others overtake is begun again."""

TRIES = 20
"""How often such a write is tried; two devices need three."""

NETWORK = {"connect_timeout": 0.5, "read_timeout": 1, "retries": {"total_max_attempts": 2, "mode": "standard"}}
"""Seconds until a call is tried once more, and then given up. They do not count looking up an address, a server that
sends a byte a second, or one that asks to wait: for these there is `PATIENCE`."""

LINES = 8
"""Calls at once; a server of one's own has four threads a process."""


def _today() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a person, as it was read."""

    profile: Profile = field(default_factory=Profile)
    version: int = 0
    """How often it was written; 0 where there is nothing."""


class _Overtaken(StoreDown):
    """Somebody else has written since it was read."""


class DynamoUsers:
    """The profiles of everybody, in one table; region, credentials and endpoint are the environment's."""

    def __init__(self, table: str, *, now: Callable[[], datetime] = _today) -> None:
        self._table = table
        self._now = now
        self._calls = ThreadPoolExecutor(LINES, "dynamo")
        self._lock = Lock()
        self._connected: Any = None

    def load(self, user_id: str) -> Profile:
        """A person's profile; a fresh one for somebody unknown. Raises `StoreDown`."""
        return self._find(users.person(user_id)).profile

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed from `before` to `after`, whoever else is writing. Raises `StoreDown`."""
        person, deadline = users.person(user_id), self._now() + PATIENCE
        for _ in range(TRIES):
            with suppress(_Overtaken):
                kept = self._find(person)
                self._write(person, kept.version, merged(kept.profile, before, after))
                return
            if self._now() > deadline:
                break
        raise StoreDown(f"{self._table}: others write all the time")

    def forget(self, user_id: str) -> None:
        """Deletes a profile. Raises `StoreDown`."""
        self._ask("delete_item", users.person(user_id))

    def _find(self, person: str) -> _Kept:
        item = self._ask("get_item", person, ConsistentRead=True).get("Item")
        if item is None:
            return _Kept()
        try:
            version, expires = (int(_text(item[name]["N"])) for name in ("version", "expires"))
            profile = users.read(_text(item["profile"]["S"]))
        except (KeyError, TypeError, ValueError) as error:
            raise StoreDown(f"{self._table}: an item that we did not write: {error!r}") from error
        return _Kept(profile if expires > self._now().timestamp() else Profile(), version)

    def _write(self, person: str, version: int, profile: Profile) -> None:
        expires = self._now() + KEPT_FOR
        values = {":profile": {"S": users.written(profile)}, ":version": {"N": str(version + 1)},
                  ":expires": {"N": str(int(expires.timestamp()))}, ":read": {"N": str(version)}}
        if not version:
            del values[":read"]
        answer = self._ask("update_item", person,
                           UpdateExpression="SET profile = :profile, version = :version, expires = :expires",
                           ConditionExpression="version = :read" if version else "attribute_not_exists(person)",
                           ExpressionAttributeValues=values, ReturnValues="UPDATED_NEW")
        if answer.get("Attributes", {}).get("version") != values[":version"]:
            raise StoreDown(f"{self._table}: a write that isn't confirmed")

    def _ask(self, operation: str, person: str, **more: object) -> Mapping[str, Any]:
        """DynamoDB's answer; `_Overtaken` where a condition does not hold."""
        try:
            call = self._calls.submit(getattr(self._client(), operation), TableName=self._table,
                                      Key={"person": {"S": person}}, ReturnConsumedCapacity="TOTAL", **more)
            answer: Mapping[str, Any] = _within(PATIENCE, call)
        except Exception as error:  # beside errors of its own botocore raises whatever junk makes it stumble over
            overtaken = type(error).__name__ == "ConditionalCheckFailedException"
            raise (_Overtaken if overtaken else StoreDown)(f"{self._table}: {error!r}") from error
        if answer.get("ConsumedCapacity", {}).get("TableName") != self._table:
            raise StoreDown(f"{self._table}: an answer that isn't DynamoDB's")
        return answer

    def _client(self) -> Any:  # noqa: ANN401  # its class is made while it runs
        with self._lock:
            if self._connected is None:
                import boto3  # type: ignore[import-untyped]  # noqa: PLC0415  # it comes without types
                from botocore.config import Config  # type: ignore[import-untyped]  # noqa: PLC0415

                self._connected = boto3.session.Session().client("dynamodb", config=Config(**NETWORK))
            return self._connected


def _within(patience: timedelta, call: Future[T]) -> T:
    """What a call comes to; if it takes longer, nobody waits for it."""
    try:
        return call.result(patience.total_seconds())
    finally:
        call.cancel()  # where it is still in the queue


def _text(value: object) -> str:
    """What DynamoDB has sent, texts and numbers alike, is a text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
