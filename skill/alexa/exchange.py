"""A request and its answer, read once, for those who judge it.

Rule 1: any JSON can be read. Where the shape is wrong there is simply nothing to be found.
Rule 2: a key whose value is null is a key left out, as in Amazon's own serialiser.
Rule 3: speech is what is heard: `outputSpeech` first, then the audio documents, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skill.alexa.ssml import Speech, joined, read_audio, read_plain, read_ssml

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One turn as it went over the wire."""

    asked: Json
    """The whole request envelope."""
    given: Json
    """The whole response envelope."""
    kind: str
    """The request's type: "LaunchRequest"."""
    intent: str
    """The name of the intent that was said; empty where nothing was."""
    answer: Json
    """The `response` in the response envelope."""
    directives: tuple[Json, ...]
    """What it directs the device to do."""
    speech: Speech
    """What is heard at once."""
    audio: Speech
    """What of it is an audio document."""
    reprompt: Speech
    """What is heard after a silence."""
    reprompt_directives: tuple[Json, ...]
    """What it directs the device to do then."""

    @classmethod
    def of(cls, asked: Json, given: Json) -> Exchange:
        """What two envelopes amount to."""
        answer = stated(at(given, "response"))
        kind = str(at(asked, "request", "type"))
        directives, later = (listed(at(each, "directives")) for each in (answer, answer.get("reprompt")))
        return cls(
            asked=asked,
            given=given,
            kind=kind,
            intent=str(at(asked, "request", "intent", "name") or "") if kind == SAID else "",
            answer=answer,
            directives=directives,
            speech=_heard(answer.get("outputSpeech"), directives),
            audio=_heard(None, directives),
            reprompt=_heard(at(answer, "reprompt", "outputSpeech"), later),
            reprompt_directives=later,
        )

    @property
    def silent(self) -> bool:
        """Must nothing at all be answered?"""
        return SILENT.fullmatch(self.kind) is not None

    @property
    def conversing(self) -> bool:
        """Is there a person, and a session, to talk in?"""
        return not unheard(self.kind) and self.kind != CAN_FULFILL

    @property
    def open(self) -> bool:
        """Does the answer open the microphone?"""
        return self.conversing and self.answer.get("shouldEndSession") is False

    @property
    def closed(self) -> bool:
        """Does the answer end the session?"""
        return self.conversing and self.answer.get("shouldEndSession") is True

    @property
    def heard(self) -> tuple[Speech, Speech]:
        """Everything that may be heard."""
        return self.speech, self.reprompt

    def directed(self, *types: str) -> list[Json]:
        """The directives of these types."""
        return [directive for directive in self.directives if directive.get("type") in types]


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
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def stated(node: object) -> Json:
    """An object without its nulls; an empty one where there is no object."""
    return {key: value for key, value in node.items() if value is not None} if isinstance(node, Mapping) else {}


def listed(node: object) -> tuple[Json, ...]:
    """The objects of a list."""
    return tuple(each for each in node if isinstance(each, Mapping)) if isinstance(node, list) else ()


def _heard(output: object, directives: tuple[Json, ...]) -> Speech:
    ssml = at(output, "ssml") if at(output, "type") == "SSML" else None
    spoken = read_plain(str(at(output, "text") or "")) if ssml is None else read_ssml(str(ssml))
    documents = [each.get("document") for each in directives if each.get("type") == AUDIO_DOCUMENT]
    return joined([spoken, *map(read_audio, documents)])
