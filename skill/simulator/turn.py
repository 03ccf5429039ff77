"""What one turn with the pretend Echo amounted to: what other programs read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from skill.domain import speech

Json = dict[str, Any]

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance (or silence, or touch) and what came of it."""

    utterance: str | None
    """What was said."""
    intent: str | None
    """The intent the ear heard."""
    slots: Mapping[str, str]
    """Slot → id, or the words where nothing matched."""
    said: tuple[str, ...]
    """Content ids that the reply draws on, in order."""
    state: str
    """"open", "check", "stretch" or "closed"."""
    asking: tuple[str, ...]
    """What the open question of the check is about."""
    found: tuple[str, ...]
    """Signs and risks found so far."""
    disposition: str | None
    """What the check concluded."""
    timeline: tuple[Json, ...]
    """Cues of what is played, where something timed is."""
    speech: str
    """What is heard, plain."""
    reprompt: str
    """What is heard after eight seconds of silence, plain."""
    seconds: float
    """Estimated length of what is played."""
    open: bool
    """Whether the microphone is opened afterwards."""
    share: float
    """How sure the ear was, 0 to 1."""
    rival: str | None
    """The next best intent."""
    rival_share: float
    """How sure of that."""
    request: Json
    response: Json

    def as_json(self) -> Json:
        """All fields as one JSON object."""
        return {name: list(value) if isinstance(value := getattr(self, name), tuple) else value
                for name in self.__slots__}


def heard(output: object) -> str:
    """The plain words of an `outputSpeech`: tags gone, escapes undone."""
    if not isinstance(output, Mapping):
        return ""
    words = output.get("text") or _TAG.sub(" ", str(output.get("ssml", "")))
    return " ".join(unescape(str(words)).split())


def seconds(text: str) -> float:
    """How long a text takes to say."""
    return round(speech.seconds(text), 2) if text else 0.0
