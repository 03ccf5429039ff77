"""What is kept of somebody is looked up where a reply may hang on it, and nowhere else does one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

import pytest

from skill import app
from skill.dialogue.session import Session
from skill.dialogue.turn import Kind, Slot, Turn
from skill.domain.course import Course
from skill.domain.profile import Profile, merged
from skill.rehearsing import LAUNCH, NO, STATES, Stage, asking, ways_to_fill
from skill.simulator.echo import START
from skill.simulator.meant import Meant
from skill.store.users import MemoryUsers
from tests.conftest import intents

KNOWN = Profile(
    visits=7, unfinished=True, heard=("stretch.cat-cow", "stretch.childs-pose"), left_out=("stretch.plank",),
    course=Course(plan=("stretch.cat-cow/40", "stretch.childs-pose/30"), index=1, doing="rest",
                  at=round(1000 * START.timestamp())))
"""Somebody of whom everything is kept that can be."""

SAID = ("yes", "no wait, give me a stretch", "my back is killing me", "my foot is numb", "is ice any good",
        "what was that", "carry on", "about four days", "never that one again", "stop")
"""Words that may be at hand beside an intent."""


def meant() -> Iterator[tuple[str, Mapping[str, Slot]]]:
    """Every intent by its short name, with its slots filled in every way there is."""
    for name, slots in intents().items():
        short = name.removeprefix("AMAZON.").removesuffix("Intent")
        yield short, {}
        for slot, kind in slots.items():
            for filled in filter(None, ways_to_fill("en-US", kind)):
                yield short, {slot: Slot(filled.words, filled.ids)}


@pytest.mark.parametrize("before", {**STATES, "offered a routine": (LAUNCH, asking("routine.full"))}.values())
def test_not_looked_up(before: Sequence[Meant]) -> None:
    """A turn for which nothing is looked up is answered alike, and changes the same, whoever it is that speaks."""
    coach = app.coach()
    echo = Stage(app.skill).echo()
    for each in before:
        echo.launch() if each is LAUNCH else echo.mean(each)
    mark, said = echo.mark(), cycle(SAID)
    session = Session.load(mark.attributes)
    turns = [Turn(kind=Kind.INTENT, locale="en-US", at=mark.now + timedelta(seconds=20), intent=intent, slots=slots,
                  words=words, verbatim=bool(words), opens=not echo.open)
             for intent, slots in meant() for words in ("", next(said))]
    spared = [turn for turn in turns if not coach.recalls(turn, session)]

    for turn in spared:
        (reply, after), (known, after_known) = (
            coach.hear(each, session) for each in (turn, replace(turn, profile=KNOWN)))
        assert replace(reply, profile=known.profile) == known, turn
        assert after == after_known, turn
        assert merged(KNOWN, Profile(), reply.profile) == known.profile, turn
    assert bool(spared) == (echo.open and not session.course.plan)


class Gone(MemoryUsers):
    """Can't be asked any more once it is gone."""

    gone = False

    def load(self, user_id: str) -> Profile:
        """A person's profile, while it is there."""
        assert not self.gone
        return super().load(user_id)


def test_nobody_is_looked_up_in_a_check() -> None:
    """A check asks the store of nothing after its first turn, however long it is."""
    users = Gone()
    echo = Stage(app.skill).at("checking", users=users)
    users.gone = True

    turns = [echo.mean(NO) for _ in range(10)]

    assert "see-doctor" in [turn.disposition for turn in turns]  # it never said how long
