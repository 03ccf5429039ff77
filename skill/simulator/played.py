"""What a response makes an Echo play: its cues in time, read from the response itself.

Rule 1: speech takes as long as it is estimated to take, a silence what the document says.
Rule 2: where there is no audio document there is no timeline, only speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skill.domain import speech

Json = dict[str, Any]

DOCUMENT = "Alexa.Presentation.APLA.RenderDocument"
"""The directive that plays an audio document."""


def timeline(response: Mapping[str, Any]) -> tuple[Json, ...]:
    """Its cues, in order: `at` and `seconds`, `kind`, `text`, `item`, `side`."""
    cues: list[Json] = []
    at = 0.0
    for component in _components(response):
        _, item, side = [*str(component.get("id") or "").split("/"), "", ""][:3]
        text = str(component.get("content") or "")
        silent = component.get("type") == "Silence"
        seconds = component.get("duration", 0) / 1000 if silent else speech.seconds(text)
        cues.append({"at": round(at, 2), "seconds": round(seconds, 2), "kind": "silence" if silent else "speech",
                     "text": text, "item": item, "side": side})
        at += seconds
    return tuple(cues)


def _components(response: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for directive in response.get("directives") or ():
        if directive.get("type") == DOCUMENT:
            yield from directive["document"]["mainTemplate"]["item"]["items"]


def seconds(cues: tuple[Json, ...]) -> float:
    """Seconds that a timeline takes."""
    return round(cues[-1]["at"] + cues[-1]["seconds"], 2) if cues else 0.0
