"""The skill as Alexa calls it: one request envelope in, one response envelope out.

Rule 1: whatever comes in, a legal answer goes out; nothing is raised but a foreign skill's id.
Rule 2: here it is only translated; what to say is the coach's business.
Rule 3: nothing that was said, found or asked is logged.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import RequestEnvelope, Response
from ask_sdk_model.canfulfill import CanFulfillIntent, CanFulfillIntentValues
from ask_sdk_model.ui import SsmlOutputSpeech

from skill.alexa import request, speech
from skill.dialogue.coach import Coach
from skill.domain.profile import Profile, StoreDown, Users

log = logging.getLogger(__name__)

Json = dict[str, Any]

SORRY = "Sorry, something went wrong on my side. Please ask me again in a moment."
"""Said where even the coach could not be asked; it needs no content to be read."""


class Skill:
    """One skill, ready to be called; immutable, so that threads may share it."""

    def __init__(self, coach: Coach, users: Users, skill_id: str | None = None) -> None:
        self._coach = coach
        self._users = users
        self._serializer = DefaultSerializer()
        builder = SkillBuilder()
        builder.skill_id = skill_id
        builder.request_handler(can_handle_func=request.is_turn)(self._converse)
        builder.request_handler(can_handle_func=is_request_type("CanFulfillIntentRequest"))(self._can_fulfill)
        builder.request_handler(can_handle_func=is_request_type("AlexaSkillEvent.SkillDisabled"))(self._forget)
        builder.request_handler(can_handle_func=lambda _: True)(_silence)
        builder.exception_handler(can_handle_func=lambda _input, _error: True)(_sorry)
        self._skill = builder.create()

    def __call__(self, event: Mapping[str, Any], context: object = None) -> Json:
        """The response envelope to a request envelope; raises only for another skill's id."""
        try:
            envelope = self._serializer.deserialize(json.dumps(event), RequestEnvelope)
        except (SerializationException, AttributeError, TypeError, ValueError) as error:
            log.warning("a request could not be read: %s", type(error).__name__)
            return _unreadable(event)
        if not envelope or not envelope.request:
            return _unreadable(event)
        answer: Json = self._serializer.serialize(self._skill.invoke(envelope, context))
        return answer

    def _converse(self, handler_input: HandlerInput) -> Response:
        user_id = request.user_id(handler_input)
        profile = self._profile(user_id)
        reply, session = self._coach.hear(
            request.turn(handler_input, profile.visits), request.session(handler_input))
        self._remember(handler_input, user_id, profile, forget=reply.forget)
        return speech.render(handler_input, reply, session)

    def _profile(self, user_id: str) -> Profile:
        try:
            return self._users.load(user_id) if user_id else Profile()
        except StoreDown:
            log.warning("the user store is down; going on without it")
            return Profile()

    def _remember(self, handler_input: HandlerInput, user_id: str, profile: Profile, *, forget: bool) -> None:
        kept = handler_input.request_envelope.session
        try:
            if user_id and forget:
                self._users.forget(user_id)
            elif user_id and kept and kept.new:
                self._users.save(user_id, replace(profile, visits=profile.visits + 1))
        except StoreDown:
            log.warning("the user store is down; nothing was kept")

    def _forget(self, handler_input: HandlerInput) -> Response:
        """The skill was switched off for this account: so is what we kept."""
        self._remember(handler_input, request.user_id(handler_input), Profile(), forget=True)
        return Response()

    def _can_fulfill(self, handler_input: HandlerInput) -> Response:
        """Whether we could answer; nothing is said, nothing is kept."""
        intent = handler_input.request_envelope.request.intent
        known = bool(intent) and self._coach.understands(request.intent_name(intent.name or ""))
        could = CanFulfillIntentValues.YES if known else CanFulfillIntentValues.NO
        return Response(can_fulfill_intent=CanFulfillIntent(can_fulfill=could))


def _silence(handler_input: HandlerInput) -> Response:
    """To an ended session, an error report or a player's event nothing is answered."""
    log.info("%s", handler_input.request_envelope.request.object_type)
    return Response()


def _sorry(handler_input: HandlerInput, error: Exception) -> Response:
    """A bug of ours: apologise and end, or say nothing where nothing may be said."""
    asked = handler_input.request_envelope.request
    log.error("%s in %s", type(error).__name__, getattr(asked, "request_id", ""), exc_info=error)
    return _apology() if asked and request.is_turn(handler_input) else Response()


def _apology() -> Response:
    return Response(output_speech=SsmlOutputSpeech(ssml=speech.ssml(SORRY)), should_end_session=True)


def _unreadable(event: object) -> Json:
    """An answer to an envelope that Amazon's own model cannot read."""
    asked = event.get("request") if isinstance(event, Mapping) else None
    kind = asked.get("type") if isinstance(asked, Mapping) else None
    spoken = kind in ("LaunchRequest", "IntentRequest")
    answer: Json = DefaultSerializer().serialize(_apology()) if spoken else {}
    return {"version": "1.0", "response": answer}
