"""Every routine, played through the skill's own door in every locale, and judged: part of `python -m skill check`.

Rule 1: nothing is rehearsed here: envelopes go in, responses come out, and Amazon's rules are applied to them.
Rule 2: a finding names the locale, the stretch and what is wrong, as the others do.
"""

from __future__ import annotations

from collections.abc import Iterator

from skill import app
from skill.alexa.rules import findings as breaches
from skill.domain.items import Routine, Stretch
from skill.domain.library import Library
from skill.simulator import envelope
from skill.simulator.echo import Echo
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from skill.store import content
from skill.store.users import MemoryUsers

QUIET = 10.0
"""Seconds: a longer silence in the middle of a stretch sounds as if it had ended."""

MOST_BLOCKS = 30
"""Blocks of a routine: more than any has."""


def findings() -> list[str]:
    """Everything that is wrong with what is played, a line each."""
    return [f"{locale}: {line}" for locale in content.LOCALES for line in _locale(locale)]


def _locale(locale: str) -> Iterator[str]:
    library = content.library(locale)
    users = MemoryUsers()
    for device in envelope.EITHER:
        for item in library:
            if isinstance(item, Routine):
                yield from _routine(library, item, envelope.Device(device, locale, device), users)


def _routine(library: Library, item: Routine, device: envelope.Device, users: MemoryUsers) -> Iterator[str]:
    """One routine from its first word to its last; the second device of a person hears it without instructions."""
    meant: list[Meant] = []
    echo = Echo(app.skill(users), lambda *_: meant[0], device)
    begins = Meant("StartRoutineIntent", {"routine": Filled("it", (item.id,), "Routine")})
    for said in (begins, Meant("AMAZON.NoIntent"), *[Meant("AMAZON.YesIntent")] * MOST_BLOCKS):
        meant[:] = [said]
        turn = echo.say(said.intent)
        yield from _turn(library, item, turn)
        if turn.state != "stretch":
            return
        if said.intent == "AMAZON.YesIntent" and not turn.timeline:
            yield f"{item.id}: it doesn't go on after {turn.said}"
            return


def _turn(library: Library, routine: Routine, turn: Turn) -> Iterator[str]:
    place = " ".join(turn.said) or routine.id
    yield from (f"{place}: {breach}" for breach in breaches(turn.request, turn.response))
    quiet = 0.0
    for cue in turn.timeline:
        quiet = quiet + cue["seconds"] if cue["kind"] == "silence" else 0.0
        if quiet > QUIET:
            yield f"{place}: quiet for {quiet:.0f} s at {cue['at']:.0f} s"
    stretch = library.get(turn.said[-1]) if turn.said else None
    if turn.timeline and isinstance(stretch, Stretch) and stretch.guide.sides > 1:
        sides = list(dict.fromkeys(cue["side"] for cue in turn.timeline if cue["side"]))
        if sides != ["left", "right"]:
            yield f"{place}: its sides are {sides}"
