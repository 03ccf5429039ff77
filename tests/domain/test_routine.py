"""A guided stretch in time: whatever the stretch, the hold and the pace, its timeline keeps its promises."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skill.domain import routine
from skill.domain.items import Figure, Guide, Pose, Stretch
from skill.domain.routine import COUNT, Block, Cue, Phase
from tests.conftest import library

LONGEST = 220.0
"""Seconds that one reply may sound."""

STRETCHES = [item for item in library() if isinstance(item, Stretch)]


def script(key: str, number: int) -> tuple[str, float]:
    """Words that take as long as their key is long: what is timed doesn't depend on what is said."""
    return f"{key}/{number}", 0.4 + 0.05 * len(key)


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    """Any stretch that content may hold: still or in rounds, one side or two, any range."""
    beat = draw(st.sampled_from([0, 0, 3, 4, 5, 6]))
    low = draw(st.integers(10, 40))
    hold: Figure = (low, low + draw(st.integers(0, 40)))
    guide = Guide(into=("Lie down.",) * draw(st.integers(1, 5)), cues=("Breathe.", "Let go."), out="Rest.",
                  short=("Out.", "In."), beat=beat, hold=hold, sides=draw(st.sampled_from([1, 2])),
                  easier="Less.", harder="More.", gentler="stretch.other")
    return Stretch(id="stretch.any", title="Any", called="any", names=("any", "whatever"), say=("It helps.",), more=(),
                   why=(), sources=(), position="floor", area=("core",), level=1, guide=guide,
                   pose=Pose(start={}, end={}))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Any block: from the start, or from the middle of any side."""
    stretch = draw(stretches() | st.sampled_from(STRETCHES))
    whole = Block(stretch=stretch, hold=draw(st.integers(*stretch.guide.hold)), full=draw(st.booleans()),
                  side=draw(st.integers(1, stretch.guide.sides)), pace=draw(st.integers(64, 160)))
    held = draw(st.just(0) | st.integers(0, int(whole.length) - 3))
    return Block(stretch=stretch, hold=whole.hold, full=whole.full, side=whole.side, pace=whole.pace, held=held)


def sides(cues: tuple[Cue, ...]) -> dict[int, list[Cue]]:
    """The cues of each side's hold."""
    return {side: list(held) for side, held in groupby((cue for cue in cues if cue.phase is Phase.HOLD),
                                                       lambda cue: cue.side)}


@given(blocks())
def test_one_after_the_other(block: Block) -> None:
    """Cues follow each other without a gap or an overlap, and each takes time."""
    at = 0.0
    for cue in routine.timeline(block, script):
        assert cue.at == pytest.approx(at)
        assert cue.seconds > 0
        at += cue.seconds


@given(blocks())
def test_holds(block: Block) -> None:
    """Each side is held for what the block says, or what is left of it, in the order of the sides."""
    held = sides(routine.timeline(block, script))

    assert list(held) == list(range(block.side, block.stretch.guide.sides + 1))
    for side, cues in held.items():
        left = block.length - (block.held if side == block.side else 0)
        assert sum(cue.seconds for cue in cues) == pytest.approx(left, abs=0.5)


@given(blocks())
def test_never_quiet_for_long(block: Block) -> None:
    """Nothing is quiet for more than ten seconds."""
    for silent, cues in groupby(routine.timeline(block, script), lambda cue: not cue.text):
        assert not silent or sum(cue.seconds for cue in cues) <= 10


@given(blocks())
def test_counted(block: Block) -> None:
    """The last five seconds of a still hold are counted, each on its second."""
    assume(not block.beat and block.length - block.held > COUNT)
    for cues in sides(routine.timeline(block, script)).values():
        end = cues[-1].at + cues[-1].seconds
        counted = [(cue.text, end - cue.at) for cue in cues if cue.text.startswith("count/")]

        assert [text for text, _ in counted] == [f"count/{left}" for left in range(COUNT, 0, -1)]
        assert all(round(left, 3) == int(text.partition("/")[2]) for text, left in counted)


@given(blocks())
def test_rounds(block: Block) -> None:
    """A stretch that moves is told in turn, each half on its beat."""
    assume(block.beat and not block.held)
    for cues in sides(routine.timeline(block, script)).values():
        told = [cue for cue in cues if cue.text.startswith(("move.", "short."))]
        halves = [int(cue.text.partition(".")[2][0]) for cue in told]

        assert halves == [half % 2 for half in range(len(told))]
        assert len(told) == round(block.length / block.beat)


@given(blocks(), st.floats(0, 1))
def test_place(block: Block, share: float) -> None:
    """Whoever stops anywhere and goes on from that place does all that was left, and nothing else."""
    cues = routine.timeline(block, script)
    second = share * routine.length(cues)
    where = routine.place(cues, second)
    gone = sum(min(cue.seconds, max(0.0, second - cue.at)) for cue in cues if cue.phase is Phase.HOLD)
    all_of_it = sum(cue.seconds for cue in cues if cue.phase is Phase.HOLD)
    if where is None or where.phase is Phase.OUT:
        assert gone == pytest.approx(all_of_it)
        return

    left = block.length - where.held + block.length * (block.stretch.guide.sides - where.side)
    assert left == pytest.approx(all_of_it - gone, abs=0.5)


def test_over() -> None:
    """After the end there is no place."""
    cues = routine.timeline(Block(stretch=STRETCHES[0], hold=30), script)

    assert routine.place(cues, routine.length(cues)) is None
    assert routine.place((), 0) is None


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch.id)
def test_fits_into_a_reply(stretch: Stretch) -> None:
    """The longest hold at the slowest pace, with all instructions, can be told in one reply."""
    block = Block(stretch=stretch, hold=stretch.guide.hold[1], pace=160)

    assert routine.length(routine.timeline(block, script)) < LONGEST
