"""What lies in the table of people: a person's item, found or as it travels, and the clock that it expires by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from skill.store import users as stores
from tests.cloud import TABLE
from tests.conftest import PERSON

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEY = {"person": {"S": stores.person(PERSON)}}


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
