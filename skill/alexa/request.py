"""An Alexa request → a turn and its conversation, in our own terms.

Rule 1: a slot is a bias, not a promise: any of its parts may be missing, and any text may be in it.
Rule 2: all authorities are scanned for a match, and all of a multi-value slot's values are read.
Rule 3: what Amazon may add tomorrow changes nothing: if an envelope can't be read, its essence can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Intent

from skill.alexa.envelope import at
from skill.dialogue.session import Session
from skill.dialogue.turn import Kind, Slot, Turn

MATCH = "ER_SUCCESS_MATCH"

KINDS = {
    "LaunchRequest": Kind.LAUNCH, "IntentRequest": Kind.INTENT, "Alexa.Presentation.APL.UserEvent": Kind.TOUCH,
    "SessionResumedRequest": Kind.LAUNCH, "Connections.Response": Kind.LAUNCH,
}
"""Requests that are a turn of the person; who comes back from another skill is greeted anew."""

TOUCHES = {"pause": "Pause", "next": "Next", "repeat": "Repeat"}
"""What the screen's touch targets send, and the intent that says the same."""

SPEECH = ("context", "BackCoach.Speech")
"""Where an envelope carries what was said word for word, and what it may have meant, for speakers that have it."""

SYMPTOM = "symptom"
"""The slot for symptoms."""

_APPLICATION = {"applicationId": str}
_USER = {"userId": str}
ESSENCE = {
    "version": str,
    "session": {"new": bool, "sessionId": str, "attributes": dict, "application": _APPLICATION, "user": _USER},
    "context": {"System": {
        "application": _APPLICATION, "user": _USER, "device": {"supportedInterfaces": dict},
    }},
    "request": {"type": str, "requestId": str, "timestamp": str, "locale": str, "intent": {"name": str, "slots": dict}},
}
"""What we read of an envelope: keys, and the type of what they hold."""


def essence(node: object, shape: Mapping[str, Any] = ESSENCE) -> dict[str, Any]:
    """What we read of an envelope, as far as it is there and of the type we read."""
    found = node if isinstance(node, Mapping) else {}
    return {key: part for key, each in shape.items() if (part := _part(found.get(key), each))}


def _part(value: object, shape: Any) -> object:  # noqa: ANN401  # a type, or keys and theirs
    if isinstance(shape, Mapping):
        return essence(value, shape)
    return value if isinstance(value, shape) else None


def is_turn(handler_input: HandlerInput) -> bool:
    """Whether a person said or touched something."""
    return handler_input.request_envelope.request.object_type in KINDS


class Utterance(NamedTuple):
    """What was said in full, where a speaker passes it on; Alexa never does, the simulator and others may."""

    words: str
    sure: float
    """Of what it made of them, from 0 to 1."""
    warns: Mapping[str, float]
    """Of which sign they tell, as in `Turn.warns`."""
    affirms: float
    """How likely they mean yes, from 0 to 1."""
    denies: float
    """How likely they mean no, from 0 to 1."""


def utterance(event: object) -> Utterance:
    """What an envelope tells of what was said; no words where it doesn't."""
    words, sure, warns, affirms, denies = (at(event, *SPEECH, name)
                                           for name in ("words", "sure", "warns", "affirms", "denies"))
    shares = warns if isinstance(warns, Mapping) else {}
    return Utterance(words if isinstance(words, str) else "", _share(sure),
                     {str(name): _share(share) for name, share in shares.items()}, _share(affirms), _share(denies))


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 0.0


def turn(handler_input: HandlerInput) -> Turn:
    """The turn that a request stands for; a touch is what the thing that was touched says."""
    envelope = handler_input.request_envelope
    request = envelope.request
    said = intent(handler_input)
    slots = dict(_slots(said.slots or {})) if said else {}
    uttered: Utterance = handler_input.context
    touched = TOUCHES.get(_argument(request))
    return Turn(
        kind=Kind.INTENT if touched else KINDS.get(request.object_type, Kind.LEFT),
        locale=request.locale or "",
        at=request.timestamp or datetime.now(UTC),
        intent=touched or intent_name(said),
        slots=slots,
        words=uttered.words or " ".join(_heard(slots)),
        verbatim=bool(uttered.words),
        sure=uttered.sure,
        warns=uttered.warns,
        affirms=uttered.affirms,
        denies=uttered.denies,
        opens=bool(envelope.session and envelope.session.new),
        remembers=bool(user_id(handler_input)),
        can=frozenset(_abilities(envelope)),
    )


def _argument(request: Any) -> str:  # noqa: ANN401  # the SDK carries no types
    """The first thing that a touched part of the screen sends."""
    arguments = getattr(request, "arguments", None)
    return str(arguments[0]) if isinstance(arguments, list) and arguments else ""


def _heard(slots: Mapping[str, Slot]) -> Iterator[str]:
    """What slots tell that names nothing we know, and symptoms in any case: the only words that Alexa passes on."""
    yield from (slot.words for name, slot in slots.items() if name == SYMPTOM or not slot.ids)


def session(handler_input: HandlerInput) -> Session:
    """The conversation so far; a fresh one outside a session."""
    kept = handler_input.request_envelope.session
    return Session.load(kept.attributes if kept else None)


def user_id(handler_input: HandlerInput) -> str:
    """The id of the person's account with this skill; empty where the request names none."""
    context = handler_input.request_envelope.context
    kept = handler_input.request_envelope.session
    for place in (context.system if context else None, kept):
        if place and place.user and place.user.user_id:
            return str(place.user.user_id)
    return ""


def intent(handler_input: HandlerInput) -> Intent | None:
    """The intent of a request; None where it has none, whatever it may carry by that name."""
    found = getattr(handler_input.request_envelope.request, "intent", None)
    return found if isinstance(found, Intent) else None


def intent_name(said: Intent | None) -> str:
    """"AMAZON.YesIntent" → "Yes", "AskIntent" → "Ask"; empty where there is none."""
    return bare_name((said.name if said else None) or "")


def bare_name(intent: str) -> str:
    """The name of an intent without what Amazon has around it."""
    return intent.removeprefix("AMAZON.").removesuffix("Intent")


def _abilities(envelope: Any) -> Iterator[str]:  # noqa: ANN401  # the SDK carries no types
    system = envelope.context.system if envelope.context else None
    device = system.device if system else None
    interfaces = device.supported_interfaces if device else None
    if interfaces and interfaces.alexa_presentation_apl:
        yield "apl"


def _slots(slots: Mapping[str, Any]) -> Iterator[tuple[str, Slot]]:
    for name, slot in slots.items():
        values = list(_values(slot)) if slot else []
        if values:
            ids = dict.fromkeys(item_id for value in values for item_id in _ids(value.resolutions))
            yield name, Slot(words=" and ".join(value.value or "" for value in values), ids=tuple(ids))


def _values(slot: Any) -> Iterable[Any]:  # noqa: ANN401
    """The single value of a slot, or all values of a list; only those with words."""
    several = getattr(slot.slot_value, "values", None)
    values = [each for each in several if each] if several else [slot]
    return [value for value in values if getattr(value, "value", None)]


def _ids(resolutions: Any) -> Iterator[str]:  # noqa: ANN401
    """Ids matched by any authority, likeliest first."""
    for authority in (resolutions.resolutions_per_authority or () if resolutions else ()):
        code = authority.status.code if authority.status else None
        if code and code.value == MATCH:
            for match in authority.values or ():
                if match.value and match.value.id:
                    yield match.value.id
