"""The line about a turn: what whoever runs the skill may know, and nothing of anybody's health."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from skill.alexa.journal import HEALTH, METRICS, entry
from skill.alexa.skill import SORRY
from skill.alexa.speech import ssml
from tests.conftest import PERSON, Json, Spoken, Talk, library

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


def line(*turns: Spoken) -> Json:
    """What is logged of the last of several turns."""
    turn = Talk().play(*turns)[-1]
    return entry(turn.request, turn.response, 1.5, NOW)


def test_turn() -> None:
    """A turn can be followed: which request, what was meant, what was told, how it stands, how long it took."""
    told = line(("AskIntent", {"topic": "treat.ice"}))

    assert (told["type"], told["intent"], told["locale"]) == ("IntentRequest", "AskIntent", "en-US")
    assert (told["said"], told["state"], told["open"], told["new"]) == (["treat.ice"], "open", True, True)
    assert told["request"].startswith("simulated-request-")
    assert told["Latency"] == 1.5


def test_metrics() -> None:
    """The figures are metrics as Amazon's embedded format has them: named, with units, and at the top of the line."""
    told = line("LaunchRequest")
    (group,) = told["_aws"]["CloudWatchMetrics"]

    assert {each["Name"]: each["Unit"] for each in group["Metrics"]} == METRICS
    assert all(isinstance(told[name], int | float) for name in METRICS)
    assert told["_aws"]["Timestamp"] == NOW.timestamp() * 1000


@pytest.mark.parametrize("item", [item.id for item in library() if item.kind in HEALTH])
def test_no_health(item: str) -> None:
    """Neither which sign was reported, nor which was asked about, nor where it sends to, is in the log."""
    name = "".join(part.capitalize() for part in item.replace("-", ".").split(".")) + "Intent"
    doubt = f"Maybe{name}"
    for turns in ([("ReportSymptomIntent", {"symptom": item})], [name], [doubt], [("AskIntent", {"topic": item})]):
        told = json.dumps(line(*turns))

        assert not any(kind in told for kind in ('"sign.', '"risk.', '"seek.'))
        assert name not in told
        assert PERSON not in told


def test_fault() -> None:
    """An apology for a bug of ours is counted."""
    apology = {"version": "1.0", "response": {"outputSpeech": {"type": "SSML", "ssml": ssml(SORRY)}}}

    assert entry({}, apology, 1.0, NOW)["Faults"] == 1
    assert line("LaunchRequest")["Faults"] == 0


@pytest.mark.parametrize("junk", [{}, {"request": 7}, {"request": {"requestId": ["x"], "type": None}},
                                  {"session": 3, "context": []}, {"request": {"requestId": "x" * 9999}}])
def test_junk(junk: Json) -> None:
    """Whatever came in, the line is JSON, and short."""
    told = json.dumps(entry(junk, {"version": "1.0", "response": {}}, 1.0, NOW))

    assert len(told) < 1000
