"""Request envelopes as an Echo would have Amazon send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

Json = dict[str, Any]

SKILL_ID = "amzn1.ask.skill.back-coach-simulator"
AUTHORITY = "amzn1.er-authority.echo-sdk.back-coach-simulator."

_SCREEN = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "1.4"}}}

DEVICES: Mapping[str, Json] = {"echo-dot": {}, "echo-show": _SCREEN}
"""Speakers by name, and the interfaces each announces."""


class Filled(Protocol):
    """A slot with something in it."""

    @property
    def words(self) -> str:
        """As it was said; for Amazon's own types the value Amazon makes of it: "PT10M"."""

    @property
    def kind(self) -> str:
        """The slot's type."""

    @property
    def ids(self) -> Sequence[str]:
        """The values it resolves to; none where nothing matched."""

    @property
    def names(self) -> Sequence[str]:
        """Their usual names, in the same order."""


@dataclass(frozen=True, slots=True)
class Device:
    """One pretend Echo, with one person's account."""

    name: str
    locale: str
    user_id: str
    verbatim: bool = True
    """Whether it passes on what was said in full; a real Echo passes on intents and slots alone."""

    def envelope(self, request: Json, session: Json | None, words: str = "") -> Json:
        """The whole envelope around a request; with what was said in full, which a real Echo keeps to itself."""
        system = {
            "application": {"applicationId": SKILL_ID},
            "user": {"userId": self.user_id},
            "device": {"deviceId": f"simulated-{self.name}", "supportedInterfaces": dict(DEVICES[self.name])},
            "apiEndpoint": "https://api.amazonalexa.com",
            "apiAccessToken": "simulated",
        }
        heard = {"BackCoach.Speech": {"words": words}} if words and self.verbatim else {}
        around: Json = {"version": "1.0", "context": {"System": system, **heard}, "request": request}
        if session is not None:
            around["session"] = session
        return around

    def session(self, session_id: str, attributes: Json, *, new: bool) -> Json:
        """The session part of an envelope."""
        return {
            "new": new, "sessionId": session_id, "attributes": attributes,
            "application": {"applicationId": SKILL_ID}, "user": {"userId": self.user_id},
        }

    def request(self, kind: str, number: int, at: datetime, **parts: Any) -> Json:  # noqa: ANN401  # JSON
        """A request of any type."""
        stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"type": kind, "requestId": f"simulated-request-{number}", "timestamp": stamp,
                "locale": self.locale, **parts}


def intent(name: str, slots: Mapping[str, Filled | None]) -> Json:
    """An intent with its slots, resolved as Amazon resolves them; None is a slot left empty."""
    return {"name": name, "confirmationStatus": "NONE",
            "slots": {slot: _slot(slot, value) for slot, value in slots.items()}}


def _slot(name: str, filled: Filled | None) -> Json:
    slot: Json = {"name": name, "confirmationStatus": "NONE"}
    if filled is None:
        return slot
    slot["value"] = filled.words
    if not filled.kind.startswith("AMAZON."):
        slot["resolutions"] = {"resolutionsPerAuthority": [_authority(filled)]}
    return {**slot, "source": "USER", "slotValue": {**_value(slot), "type": "Simple"}}


def _value(slot: Json) -> Json:
    return {key: slot[key] for key in ("value", "resolutions") if key in slot}


def _authority(filled: Filled) -> Json:
    values: Sequence[Json] = [
        {"value": {"name": name, "id": item_id}} for item_id, name in zip(filled.ids, filled.names, strict=True)
    ]
    code = "ER_SUCCESS_MATCH" if values else "ER_SUCCESS_NO_MATCH"
    return {"authority": AUTHORITY + filled.kind, "status": {"code": code}, **({"values": values} if values else {})}
