"""A routine of any length, composed from what the stretches themselves say.

Rule 1: positions change as little as they can: kneeling, hands and knees, floor, standing; each once a round.
Rule 2: what was asked for comes first: the area, then the gentlest.
Rule 3: holds stay within the range of their stretch; the total is met by them, in steps that one can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from skill.domain.items import Stretch

ORDER = ("kneeling", "hands-and-knees", "floor", "standing")
"""Positions in the order in which one gets up last."""

STEP = 5
"""Seconds by which a hold grows: nobody says "thirty three seconds"."""

MOST_STEPS = 24

FEW = 2
"""Stretches up to which a single other one may fit better."""

TOLERANCE = 0.1
"""Of the length that was asked for."""

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
    steps = fit(_arranged(_chosen(liked, seconds, overhead)), seconds, overhead)
    others = [fit([stretch], seconds, overhead) for stretch in liked] if len(steps) <= FEW else []

    def miss(found: list[Step]) -> float:
        return abs(seconds - total(found, overhead))

    return steps if miss(steps) <= seconds * TOLERANCE else min([steps, *others], key=miss)


def _chosen(liked: Sequence[Stretch], seconds: float, overhead: Overhead) -> list[Stretch]:
    """Stretches, one after the other, until they can fill the time: the most liked of those done least often."""
    chosen: list[Stretch] = []
    times = dict.fromkeys((stretch.id for stretch in liked), 0)
    least = most = 0.0
    while liked and len(chosen) < MOST_STEPS and most < seconds:
        fewest = min(times.values())
        shortest = {each.id: _cost(each, each.guide.hold[0], not times[each.id], overhead) for each in liked}
        fitting = (each for each in liked if times[each.id] == fewest and least + shortest[each.id] <= seconds)
        stretch = next(fitting, None) or min(liked, key=lambda each: shortest[each.id])
        most += _cost(stretch, stretch.guide.hold[1], not times[stretch.id], overhead)
        least += shortest[stretch.id]
        times[stretch.id] += 1
        chosen.append(stretch)
    return chosen


def _cost(stretch: Stretch, hold: int, first: bool, overhead: Overhead) -> float:
    """Seconds that a block of a stretch takes."""
    return overhead(stretch, first) + hold * stretch.guide.sides


def _arranged(chosen: Sequence[Stretch]) -> list[Stretch]:
    """By rounds, and in a round by position."""
    ids = [stretch.id for stretch in chosen]
    rounds = [(ids[:place].count(stretch.id), ORDER.index(stretch.position), place)
              for place, stretch in enumerate(chosen)]
    return [chosen[place] for *_, place in sorted(rounds)]


def fit(stretches: Sequence[Stretch], seconds: float, overhead: Overhead) -> list[Step]:
    """These stretches, in this order, held so that they take about so many seconds."""
    spare = seconds - sum(_fixed(stretches, overhead)) - sum(_held(stretch, 0) for stretch in stretches)
    room = sum(_held(stretch, 1) - _held(stretch, 0) for stretch in stretches)
    share = min(1.0, max(0.0, spare / room)) if room else 0.0
    steps = [Step(stretch, nearest(stretch, stretch.guide.hold[0] + share * _room(stretch))) for stretch in stretches]
    return list(_tuned(steps, seconds - total(steps, overhead)))


def _tuned(steps: Sequence[Step], gap: float) -> Iterator[Step]:
    """The holds nudged, one after the other, while that brings the total nearer; the gap is in seconds."""
    for step in steps:
        sides, grid = step.stretch.guide.sides, _grid(step.stretch)
        wanted = max(step.hold - grid, min(step.hold + grid, nearest(step.stretch, step.hold + gap / sides)))
        change = (wanted - step.hold) * sides
        if abs(gap - change) < abs(gap):
            gap -= change
            yield Step(step.stretch, wanted)
        else:
            yield step


def total(steps: Sequence[Step], overhead: Overhead) -> float:
    """Seconds of a whole routine, as long as nobody says anything but yes."""
    return sum(_fixed([step.stretch for step in steps], overhead)) + sum(
        step.hold * step.stretch.guide.sides for step in steps)


def nearest(stretch: Stretch, seconds: float) -> int:
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
    ids = [stretch.id for stretch in stretches]
    return [overhead(stretch, stretch.id not in ids[:place]) for place, stretch in enumerate(stretches)]


def _held(stretch: Stretch, end: int) -> int:
    """Seconds of its holds on all sides, the shortest (0) or the longest (1)."""
    return stretch.guide.hold[end] * stretch.guide.sides
