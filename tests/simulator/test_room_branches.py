"""Conversations that branch off from a turn of a room, what a room keeps, and two who use it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from skill.domain.profile import Profile
from skill.simulator.move import LAUNCH, Move
from skill.simulator.room import KEPT, Room
from tests.simulator.rooms import STRETCHING, WORKSHOP, asked, room, standing

# --- branching ---


def test_branch_from_any_turn() -> None:
    """From any turn another conversation branches off in which everything is as it was then."""
    there = room(Move(you="what about ice"), *STRETCHING, Move(wait=5), Move(you="skip", device="echo-show"),
                 Move(do="leave", store="down"))

    for taken in there.taken:
        other = there.branch(taken.number)
        assert other.taken == there.taken[:taken.number]
        assert (other.device.name, other.device.locale, other.down) == (
            taken.device.name, taken.device.locale, taken.down)
        assert other.device.user_id != there.device.user_id


def test_branch_goes_on_as_it_would_have() -> None:
    """The same move from the same turn comes to the same."""
    there = room(Move(you="what about ice"), *STRETCHING)
    other = there.branch(3)
    one, two = (each.do(Move(you="how long left", after=25)) for each in (there, other))

    assert (one.turn.as_json() | {"request": {}}) == (two.turn.as_json() | {"request": {}})
    assert asked(one) == asked(two)
    assert one.profile == two.profile
    assert one.clock == two.clock


def test_branches_are_apart() -> None:
    """What happens in one branch changes nothing in the other: no session, no profile, no device."""
    there = room(*STRETCHING)
    other = there.branch(2)
    before = standing(there)
    for move in (Move(you="never that one", device="echo-show"), Move(you="stop"), Move(you="forget me"),
                 Move(intent=LAUNCH, store="down", locale="en-IN")):
        other.do(move)

    assert standing(there) == before
    assert there.do(Move(you="how long left", after=25)).turn.state == "stretch"
    assert there.taken[-1].profile.visits == 1


def test_branch_with_a_profile() -> None:
    """A branch knows of somebody what was known at its turn, and not what came later."""
    there = room(Move(intent=LAUNCH), Move(do="leave"), Move(intent=LAUNCH), Move(do="leave"))
    welcomes = [there.branch(number).do(Move(intent=LAUNCH)).profile.visits for number in (2, 4)]

    assert welcomes == [2, 3]


def test_no_such_turn() -> None:
    """A turn that isn't there can't be found, nor branched from."""
    there = room(Move(intent=LAUNCH))

    with pytest.raises(LookupError, match="no turn 2"):
        there.find(2)
    with pytest.raises(LookupError, match="no turn 0"):
        there.branch(0)


# --- keeping ---


def test_known_beforehand() -> None:
    """Somebody may have been here before; every move says how often they had."""
    there = Room(WORKSHOP, profile=Profile(visits=3))
    first, second = there.do(Move(intent=LAUNCH)), there.do(Move(you="what about ice"))

    assert [(taken.visits, taken.profile.visits) for taken in (first, second)] == [(3, 4), (4, 4)]


def test_the_last_are_kept() -> None:
    """Only the last moves are kept, by their numbers, and the conversation goes on."""
    there = room(*[Move(wait=1)] * (KEPT + 5))

    assert [taken.number for taken in there.taken] == list(range(6, KEPT + 6))
    assert there.branch(KEPT + 5).do(Move(intent=LAUNCH)).number == KEPT + 6
    with pytest.raises(LookupError, match="too long ago"):
        there.find(5)


def test_two_at_once() -> None:
    """Two who use a room at the same moment are answered one after the other, and nothing is lost."""
    there = room(Move(intent=LAUNCH))

    def talk(intent: str) -> None:
        for _ in range(20):
            there.do(Move(intent=intent))
            assert there.branch(there.taken[-1].number).taken

    with ThreadPoolExecutor(2) as two:
        list(two.map(talk, ("AMAZON.HelpIntent", "AMAZON.RepeatIntent")))

    assert [taken.number for taken in there.taken] == list(range(1, 42))
    assert all(before.mark.attributes == after.turn.request["session"]["attributes"]
               for before, after in pairwise(there.taken))
