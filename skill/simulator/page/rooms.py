"""The rooms that tabs are in; the one left alone for longest makes place for a new one."""

from __future__ import annotations

from collections import OrderedDict
from secrets import token_urlsafe
from threading import Lock

from skill.simulator.room import Room

MOST = 32


class Rooms:
    """Rooms by a name that nobody guesses."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = Lock()

    def add(self, room: Room) -> str:
        """The name of a room from now on."""
        name = token_urlsafe(8)
        with self._lock:
            self._rooms[name] = room
            while len(self._rooms) > MOST:
                self._rooms.popitem(last=False)
        return name

    def __getitem__(self, name: str) -> Room:
        """A room by its name. Raises `LookupError`."""
        with self._lock:
            if name not in self._rooms:
                raise LookupError("this conversation is no longer kept; start a new one")
            self._rooms.move_to_end(name)
            return self._rooms[name]
