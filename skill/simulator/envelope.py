"""Request envelopes as an Echo would have Amazon send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

Json = dict[str, Any]

SKILL_ID = "amzn1.ask.skill.back-coach-simulator"
AUTHORITY = "amzn1.er-authority.echo-sdk.back-coach-simulator."



@dataclass(frozen=True, slots=True)
class Screen:
    """What a device shows things on."""

    width: int
    height: int
    """Pixels."""
    dpi: int = 160
    """Pixels per inch; at 160 a pixel is what documents call a dp."""
    round: bool = False
    mode: str = "HUB"


DEVICES: Mapping[str, Screen | None] = {
    "echo-dot": None,
    "echo-show": Screen(1280, 800),
    "echo-show-5": Screen(960, 480),
    "echo-show-8": Screen(1280, 800, 213),
    "echo-show-10": Screen(1280, 800),
    "echo-spot": Screen(480, 480, round=True),
    "tv": Screen(1920, 1080, 320, mode="TV"),
}
"""Speakers by name, and the screen of each; None is voice alone."""

EITHER = ("echo-dot", "echo-show")
"""One without a screen and one with: all that a skill can tell apart by ear."""

_SCREENED = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "1.4"}}}
"""Interfaces that a device with a screen announces."""


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

    def envelope(self, request: Json, session: Json | None, speech: Json | None = None) -> Json:
        """The whole envelope around a request; with what was said in full, which a real Echo keeps to itself."""
        screen = DEVICES[self.name]
        system = {
            "application": {"applicationId": SKILL_ID},
            "user": {"userId": self.user_id},
            "device": {"deviceId": f"simulated-{self.name}", "supportedInterfaces": dict(_SCREENED) if screen else {}},
            "apiEndpoint": "https://api.amazonalexa.com",
            "apiAccessToken": "simulated",
        }
        heard = {"BackCoach.Speech": speech} if speech and speech["words"] and self.verbatim else {}
        seen = {"Viewport": _viewport(screen)} if screen else {}
        around: Json = {"version": "1.0", "context": {"System": system, **seen, **heard}, "request": request}
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


def _viewport(screen: Screen) -> Json:
    """What a skill is told of a screen."""
    touch = {} if screen.mode == "TV" else {"touch": ["SINGLE"]}
    return {"shape": "ROUND" if screen.round else "RECTANGLE", "mode": screen.mode, "dpi": screen.dpi, **touch,
            "pixelWidth": screen.width, "pixelHeight": screen.height,
            "currentPixelWidth": screen.width, "currentPixelHeight": screen.height}


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
