"""The whole skill on DynamoDB: answers whatever is wrong with the store, a welcome back, and a start without boto3."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from skill.domain.profile import Profile
from skill.simulator.turn import Turn
from skill.store import dynamo as store
from skill.store.dynamo import DynamoUsers
from tests.cloud import TABLE, Place, confirmed, document, error
from tests.conftest import LAUNCH, PERSON, TESTS, Spoken, Talk, session
from tests.store.items import SECOND
from tests.store.outages import DOWN, of

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
    account.setattr(store, "PATIENCE", SECOND / 2)  # how long it really is: test_dynamo_faults.py
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
