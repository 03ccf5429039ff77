"""What the page gets to see of a move: what came of it, and what is otherwise than the turn before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import unified_diff

from skill.domain import plain
from skill.simulator.envelope import DEVICES
from skill.simulator.room import Room, Taken, shown
from skill.simulator.turn import Json, Turn

LATER = ("request", "response")
"""Fields of a turn that are sent only to whoever asks for them: they are long."""


def seen(taken: Taken) -> Json:
    """A move and what came of it, as JSON."""
    turn = {name: value for name, value in taken.turn.as_json().items() if name not in LATER}
    move = taken.move
    return {
        **turn,
        "number": taken.number, "sent": taken.sent, "did": move.done, "after": move.after,
        "breaches": list(taken.breaches), "ear": round(taken.ear, 1), "skill": round(taken.skill, 1),
        "device": taken.device.name, "locale": taken.device.locale, "down": taken.down, "clock": taken.clock,
        "screen": shown(taken.turn) if taken.sent else None,
        "card": (taken.turn.response.get("response") or {}).get("card") if taken.sent else None,
        "resolved": list(_resolved(taken.turn)) if taken.sent else [],
    }


def details(room: Room, number: int) -> Json:
    """Request and response of a turn, and how they differ from those before. Raises `LookupError`."""
    taken = room.find(number)
    before = next((each for each in reversed(room.taken) if each.number < number and each.sent), None)
    past = before.turn if before else None
    turn = taken.turn
    return {
        "request": turn.request, "response": turn.response,
        "session": turn.response.get("sessionAttributes") or {},
        "profile": plain.dump(taken.profile),
        "changes": {part: _changes(getattr(past, part) if past else {}, getattr(turn, part)) for part in LATER},
    }


def screens() -> Json:
    """The devices and their screens, for whoever draws them."""
    return {name: screen and {"width": screen.width, "height": screen.height, "dpi": screen.dpi,
                              "round": screen.round, "mode": screen.mode}
            for name, screen in DEVICES.items()}


def _changes(before: Json, after: Json) -> list[str]:
    """Lines that differ, as `diff -u` has them, without its heads."""
    old, new = (json.dumps(each, indent=1, ensure_ascii=False).splitlines() for each in (before, after))
    return [line for line in unified_diff(old, new, n=1, lineterm="") if not line.startswith(("---", "+++"))]


def _resolved(turn: Turn) -> Iterator[Json]:
    """The slots of a request: what was said, and what it resolves to."""
    slots = ((turn.request.get("request") or {}).get("intent") or {}).get("slots") or {}
    for name, slot in slots.items():
        if "value" not in slot:
            continue
        found = (slot.get("resolutions") or {}).get("resolutionsPerAuthority") or ()
        yield {"slot": name, "words": slot["value"], "status": [each["status"]["code"] for each in found],
               "ids": [value["value"]["id"] for each in found for value in each.get("values", ())]}
