"""A room with an Echo in it: one conversation, move by move, that one can go back in.

Rule 1: whatever happens in it is a `Move`, so that a conversation can be kept in a file and had again.
Rule 2: after every move it is known how everything stood; from there another conversation can branch off.
Rule 3: a room keeps its last `KEPT` moves, so that it may be left running.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from threading import RLock
from time import perf_counter
from typing import Any, Protocol

from skill.domain.profile import Profile, StoreDown, Users
from skill.simulator.echo import Ear, Echo, Handler, Mark, Understood
from skill.simulator.envelope import DEVICES, Device
from skill.simulator.move import LAUNCH, Move, Slots
from skill.simulator.turn import Json, Turn

KEPT = 200

_people = count(1)


class Parts(Protocol):
    """What a room needs from outside."""

    def handler(self, users: Users) -> Handler:
        """The skill, with this user store."""

    def users(self) -> Users:
        """A user store in which nobody is known."""

    def listen(self, locale: str) -> Ear:
        """The ear of a locale. Raises `ValueError` for one that there isn't."""

    def means(self, locale: str, intent: str, slots: Slots) -> Understood:
        """What an ear would have made of words that mean this."""

    def breaches(self, request: Mapping[str, Any], response: Mapping[str, Any]) -> list[str]:
        """Amazon's rules that a response breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A move that was made, and what came of it."""

    number: int
    """Of the moves in this room, from 1."""
    move: Move
    turn: Turn
    sent: bool
    """Whether the skill was asked; a silence mostly asks nobody."""
    breaches: tuple[str, ...]
    """Amazon's rules that the response breaks."""
    ear: float
    """Milliseconds in which the words were understood."""
    skill: float
    """Milliseconds in which the skill answered."""
    device: Device
    """What was spoken to."""
    down: bool
    """Whether the user store was down."""
    clock: str
    """The virtual time when it was said, as ISO 8601."""
    visits: int
    """How often this person had come before it."""
    mark: Mark
    profile: Profile
    """How everything stood afterwards."""


class Switch:
    """A user store that can be taken down."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self.down = False

    def load(self, user_id: str) -> Profile:
        """A person's profile. Raises `StoreDown`."""
        return self._up().load(user_id)

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Keeps what changed. Raises `StoreDown`."""
        self._up().save(user_id, before, after)

    def forget(self, user_id: str) -> None:
        """Deletes a profile. Raises `StoreDown`."""
        self._up().forget(user_id)

    def peek(self, user_id: str) -> Profile:
        """A person's profile, down or not."""
        return self._users.load(user_id)

    def put(self, user_id: str, profile: Profile) -> None:
        """Makes a profile what it was."""
        self._users.forget(user_id)
        self._users.save(user_id, Profile(), profile)

    def _up(self) -> Users:
        if self.down:
            raise StoreDown("taken down in the simulator")
        return self._users


class Room:
    """One conversation on one speaker; safe to be used by several threads."""

    def __init__(self, parts: Parts, locale: str = "en-US", device: str = "echo-dot", *, verbatim: bool = True,
                 profile: Profile | None = None) -> None:
        self._parts, self._lock = parts, RLock()
        self._store = Switch(parts.users())
        self._answer, self._hear = _Timed(parts.handler(self._store)), _Timed(self._understand)
        self._echo = Echo(self._answer, self._hear, Device("", locale, f"person-{next(_people)}", verbatim))
        self._settle(device, locale, "")
        if profile:
            self._store.put(self.device.user_id, profile)
        self._taken: deque[Taken] = deque(maxlen=KEPT)

    @property
    def device(self) -> Device:
        """What is spoken to."""
        return self._echo.device

    @property
    def down(self) -> bool:
        """Whether the user store is down."""
        return self._store.down

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The last moves, oldest first."""
        with self._lock:
            return tuple(self._taken)

    def do(self, move: Move) -> Taken:
        """Makes a move. Raises `ValueError` for a device or a locale that there isn't, and nothing has changed."""
        with self._lock:
            self._settle(move.device, move.locale, move.store)
            self._answer.spent = self._hear.spent = 0.0
            visits = self._store.peek(self.device.user_id).visits
            turn = self._made(move)
            asked = self._answer.spent > 0
            self._taken.append(Taken(
                number=self._taken[-1].number + 1 if self._taken else 1, move=move, turn=turn, sent=asked,
                breaches=tuple(self._parts.breaches(turn.request, turn.response)) if asked else (),
                ear=self._hear.spent, skill=self._answer.spent, device=self.device, down=self._store.down,
                clock=self._echo.now.isoformat(), visits=visits, mark=self._echo.mark(),
                profile=self._store.peek(self.device.user_id),
            ))
            return self._taken[-1]

    def find(self, number: int) -> Taken:
        """A move by its number. Raises `LookupError` where it isn't kept."""
        for taken in self.taken:
            if taken.number == number:
                return taken
        raise LookupError(f"there is no turn {number} in this conversation, or it was too long ago")

    def branch(self, number: int) -> Room:
        """Another room, in which everything is as it was after this move. Raises `LookupError`."""
        with self._lock:
            last = self.find(number)
            room = Room(self._parts, last.device.locale, last.device.name, verbatim=last.device.verbatim,
                        profile=last.profile)
            room._echo.device = replace(last.device, user_id=room.device.user_id)
            room._echo.back_to(last.mark)
            room._store.down = last.down
            room._taken.extend(taken for taken in self._taken if taken.number <= number)
            return room

    def _settle(self, device: str, locale: str, store: str) -> None:
        """Device, locale and store as they are from now on; empty leaves them."""
        if device and device not in DEVICES:
            raise ValueError(f"device is {device!r}; use one of {', '.join(DEVICES)}")
        if locale:
            self._parts.listen(locale)
        self._echo.device = replace(self.device, name=device or self.device.name, locale=locale or self.device.locale)
        self._store.down = store == "down" if store else self._store.down

    def _made(self, move: Move) -> Turn:
        echo = self._echo
        ways: Mapping[str, Callable[[], Turn]] = {
            "you": lambda: echo.say(move.you, move.after),
            "intent": lambda: self._meant(move),
            "touch": lambda: echo.touch(*move.touch, after=move.after),
            "wait": lambda: echo.wait(move.wait),
            "later": lambda: echo.later(timedelta(hours=move.later)),
            "leave": echo.leave,
            "drop": echo.drop,
        }
        return ways[move.kind]()

    def _meant(self, move: Move) -> Turn:
        if move.intent == LAUNCH:
            return self._echo.launch()
        understood = self._parts.means(self.device.locale, move.intent, move.slots)
        return self._echo.mean(understood, move.after)

    def _understand(self, said: str, asked: str = "") -> Understood:
        return self._parts.listen(self.device.locale)(said, asked)


class _Timed:
    """A call, and the milliseconds spent in it."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self.spent = 0.0

    def __call__(self, *given: Any) -> Any:  # noqa: ANN401  # whatever the call takes and gives
        start = perf_counter()
        try:
            return self._call(*given)
        finally:
            self.spent += 1000 * (perf_counter() - start)


def shown(turn: Turn) -> Json | None:
    """The directive with which a turn puts something on the screen; None where it puts nothing."""
    listed = (turn.response.get("response") or {}).get("directives") or ()
    return next((each for each in listed if each.get("type") == "Alexa.Presentation.APL.RenderDocument"), None)
