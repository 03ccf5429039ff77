"""What is said and done in a room, from the page, and what one may know of it."""

from __future__ import annotations

from flask import Blueprint, Response

from skill.simulator.move import Move
from skill.simulator.page.answers import Answer, body
from skill.simulator.page.rooms import Rooms
from skill.simulator.page.seen import details, seen
from skill.simulator.room import Parts, Room, Taken
from skill.simulator.turn import Json
from skill.simulator.voice import played, wav


def talking(blueprint: Blueprint, parts: Parts, rooms: Rooms) -> None:
    """Adds the routes."""
    talk = Talking(parts, rooms)
    room = "/simulator/rooms/<name>"
    blueprint.post("/simulator/rooms")(talk.enter)
    blueprint.get(room)(talk.look)
    blueprint.post(f"{room}/moves")(talk.move)
    blueprint.post(f"{room}/branch")(talk.branch)
    blueprint.get(f"{room}/turns/<int:number>")(talk.turn)
    blueprint.get(f"{room}/turns/<int:number>/voice.wav")(talk.voice)
    blueprint.get(f"{room}/turns/<int:number>/voice.json")(talk.starts)


class Talking:
    """The rooms, as the browser knows them."""

    def __init__(self, parts: Parts, rooms: Rooms) -> None:
        self._parts, self._rooms = parts, rooms

    def enter(self) -> Answer:
        """A new room."""
        given = body()
        room = Room(self._parts, str(given.get("locale") or "en-US"), str(given.get("device") or "echo-dot"),
                    verbatim=given.get("words") is not False)
        return {"room": self._rooms.add(room)}

    def look(self, name: str) -> Answer:
        """All that is kept of a room."""
        room = self._rooms[name]
        return {"room": name, "device": room.device.name, "locale": room.device.locale, "down": room.down,
                "words": room.device.verbatim, "turns": [seen(taken) for taken in list(room.taken)]}

    def move(self, name: str) -> Answer:
        """A move is made."""
        return seen(self._rooms[name].do(Move.read(body())))

    def branch(self, name: str) -> Answer:
        """Another room that stands where this one stood after a turn."""
        number = body().get("turn")
        if not isinstance(number, int):
            raise ValueError("turn is the number of a turn")  # noqa: TRY004  # of a request it is the value
        return {"room": self._rooms.add(self._rooms[name].branch(number))}

    def turn(self, name: str, number: int) -> Answer:
        """The documents of a turn."""
        return details(self._rooms[name], number)

    def voice(self, name: str, number: int) -> Response:
        """A turn as it sounds."""
        return Response(wav(cues(self._rooms[name].find(number))), mimetype="audio/wav")

    def starts(self, name: str, number: int) -> Answer:
        """The seconds at which the voice really begins each cue."""
        return {"starts": played(cues(self._rooms[name].find(number)))}


def cues(taken: Taken) -> tuple[Json, ...]:
    """What is heard in a turn, in time."""
    turn = taken.turn
    return turn.timeline or ({"kind": "speech", "text": turn.speech, "seconds": turn.seconds},)
