"""A guided stretch as a timeline: what is said when, and where somebody is at any second of it.

Rule 1: a block is one stretch with all its sides; its timeline is computed from content, never stored.
Rule 2: the hold lasts what the block says, to the second; words in it are taken out of its silences.
Rule 3: nothing is quiet for longer than `QUIET`, and the last seconds are counted aloud.
Rule 4: time is an argument and words are references; how long they take is the script's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from skill.domain.items import Stretch

QUIET = 9.0
"""Seconds after which somebody would think that nothing is running any more; Amazon's ten, and one to spare."""

COUNT = 5
"""Seconds that are counted aloud at the end of a hold."""

SETTLE, SWITCH, BREATH = 4.0, 4.0, 1.0
"""Seconds to get into position, to change sides, and between two instructions."""

SHORT = 0.3
"""Of half a round: what is left of one, when somebody comes back, and isn't worth its own words."""

SIDES = ("left", "right")

Script = Callable[[str, int], tuple[str, float]]
"""What is said by its key, with a number where it has one: the reference of its words, and the seconds they take."""


class Phase(StrEnum):
    """Where in a block somebody is."""

    INTO = "into"
    HOLD = "hold"
    SWITCH = "switch"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A piece of a timeline: something said, or a silence."""

    at: float
    """Seconds from the start of what is played."""
    seconds: float
    text: str = ""
    """Reference of the words; empty is silence."""
    phase: Phase = Phase.INTO
    side: int = 1
    held: float = 0.0
    """Seconds of this side's hold that have gone by when it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch to be played, or what is left of it."""

    stretch: Stretch = field(hash=False)
    hold: int
    """Seconds on each side."""
    side: int = 1
    """The side it begins with."""
    held: float = 0.0
    """Seconds of that side that were held before."""
    full: bool = True
    """With all instructions; else the name and the time."""
    told: bool = False
    """How much is left was just told, so it isn't told again."""
    pace: int = 100
    """Percent of the usual time for half a round, and to get into position."""

    @property
    def beat(self) -> float:
        """Seconds for half a round; 0 where it's held still."""
        return self.stretch.guide.beat * self.pace / 100

    @property
    def length(self) -> float:
        """Seconds on each side as they are really held: of a stretch that moves, whole rounds."""
        rounds = max(1, round(self.hold / (2 * self.beat))) if self.beat else 0
        return 2 * rounds * self.beat if self.beat else float(self.hold)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a block."""

    phase: Phase
    side: int
    held: float
    """Seconds of this side that have gone by."""


def timeline(block: Block, script: Script) -> tuple[Cue, ...]:
    """The cues of a block, from the first word to the release."""
    tape = _Tape(script, block)
    tape.into()
    for side in range(block.side, block.stretch.guide.sides + 1):
        if side > block.side:
            tape.switch(side)
        tape.hold(side, block.held if side == block.side else 0.0)
    tape.out()
    return tuple(tape.cues)


def place(cues: Sequence[Cue], second: float) -> Place | None:
    """Where somebody is at a second of a timeline; None once it's over."""
    for cue in cues:
        if second < cue.at + cue.seconds:
            moved = max(0.0, second - cue.at) if cue.phase is Phase.HOLD else 0.0
            return Place(cue.phase, cue.side, cue.held + moved)
    return None


def length(cues: Sequence[Cue]) -> float:
    """Seconds that a timeline takes."""
    return cues[-1].at + cues[-1].seconds if cues else 0.0


class _Tape:
    """Cues as they are put one after the other."""

    def __init__(self, script: Script, block: Block) -> None:
        self.cues: list[Cue] = []
        self._script, self._block = script, block
        self._at = 0.0
        self._phase, self._side, self._held = Phase.INTO, block.side, block.held

    def into(self) -> None:
        """The way into the position: told in full, or by name and time; back in the middle, what is left."""
        block, guide = self._block, self._block.stretch.guide
        if block.full:
            self._say("this-is")
            for line in range(len(guide.into)):
                self._say(f"into.{line}")
                self._quiet(BREATH)
        elif not block.held:
            self._say("brief", round(block.length))
        if guide.sides > 1:
            self._say(f"side-{SIDES[block.side - 1]}")
        self._quiet(SETTLE)
        if block.held and not block.told:
            self._say("left-to-go", round(block.length - block.held))
        elif block.full and not block.held:
            self._say("go-move" if block.beat else "go-hold", round(block.length))
        else:
            self._begin()

    def _begin(self) -> None:
        """In position: now."""
        self._say("begin-move" if self._block.beat else "begin-hold")

    def switch(self, side: int) -> None:
        """To the other side."""
        self._phase, self._side, self._held = Phase.SWITCH, side, 0.0
        self._say("other-side")
        self._quiet(SWITCH)
        self._begin()

    def hold(self, side: int, held: float) -> None:
        """One side: still and counted, or in rounds."""
        self._phase, self._side, self._held = Phase.HOLD, side, held
        end = self._at + self._block.length - held
        if self._block.beat:
            self._rounds(end)
        else:
            self._still(end)

    def out(self) -> None:
        """The release."""
        self._phase = Phase.OUT
        self._say("out")
        self._quiet(BREATH)

    def _still(self, end: float) -> None:
        """A hold: cues so that it's never quiet for long, half-way, and the count at the end."""
        counted = min(COUNT, int(end - self._at))
        half = end - self._block.length / 2
        turn = 0
        if self._at - 1 < half <= end - counted - self._script("half-way", 0)[1]:
            turn = self._fill(half, turn)
            self._say("half-way")
        self._fill(end - counted, turn)
        for left in range(counted, 0, -1):
            self._until(end - left)
            self._say("count", left)
        self._until(end)

    def _fill(self, mark: float, turn: int) -> int:
        """Cues up to a mark; answers which of them comes next."""
        while mark - self._at > QUIET:
            spoken = self._script(f"cue.{turn}", 0)[1]
            self._quiet(max(0.0, min(QUIET - 2, mark - self._at - spoken - 1)))
            self._say(f"cue.{turn}")
            turn += 1
        self._until(mark)
        return turn

    def _rounds(self, end: float) -> None:
        """Rounds of two halves: in full at first, then a word each; half-way and the last are told."""
        beat = self._block.beat
        left = max(1, ceil((end - self._at) / beat - SHORT))
        halves = round(self._block.length / beat)
        for half in range(left):
            until = end - (left - half - 1) * beat
            which = halves - left + half
            if halves > 2 and left - half == 2:  # noqa: PLR2004  # the last round of several
                self._say("last-one")
            elif halves > 4 and which == halves // 4 * 2:  # noqa: PLR2004  # worth telling
                self._say("half-way")
            self._say(f"move.{which % 2}" if half < 4 else f"short.{which % 2}")  # noqa: PLR2004  # two rounds in full
            self._until(until)

    def _say(self, key: str, number: int = 0) -> None:
        text, seconds = self._script(key, number)
        self._add(seconds, text)

    def _quiet(self, seconds: float) -> None:
        self._add(seconds * self._block.pace / 100 if self._phase is not Phase.HOLD else seconds)

    def _until(self, second: float) -> None:
        self._add(second - self._at)

    def _add(self, seconds: float, text: str = "") -> None:
        if seconds <= 0.0:
            return
        self.cues.append(Cue(at=self._at, seconds=seconds, text=text, phase=self._phase, side=self._side,
                             held=self._held))
        self._at += seconds
        if self._phase is Phase.HOLD:
            self._held += seconds
