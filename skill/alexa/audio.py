"""A timeline → Amazon's APL for Audio: speech and silence, one after the other.

Rule 1: every piece is there, in order; a silence lasts what the timeline says, whatever the speech takes.
Rule 2: it has nothing to fetch: no sound files, no packages.
Rule 3: a piece carries its place, stretch and side, in its id, so that a log or a test can tell what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skill.alexa.envelope import AUDIO_DOCUMENT
from skill.dialogue.turn import Spoken

VERSION = "0.91"


def directive(timeline: Sequence[Spoken]) -> dict[str, Any]:
    """The directive that plays a timeline."""
    return {
        "type": AUDIO_DOCUMENT,
        "token": "back-coach-audio",
        "document": {
            "type": "APLA", "version": VERSION,
            "mainTemplate": {"item": {"type": "Sequencer", "items": [
                _component(place, piece) for place, piece in enumerate(timeline)]}},
        },
    }


def _component(place: int, piece: Spoken) -> dict[str, Any]:
    told = {"id": f"{place}/{piece.item}/{piece.side}"} if piece.item else {}
    if not piece.text:
        return {"type": "Silence", **told, "duration": round(1000 * piece.seconds)}
    return {"type": "Speech", **told, "content": piece.text}
