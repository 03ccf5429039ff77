"""A reply → an Alexa response: the only place where words become SSML, and the only place that escapes them."""

from __future__ import annotations

import re

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response
from ask_sdk_model.ui import Reprompt, SimpleCard, SsmlOutputSpeech

from skill.alexa import audio, screen
from skill.dialogue.session import Session
from skill.dialogue.turn import Reply

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""What XML would read otherwise; a library for it would be a tenth of Lambda's start."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def render(handler_input: HandlerInput, reply: Reply, session: Session) -> Response:
    """The response of a reply; whether the microphone opens is always stated."""
    if handler_input.request_envelope.session:
        handler_input.attributes_manager.session_attributes = session.dump()
    directives = [audio.directive(reply.timeline)] if reply.timeline else []
    if reply.picture:
        directives.append(screen.directive(reply.picture))
    return Response(
        output_speech=None if reply.timeline else SsmlOutputSpeech(ssml=ssml(reply.say)),
        directives=directives or None,
        reprompt=Reprompt(output_speech=SsmlOutputSpeech(ssml=ssml(reply.reprompt))) if reply.reprompt else None,
        card=SimpleCard(title=reply.title, content=reply.card) if reply.card else None,
        should_end_session=reply.ask is None,
    )


def ssml(text: str) -> str:
    """Plain sentences as SSML, each marked as a sentence."""
    sentences = _SENTENCE_END.split(text.strip().translate(_ESCAPED))
    return "<speak>" + " ".join(f"<s>{sentence}</s>" for sentence in sentences) + "</speak>"
