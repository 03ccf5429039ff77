"""A request and its answer, read once, for those who judge it.

Rule 1: speech is what is heard: `outputSpeech` first, then the audio documents, in their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from skill.alexa.envelope import AUDIO_DOCUMENT, CAN_FULFILL, SAID, SILENT, Json, at, listed, stated, unheard
from skill.alexa.ssml import Speech, joined, read_audio, read_plain, read_ssml


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


def _heard(output: object, directives: tuple[Json, ...]) -> Speech:
    ssml = at(output, "ssml") if at(output, "type") == "SSML" else None
    spoken = read_plain(str(at(output, "text") or "")) if ssml is None else read_ssml(str(ssml))
    documents = [each.get("document") for each in directives if each.get("type") == AUDIO_DOCUMENT]
    return joined([spoken, *map(read_audio, documents)])
