"""A request or a response as plain JSON: what the kinds of requests are, and how anything in it is found.

Rule 1: any JSON can be read. Where the shape is wrong there is simply nothing to be found.
Rule 2: a key whose value is null is a key left out, as in Amazon's own serialiser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

AUDIO_DOCUMENT = "Alexa.Presentation.APLA.RenderDocument"

SILENT = re.compile(r"SessionEndedRequest|System\.ExceptionEncountered|AlexaSkillEvent\..*|.*\.RuntimeError")
"""Requests that nothing may be said to (alexa-platform.md 1.2)."""

PLAYER = ("AudioPlayer.", "PlaybackController.")
"""How requests begin that the player sends."""

SAID = "IntentRequest"
"""Somebody said something; other requests have no intent, whatever they carry by that name."""

CAN_FULFILL = "CanFulfillIntentRequest"
"""Asks whether the skill could; nobody is listening."""

LEAVING = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")
"""Intents that end the session, in a few words."""

Json = Mapping[str, Any]


def unheard(kind: str) -> bool:
    """Whether nobody hears what is said in answer to requests of this type."""
    return SILENT.fullmatch(kind) is not None or kind.startswith(PLAYER)


def is_for(skill_id: str, envelope: object) -> bool:
    """Whether an envelope is addressed to this skill: one place is enough, but they must not disagree."""
    named = [at(envelope, *place, "application", "applicationId") for place in (("context", "System"), ("session",))]
    return skill_id in named and all(one in (skill_id, None) for one in named)


def at(node: object, *path: str) -> Any:  # noqa: ANN401 - JSON may hold anything
    """What lies at the end of a path of keys; None where it breaks off."""
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def stated(node: object) -> Json:
    """An object without its nulls; an empty one where there is no object."""
    return {key: value for key, value in node.items() if value is not None} if isinstance(node, Mapping) else {}


def listed(node: object) -> tuple[Json, ...]:
    """The objects of a list."""
    return tuple(each for each in node if isinstance(each, Mapping)) if isinstance(node, list) else ()
