"""A routine under way: what is planned, and where in it somebody is. Ids and figures, never words.

Rule 1: it is all that is needed to go on, in this conversation or in the next one.
Rule 2: while a block is played, the place follows from when it began; otherwise it stands still.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Doing(StrEnum):
    """What is going on."""

    NOTHING = ""
    SAFE = "safe"
    """The question whether anything speaks against it is open."""
    PLAY = "play"
    """A block is played."""
    REST = "rest"
    """Stopped in the middle, or between two blocks: whether to go on is open."""
    HURT = "hurt"
    """It hurt: whether sharply is open."""
    EASE = "ease"
    """It hurt, but not sharply: whether to go on gently is open."""


def step(stretch: str, hold: int) -> str:
    """A step of a plan: the id of a stretch, and the seconds on each side."""
    return f"{stretch}/{hold}"


def named(planned: str) -> str:
    """The id of the stretch in a step."""
    return planned.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One person's way through a routine."""

    plan: tuple[str, ...] = ()
    """What is done, in order (see `step`): "stretch.cat-cow/40"."""
    index: int = 0
    """Which of them it is; as many as there are once it's over."""
    side: int = 1
    held: int = 0
    """Seconds of this side that were held when the block began, or when it stopped."""
    doing: str = Doing.NOTHING
    full: bool = True
    """Whether the block that is played has all instructions."""
    told: bool = False
    """Whether it was told, just before it, how much is left."""
    pace: int = 100
    """Percent of the usual time (see `Block.pace`)."""
    at: int = 0
    """Milliseconds since 1970: when the block begins to sound, or when it stopped."""
    warned: bool = False
    """It was said that the place can't be kept."""

    @property
    def is_on(self) -> bool:
        """Whether there is anything left to do."""
        return bool(self.doing) and 0 <= self.index < len(self.plan)

    @property
    def stretch(self) -> str:
        """Id of the stretch it is at."""
        return named(self.plan[self.index])

    @property
    def hold(self) -> int:
        """Seconds on each side of the stretch it is at; 0 where the plan was tampered with."""
        seconds = self.plan[self.index].partition("/")[2]
        return int(seconds) if seconds.isdecimal() else 0

    @property
    def to_keep(self) -> Course:
        """What of it may be kept beyond the conversation: where it is, and nothing of whether anything hurt."""
        return self if self.doing in (Doing.NOTHING, Doing.PLAY, Doing.REST) else replace(self, doing=Doing.REST)

    def moved(self, steps: int) -> Course:
        """So many stretches further, from their start."""
        index = max(0, min(len(self.plan), self.index + steps))
        return replace(self, index=index, side=1, held=0)

    def with_hold(self, seconds: int) -> Course:
        """The same with another hold for the stretch it is at."""
        return replace(self, plan=(*self.plan[:self.index], step(self.stretch, seconds), *self.plan[self.index + 1:]))

    def with_first(self, stretch: str, seconds: int) -> Course:
        """With this stretch before all that is left, and nowhere else in it."""
        left = self.without(stretch)
        plan = (*left.plan[:left.index], step(stretch, seconds), *left.plan[left.index:])
        return replace(left, plan=plan, side=1, held=0)

    def without(self, stretch: str) -> Course:
        """Without a stretch, from here on; it goes on with whatever is next."""
        ahead = tuple(each for each in self.plan[self.index:] if named(each) != stretch)
        stays = bool(ahead) and self.plan[self.index] == ahead[0]
        changed = replace(self, plan=(*self.plan[:self.index], *ahead))
        return changed if stays else replace(changed, side=1, held=0)
