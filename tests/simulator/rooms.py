"""Rooms in which something has happened already: how they are made, and how everything stands in them."""

from __future__ import annotations

from typing import Any

from skill.simulator.move import Move
from skill.simulator.room import Room, Taken
from skill.workshop import Workshop
from tests.conftest import Json

WORKSHOP = Workshop()

STRETCHING = (Move(you="start the plank"), Move(you="no"))
"""How one gets into a stretch."""


def room(*moves: Move, device: str = "echo-dot", words: bool = True) -> Room:
    """A room in which this has happened."""
    made = Room(WORKSHOP, device=device, verbatim=words)
    for move in moves:
        made.do(move)
    return made


def asked(taken: Taken) -> Json:
    """The request of a move."""
    request: Json = taken.turn.request["request"]
    return request


def standing(there: Room) -> tuple[Any, ...]:
    """How everything stands in a room."""
    last = there.taken[-1]
    return there.device.name, there.device.locale, there.down, last.mark, last.profile, len(there.taken)
