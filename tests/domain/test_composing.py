"""A routine of any length: as long as was asked for, and kind to whoever has to change position."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.domain import composing
from skill.domain.composing import ORDER, compose, total
from skill.domain.items import Routine, Stretch
from skill.store import shape
from tests.conftest import library

STRETCHES = [item for item in library() if isinstance(item, Stretch)]
ROUTINES = [item for item in library() if isinstance(item, Routine)]
AREAS = sorted({area for stretch in STRETCHES for area in stretch.area})
MINUTES = st.integers(2, 40).map(lambda halves: halves / 2)


def overhead(stretch: Stretch, first: bool) -> float:
    """As measured of the real blocks: with all instructions, or without."""
    return (24.0 if first else 12.0) + 7.0 * (stretch.guide.sides - 1)


@given(MINUTES, st.sampled_from([*((area,) for area in AREAS), ()]))
def test_as_long_as_asked(minutes: float, areas: Sequence[str]) -> None:
    """Any length from one to twenty minutes is met within a tenth, for every part of the body."""
    steps = compose(STRETCHES, 60 * minutes, overhead, areas)

    assert total(steps, overhead) == pytest.approx(60 * minutes, rel=0.1)


@given(MINUTES, st.lists(st.sampled_from(STRETCHES), min_size=3, unique_by=lambda stretch: stretch.id))
def test_holds_in_range(minutes: float, pool: list[Stretch]) -> None:
    """Every hold is within what content allows, in steps that one can say; nothing else is in it."""
    for step in compose(pool, 60 * minutes, overhead):
        low, high = step.stretch.guide.hold
        assert step.stretch in pool
        assert low <= step.hold <= high
        assert (step.hold - low) % (2 * step.stretch.guide.beat or composing.STEP) == 0


@given(st.integers(1, 20))
def test_positions_change_little(minutes: int) -> None:
    """In each round one gets down and up once."""
    steps = compose(STRETCHES, 60 * minutes, overhead)
    seen: list[Stretch] = []
    rounds: dict[int, list[int]] = {}
    for step in steps:
        rounds.setdefault(seen.count(step.stretch), []).append(ORDER.index(step.stretch.position))
        seen.append(step.stretch)

    assert all(positions == sorted(positions) for positions in rounds.values())


@pytest.mark.parametrize("area", AREAS)
def test_the_area_comes_first(area: str) -> None:
    """Whoever names an area gets a stretch for it, and no other before those are used up."""
    steps = compose(STRETCHES, 180, overhead, (area,))
    fitting = [step for step in steps if area in step.stretch.area]

    assert fitting
    others = len(steps) - len(fitting)
    assert not others or len({step.stretch.id for step in fitting}) == sum(area in each.area for each in STRETCHES)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda item: item.id)
def test_named_routines(routine: Routine) -> None:
    """A routine takes as long as its card says, with its stretches in their order."""
    own = [stretch for name in routine.stretches for stretch in STRETCHES if stretch.id == name]
    steps = composing.fit(own, 60.0 * routine.facts["minutes"][0], overhead)

    assert [step.stretch for step in steps] == own
    assert total(steps, overhead) == pytest.approx(60.0 * routine.facts["minutes"][0], rel=0.1)


def test_nothing_to_do() -> None:
    """Without stretches there is no routine."""
    assert compose([], 300, overhead) == []


def test_positions() -> None:
    """Every position that content may name has its place in the order."""
    assert set(ORDER) == set(shape.card_fields()["position"]["enum"])
