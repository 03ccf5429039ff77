"""What goes wrong on our side costs nobody an answer: a store that is down, a bug."""

from __future__ import annotations

import logging

import pytest

from skill import app
from skill.domain.profile import Profile, StoreDown
from skill.store.users import MemoryUsers
from tests.conftest import ENDING, LAUNCH, PERSON, Talk, asked, envelope, judged, session

STOP = "AMAZON.StopIntent"
SADDLE = ("ReportSymptomIntent", {"symptom": "sign.saddle"})
ICE = ("AskIntent", {"topic": "treat.ice"})


class Down:
    """A store that cannot be reached."""

    def load(self, user_id: str) -> Profile:
        """Nothing."""
        raise StoreDown(user_id)

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Nothing."""
        raise StoreDown(user_id, before, after)

    def forget(self, user_id: str) -> None:
        """Nothing."""
        raise StoreDown(user_id)


def test_the_store_is_down() -> None:
    """A store that is down costs nobody an answer."""
    turns = Talk(users=Down()).play(LAUNCH, ICE, "MoreIntent", "AMAZON.YesIntent", STOP)

    assert [turn.said for turn in turns[1:3]] == [("treat.ice",), ("treat.ice",)]
    assert [turn.state for turn in turns] == ["open"] * 4 + ["closed"]


def test_nothing_is_called_forgotten_that_is_not() -> None:
    """If deleting fails, nobody is told that it's done."""
    told = Talk(users=Down()).play(LAUNCH, "ForgetMeIntent")[-1]

    assert not any(line.startswith("=forgotten") for line in session(told).lines)
    assert told.speech
    assert not told.open


def test_disabled_while_the_store_is_down() -> None:
    """An event that can't be followed is still answered with nothing."""
    assert judged(envelope("skill-disabled"), app.skill(Down()))["response"] == {}


class Broken(MemoryUsers):
    """A store with a bug in it, which tells all it knows."""

    def load(self, user_id: str) -> Profile:
        """What no store may raise."""
        raise KeyError(user_id)


def test_a_bug_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    """If we fail, whoever waits hears so, and the log says where, but not about whom."""
    given = judged(asked(*ICE, {}), app.skill(Broken()))

    assert given["response"]["outputSpeech"]
    assert given["response"]["shouldEndSession"] is True
    assert "KeyError" in caplog.text
    assert "in load" in caplog.text
    assert PERSON not in caplog.text


@pytest.mark.parametrize("leaving", sorted(ENDING - {"ForgetMeIntent"}))
def test_a_bug_while_leaving(leaving: str) -> None:
    """Whoever leaves can leave, even if we fail."""
    assert judged(asked(leaving, {}, {}), app.skill(Broken()))["response"] == {"shouldEndSession": True}


def test_nothing_said_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Neither words nor signs nor the person's id are in the log, whatever happens."""
    caplog.set_level(logging.DEBUG)
    secret = "my secret elbow"
    broken = asked("ReportSymptomIntent", {"symptom": secret}, {})
    broken["request"]["timestamp"] = secret

    Talk(users=Down()).play(LAUNCH, ("ReportSymptomIntent", {"symptom": secret}), SADDLE, "ForgetMeIntent")
    judged(broken, app.skill())

    assert caplog.records
    assert not [word for word in (secret, "saddle", PERSON) if word in caplog.text]
