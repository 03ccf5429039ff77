"""Requests as Alexa sends them: tests/envelopes/*.json, each through both doors of the skill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from skill import app, aws
from skill.alexa.envelope import unheard
from skill.alexa.request import ESSENCE, essence
from skill.dialogue.coach import Coach
from skill.store import content, models
from tests.conftest import TESTS, Handler, Json, envelope, judged

ENVELOPES = sorted(path.stem for path in (TESTS / "envelopes").glob("*.json"))
DOORS: dict[str, Handler] = {"skill": app.skill(), "lambda": lambda event: aws.handler(event, None)}

HEARD = {
    "ask": ["treat.ice"],
    "ask-empty-slot": [],
    "ask-in-a-dialog": ["treat.ice"],
    "ask-no-match": [],
    "ask-no-slots": [],
    "ask-question-mark": [],
    "ask-resolver-exception": [],
    "ask-resolver-timeout": ["treat.ice"],
    "ask-several-candidates": ["treat.ice"],
    "ask-several-values": ["treat.ice"],
    "ask-two-authorities": ["treat.heat"],
    "no-context": ["treat.ice"],
    "one-shot": ["treat.ice"],
    "routine-duration": [],
    "symptom": ["seek.emergency", "sign.saddle"],
    "unknown-keys": ["treat.ice"],
    "unknown-values": ["treat.ice"],
    "yes": ["treat.heat"],
}
"""What the answers to some of them draw on."""


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ENVELOPES)
def test_every_request(name: str, door: str) -> None:
    """Whatever Alexa sends gets a legal answer; where nobody listens, it is nothing."""
    asked = envelope(name)

    given = judged(asked, DOORS[door])

    assert given["version"] == "1.0"
    assert (given["response"] == {}) is unheard(asked["request"]["type"])


@pytest.mark.parametrize("speech", [
    None, 7, [], {}, {"words": 7}, {"words": None, "sure": "very"}, {"words": "my bum's numb", "sure": -3},
    {"words": "my bum's numb", "warns": "all"}, {"words": "my bum's numb", "warns": ["sign.saddle"]},
    {"words": "my bum's numb", "warns": {"sign.saddle": "very"}}, {"words": "my bum's numb", "warns": {"": 1e400}},
    {"words": "my bum's numb", "warns": {"sign.saddle": None, "no": "x"}, "affirms": "maybe", "denies": []},
    {"words": "my bum's numb", "warns": {"sign.saddle": 0.6, "nothing.of-the-kind": 0.4}, "affirms": 7},
])
def test_speech_is_optional(speech: object) -> None:
    """What another speaker tells beside an intent is used as far as it makes sense; its words are enough."""
    asked = envelope("ask")
    asked["context"]["BackCoach.Speech"] = speech

    said = judged(asked, app.skill())["sessionAttributes"]["said"]

    numb = isinstance(speech, dict) and isinstance(speech.get("words"), str)
    assert ("sign.saddle" in said) == numb


@pytest.mark.parametrize("name", HEARD)
def test_what_a_request_means(name: str) -> None:
    """What was meant is found wherever Alexa put it, and not made up where it is nowhere."""
    given = judged(envelope(name), app.skill())

    assert given["sessionAttributes"]["said"] == HEARD[name]


def test_no_session() -> None:
    """An intent without a session is answered, and nothing is kept."""
    given = judged(envelope("no-session"), app.skill())

    assert "sessionAttributes" not in given
    assert given["response"]["card"]


@pytest.mark.parametrize(("name", "could"), [("can-you", "YES"), ("can-you-not", "NO")])
def test_could_you(name: str, could: str) -> None:
    """The skill says truly whether it could, and says nothing else."""
    assert judged(envelope(name), app.skill())["response"] == {"canFulfillIntent": {"canFulfill": could}}


@pytest.mark.parametrize("name", ["session-resumed", "connections-response"])
def test_coming_back_from_elsewhere(name: str) -> None:
    """Who comes back from another skill is asked what it shall be."""
    assert judged(envelope(name), app.skill())["response"]["shouldEndSession"] is False


@pytest.mark.parametrize("name", ["unknown-type", "unknown-type-without-session"])
def test_a_type_that_nobody_knows(name: str) -> None:
    """What we can't even name ends quietly."""
    assert judged(envelope(name), app.skill())["response"] == {"shouldEndSession": True}


