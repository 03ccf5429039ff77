"""The skill as Alexa calls it: one request envelope in, one response envelope out.

Rule 1: whatever comes in, a legal answer goes out; nothing is raised but `Foreign`.
Rule 2: here it is only translated; what to say is the coach's business.
Rule 3: nothing that was said, found or asked is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from traceback import format_tb
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.canfulfill import CanFulfillIntent, CanFulfillIntentValues
from ask_sdk_model.ui import SsmlOutputSpeech

from skill.alexa import request, speech
from skill.alexa.envelope import CAN_FULFILL, LEAVING, at, is_for, unheard
from skill.alexa.serial import Serializer
from skill.dialogue.coach import Coach
from skill.dialogue.turn import Turn
from skill.domain.profile import Profile, StoreDown, Users

log = logging.getLogger(__name__)

Json = dict[str, Any]

SORRY = "Sorry, something went wrong on my side. Please ask me again in a moment."
"""Said where even the coach could not be asked; it needs no content to be read."""


class Foreign(Exception):
    """A request to another skill."""


class Skill:
    """One skill, ready to be called; immutable, so that threads may share it."""

    def __init__(self, coach: Coach, users: Users, skill_id: str | None = None) -> None:
        self._coach = coach
        self._users = users
        self._skill_id = skill_id
        self._serializer = Serializer()
        builder = SkillBuilder()
        builder.request_handler(can_handle_func=request.is_turn)(self._converse)
        builder.request_handler(can_handle_func=is_request_type(CAN_FULFILL))(self._can_fulfill)
        builder.request_handler(can_handle_func=is_request_type("AlexaSkillEvent.SkillDisabled"))(self._switched_off)
        builder.request_handler(can_handle_func=is_request_type("SessionEndedRequest"))(self._cut_off)
        builder.request_handler(can_handle_func=lambda _: True)(_nothing_to_say)
        builder.exception_handler(can_handle_func=lambda _input, _error: True)(_sorry)
        self._skill = builder.create()

    def __call__(self, event: Mapping[str, Any], _context: object = None) -> Json:
        """The response envelope to a request envelope; raises only `Foreign`, for another skill's id.

        Lambda's own `context` is not needed; in its place the SDK hands our handlers the words that were said.
        """
        if self._skill_id is not None and not is_for(self._skill_id, event):
            raise Foreign("application")
        try:
            envelope = self._read(event) or self._read(request.essence(event))
            answer = self._skill.invoke(envelope, request.utterance(event)) if envelope else _unreadable(event)
        except RecursionError:  # nested deeper than anything we read
            answer = _unreadable(event)
        document: Json = self._serializer.serialize(answer)
        return document

    def _read(self, event: Mapping[str, Any]) -> RequestEnvelope | None:
        """An envelope as Amazon's own model has it; None where that cannot read it."""
        try:
            envelope = self._serializer.read(event, RequestEnvelope)
        except (SerializationException, AttributeError, TypeError, ValueError) as error:
            log.warning("a request could not be read: %s", type(error).__name__)
            return None
        return envelope if envelope and envelope.request else None

    def _converse(self, handler_input: HandlerInput) -> Response:
        user_id = request.user_id(handler_input)
        turn, session = request.turn(handler_input), request.session(handler_input)
        if self._coach.recalls(turn, session):
            turn = self._recalled(turn, user_id)
        reply, after = self._coach.hear(turn, session)
        if reply.forget:
            self._users.forget(user_id)  # where that fails, "done" must not be said: it is our fault, and we say so
        elif turn.remembers and not self._keep(user_id, turn.profile, reply.profile) and reply.timeline:
            reply, after = self._coach.hear(replace(turn, remembers=False), session)
        return speech.render(handler_input, reply, after)

    def _recalled(self, turn: Turn, user_id: str) -> Turn:
        """A turn with what is kept of the person, and whether anything can be."""
        try:
            return replace(turn, profile=self._users.load(user_id)) if turn.remembers else turn
        except StoreDown as down:
            log.warning("the user store is down (%s); going on without it", _cause(down))
            return replace(turn, remembers=False)

    def _keep(self, user_id: str, before: Profile, after: Profile) -> bool:
        """Keeps a profile that has changed; whether that is done, or needn't be."""
        try:
            if after != before:
                self._users.save(user_id, before, after)
        except StoreDown as down:
            log.warning("the user store is down (%s); nothing was kept", _cause(down))
            return False
        return True

    def _cut_off(self, handler_input: HandlerInput) -> Response:
        """The session ended by itself: kept is that a check was open, and the place in a routine."""
        session = request.session(handler_input)
        if session.progress.step or session.course.plan:
            user_id = request.user_id(handler_input)
            turn = self._recalled(request.turn(handler_input), user_id)
            if turn.remembers:
                self._keep(user_id, turn.profile, self._coach.left(turn, session))
        return _nothing_to_say(handler_input)

    def _switched_off(self, handler_input: HandlerInput) -> Response:
        """The skill was switched off for this account: so is what we kept."""
        self._users.forget(request.user_id(handler_input))
        return Response()

    def _can_fulfill(self, handler_input: HandlerInput) -> Response:
        """Whether we could answer; nothing is said, nothing is kept."""
        known = self._coach.understands(request.intent_name(request.intent(handler_input)))
        could = CanFulfillIntentValues.YES if known else CanFulfillIntentValues.NO
        return Response(can_fulfill_intent=CanFulfillIntent(can_fulfill=could))


def _cause(down: StoreDown) -> str:
    """What is behind it, for the log: the kind of error and AWS's code, never its message, which may name somebody."""
    response = getattr(down.__cause__, "response", None)
    code = at(response, "Error", "Code")
    return " ".join(filter(None, (type(down.__cause__ or down).__name__, code if isinstance(code, str) else "")))


def _nothing_to_say(handler_input: HandlerInput) -> Response:
    """To an ended session, an error report or a player's event nothing is answered; what we don't know just ends."""
    kind = handler_input.request_envelope.request.object_type
    log.info("%s", kind)
    return Response() if unheard(kind) else Response(should_end_session=True)


def _sorry(handler_input: HandlerInput, error: Exception) -> Response:
    """A bug of ours; its place is logged, not its message, which may hold what was said."""
    asked = handler_input.request_envelope.request
    said = request.intent(handler_input)
    log.error("%s in %s\n%s", type(error).__name__, asked.request_id, "".join(format_tb(error.__traceback__)))
    return _apology(asked.object_type, str(said.name) if said else "")


def _unreadable(event: object) -> ResponseEnvelope:
    """An answer to an envelope that Amazon's own model cannot read."""
    answer = _apology(str(at(event, "request", "type")), str(at(event, "request", "intent", "name")))
    return ResponseEnvelope(version="1.0", response=answer)


def _apology(kind: str, intent: str) -> Response:
    """The end, with an apology where somebody waits for an answer."""
    if unheard(kind):
        return Response()
    if kind == CAN_FULFILL:
        return Response(can_fulfill_intent=CanFulfillIntent(can_fulfill=CanFulfillIntentValues.NO))
    waiting = kind in request.KINDS and intent not in LEAVING
    words = SsmlOutputSpeech(ssml=speech.ssml(SORRY)) if waiting else None
    return Response(output_speech=words, should_end_session=True)
