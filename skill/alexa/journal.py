"""One line a turn for whoever runs the skill: enough to follow a conversation, nothing of what anybody has.

Rule 1: no words, no slots, no user, no session. A request is known by Amazon's own id.
Rule 2: which sign or risk a turn was about is left out: what was said of it, what it is called, where it sends to.
Rule 3: the figures in it are CloudWatch metrics as well (Amazon's embedded metric format); no other call is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skill.alexa import speech
from skill.alexa.envelope import at
from skill.alexa.skill import SORRY

Json = dict[str, Any]

NAMESPACE = "BackCoach"

HEALTH = ("sign", "risk", "seek")
"""Kinds of items that tell of somebody's health."""

_HEALTH_IDS = tuple(f"{kind}." for kind in HEALTH)
"""How their ids begin."""

METRICS: Mapping[str, str] = {"Latency": "Milliseconds", "Turns": "Count", "Faults": "Count"}
"""What is counted, and in what."""

_COUNTED = [{"Namespace": NAMESPACE, "Dimensions": [[]],
             "Metrics": [{"Name": name, "Unit": unit} for name, unit in METRICS.items()]}]
"""The same, as CloudWatch is told of it."""

_ASKS = re.compile(rf"(?:{'|'.join(kind.capitalize() for kind in HEALTH)})[A-Z]\w*Intent")
_HELD_BACK = "HealthQuestionIntent"
"""Stands for any intent that asks about one sign, risk or place to turn to."""

_APOLOGY = speech.ssml(SORRY)


def entry(asked: Mapping[str, Any], given: Mapping[str, Any], milliseconds: float, now: datetime) -> Json:
    """The line about a turn: an envelope, its answer, how long that took, and when it was."""
    request, response = at(asked, "request"), at(given, "response")
    kept = given.get("sessionAttributes") or {}
    said = [str(item_id) for item_id in kept.get("said") or ()]
    told = [item_id for item_id in said if not item_id.startswith(_HEALTH_IDS)]
    fault = at(response, "outputSpeech", "ssml") == _APOLOGY
    return {
        "request": _text(request, "requestId"),
        "type": _text(request, "type"),
        "intent": _ASKS.sub(_HELD_BACK, _text(request, "intent", "name")),
        "locale": _text(request, "locale"),
        "screen": "Alexa.Presentation.APL" in (at(asked, "context", "System", "device", "supportedInterfaces") or {}),
        "new": at(asked, "session", "new") is True,
        "said": told, "held_back": len(said) - len(told),
        "state": str(kept.get("state", "")), "open": at(response, "shouldEndSession") is False,
        "Latency": round(milliseconds, 2), "Turns": 1, "Faults": int(fault),
        "_aws": {"Timestamp": round(now.timestamp() * 1000), "CloudWatchMetrics": _COUNTED},
    }


def _text(document: object, *path: str) -> str:
    """A text in a document, or nothing; whatever somebody sends, a line stays short."""
    found = at(document, *path)
    return found[:120] if isinstance(found, str) else ""