UNREADABLE: list[tuple[str, Json, bool]] = [
    ("launch", {"timestamp": "yesterday"}, True),
    ("one-shot", {"timestamp": "yesterday"}, True),
    ("one-shot", {"intent": {"name": "TreatIceIntent", "slots": {"topic": 7}}}, True),
    ("stop", {"timestamp": "yesterday"}, False),
    ("unknown-type", {"timestamp": "yesterday"}, False),
    ("ended-by-user", {"timestamp": "yesterday"}, False),
    ("audio-failed", {"timestamp": "yesterday"}, False),
    ("can-you", {"timestamp": "yesterday"}, False),
    ("launch", {"type": None}, False),
    ("launch", {"type": 7}, False),
]
"""Envelopes, what makes each unreadable, and whether somebody waits for an answer."""


@pytest.mark.parametrize(("name", "change", "waiting"), UNREADABLE)
def test_unreadable(name: str, change: Json, waiting: bool) -> None:
    """Whoever waits for an answer to something unreadable hears that it's our fault."""
    asked = envelope(name)
    asked["request"] |= change

    assert ("outputSpeech" in judged(asked, app.skill())["response"]) is waiting


@pytest.mark.parametrize("junk", [{}, {"request": None}, {"request": []}, {"request": "x"}, {"session": 1}])
def test_no_request(junk: Json) -> None:
    """An envelope without a request still gets an answer."""
    assert judged(junk, app.skill())["response"] == {"shouldEndSession": True}


@pytest.mark.parametrize("junk", [None, [], "x", 7, [{}], float("nan")])
def test_no_envelope(junk: Any) -> None:
    """What isn't even an object still gets an answer."""
    assert app.skill()(junk) == {"version": "1.0", "response": {"shouldEndSession": True}}


@pytest.mark.parametrize("depth", [100, 400, 900, 100_000])
def test_too_deep(depth: int) -> None:
    """No nesting is too deep to be answered."""
    asked = envelope("yes")
    nest: Any = []
    for _ in range(depth):
        nest = [nest]
    asked["session"]["attributes"]["nest"] = nest

    assert judged(asked, app.skill())["response"]["outputSpeech"]


def test_essence_is_enough() -> None:
    """What we read of an envelope is all we need: the answer is the same without the rest."""
    for name in ENVELOPES:
        asked = envelope(name)
        short = essence(asked)

        assert short.keys() <= ESSENCE.keys()
        if "intent" in asked["request"] and asked["request"]["type"] == "IntentRequest":
            assert judged(short, app.skill()) == judged(asked, app.skill())


def test_a_timestamp_is_not_needed() -> None:
    """A request that doesn't say when it was sent was sent now."""
    asked = envelope("one-shot")
    del asked["request"]["timestamp"]

    assert judged(asked, app.skill())["sessionAttributes"]["said"] == ["treat.ice"]


@pytest.mark.parametrize("locale", content.LOCALES)
def test_every_intent_is_understood(locale: str) -> None:
    """Every intent of a model has an answer of its own; Fallback alone has none."""
    coach: Coach = app.coach()
    listed = models.model(locale)["interactionModel"]["languageModel"]["intents"]
    names = {each["name"].removeprefix("AMAZON.").removesuffix("Intent") for each in listed}

    assert {name for name in names if not coach.understands(name)} == {"Fallback"}


LAMBDA = """
import json
from skill.alexa.skill import Foreign
from skill.aws import handler
try:
    handler(json.load(open("tests/envelopes/launch.json")), None)
except Foreign:
    print("refused")
"""


def test_lambda_refuses_another_skill_s_request() -> None:
    """On Lambda, SKILL_ID says whose requests are answered."""
    ran = subprocess.run([sys.executable, "-c", LAMBDA], cwd=TESTS.parent, capture_output=True, check=True,
                         env={**os.environ, "SKILL_ID": "amzn1.ask.skill.another"}, text=True, timeout=60)

    assert ran.stdout == "refused\n"


def test_envelopes_are_tidy() -> None:
    """The files are laid out alike, so that two can be compared."""
    for name in ENVELOPES:
        text = (TESTS / "envelopes" / f"{name}.json").read_text("utf-8")

        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
