"""A routine of any length, composed from what the stretches themselves say.

Rule 1: positions change as little as they can: kneeling, hands and knees, floor, standing; each once a round.
Rule 2: what was asked for comes first: the area, then the gentlest.
Rule 3: holds stay within the range of their stretch; the total is met by them, in steps that one can say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skill.domain.items import Stretch

ORDER = ("kneeling", "hands-and-knees", "floor", "standing")
"""Positions in the order in which one gets up last."""

STEP = 5
"""Seconds by which a hold grows: nobody says "thirty three seconds"."""

MOST_STEPS = 24

Overhead = Callable[[Stretch, bool], float]
"""Seconds of a block besides its holds, for the first time or a later one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of a routine, and how long each side is held."""

    stretch: Stretch
    hold: int


def compose(stretches: Sequence[Stretch], seconds: float, overhead: Overhead, areas: Sequence[str] = ()) -> list[Step]:
    """A routine of about so many seconds from these stretches; empty where there are none."""
    liked = sorted(stretches, key=lambda stretch: (not set(areas) & set(stretch.area), stretch.level))
    chosen: list[Stretch] = []
    while liked and len(chosen) < MOST_STEPS and _most(chosen, overhead) < seconds:
        chosen.append(_fitting(liked, chosen, seconds, overhead))
    return fit(_arranged(chosen), seconds, overhead)


def _fitting(liked: Sequence[Stretch], chosen: Sequence[Stretch], seconds: float, overhead: Overhead) -> Stretch:
    """The next stretch: the most liked of those done least often, if its shortest still fits; else the shortest."""
    fewest = min(chosen.count(stretch) for stretch in liked)
    candidates = [stretch for stretch in liked if chosen.count(stretch) == fewest]
    fitting = [stretch for stretch in candidates if _least([*chosen, stretch], overhead) <= seconds]
    return fitting[0] if fitting else min(liked, key=lambda stretch: _least([*chosen, stretch], overhead))


def _arranged(chosen: Sequence[Stretch]) -> list[Stretch]:
    """By rounds, and in a round by position."""
    rounds = [(chosen[:place].count(stretch), ORDER.index(stretch.position), place)
              for place, stretch in enumerate(chosen)]
    return [chosen[place] for *_, place in sorted(rounds)]


def fit(stretches: Sequence[Stretch], seconds: float, overhead: Overhead) -> list[Step]:
    """These stretches, in this order, held so that they take about so many seconds."""
    least, most = _least(stretches, overhead), _most(stretches, overhead)
    share = min(1.0, max(0.0, (seconds - least) / (most - least))) if most > least else 0.0
    steps = [Step(stretch, _near(stretch, stretch.guide.hold[0] + share * _room(stretch))) for stretch in stretches]
    return _tuned(steps, seconds, overhead)


def _tuned(steps: list[Step], seconds: float, overhead: Overhead) -> list[Step]:
    """The holds nudged, one after the other, while that brings the total nearer."""
    for place, step in enumerate(steps):
        gap = seconds - total(steps, overhead)
        nudged = _near(step.stretch, step.hold + gap / step.stretch.guide.sides)
        grid = _grid(step.stretch)
        nudged = max(step.hold - grid, min(step.hold + grid, nudged))
        tried = [*steps[:place], Step(step.stretch, nudged), *steps[place + 1:]]
        if abs(seconds - total(tried, overhead)) < abs(gap):
            steps = tried
    return steps


def total(steps: Sequence[Step], overhead: Overhead) -> float:
    """Seconds of a whole routine, as long as nobody says anything but yes."""
    return sum(_fixed([step.stretch for step in steps], overhead)) + sum(
        step.hold * step.stretch.guide.sides for step in steps)


def _near(stretch: Stretch, seconds: float) -> int:
    """The hold nearest to so many seconds that this stretch can have."""
    low, high = stretch.guide.hold
    grid = _grid(stretch)
    steps = round((seconds - low) / grid)
    return max(low, min(low + steps * grid, low + (high - low) // grid * grid))


def _grid(stretch: Stretch) -> int:
    """Seconds by which its hold grows; a stretch that moves grows by a round."""
    return 2 * stretch.guide.beat or STEP


def _room(stretch: Stretch) -> int:
    return stretch.guide.hold[1] - stretch.guide.hold[0]


def _fixed(stretches: Sequence[Stretch], overhead: Overhead) -> list[float]:
    return [overhead(stretch, stretch not in stretches[:place]) for place, stretch in enumerate(stretches)]


def _least(stretches: Sequence[Stretch], overhead: Overhead) -> float:
    return sum(_fixed(stretches, overhead)) + sum(each.guide.hold[0] * each.guide.sides for each in stretches)


def _most(stretches: Sequence[Stretch], overhead: Overhead) -> float:
    return sum(_fixed(stretches, overhead)) + sum(each.guide.hold[1] * each.guide.sides for each in stretches)
