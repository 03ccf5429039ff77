"""In the middle of a stretch, at any second of it: whatever is said, the place is right and nothing is lost.

The truth is read from the response itself: what is said when, in the audio document. The clock is the request's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest

from skill import app
from skill.dialogue.session import Session
from skill.domain.course import Course
from skill.domain.items import Routine, Stretch
from skill.simulator import played
from skill.simulator.echo import START
from skill.simulator.envelope import Device, intent
from skill.store import content
from tests.conftest import PERSON, Json, Spoken, judged, library, understood

ROUTINES = [item.id for item in library() if isinstance(item, Routine)]
YES, NO, PAUSE, NEXT, STOP = (f"AMAZON.{name}Intent" for name in ("Yes", "No", "Pause", "Next", "Stop"))

CLOSE = 2.0
"""Seconds by which a place may be wrong."""

STEP = 1
"""Seconds between two interruptions in the sweep."""

SKILL = app.skill()
ECHO = Device("echo-dot", "en-US", PERSON, verbatim=False)


def answer(spoken: Spoken, attributes: Json, second: float, *, new: bool = False) -> Json:
    """The answer to an intent, so many seconds after the start."""
    name, slots = (spoken, {}) if isinstance(spoken, str) else spoken
    heard = understood(name, slots)
    filled = intent(heard.intent, heard.slots)
    request = ECHO.request("IntentRequest", 1, START + timedelta(seconds=second), intent=filled)
    return judged(ECHO.envelope(request, ECHO.session("session", attributes, new=new)), SKILL)


@dataclass(frozen=True)
class Playing:
    """A block as it is played, from the moment when it was asked for."""

    attributes: Json
    cues: tuple[Json, ...]
    stretch: Stretch
    number: int
    """Which of the routine it is, from 0."""

    @property
    def length(self) -> float:
        """Seconds that it takes."""
        return played.seconds(self.cues)

    @property
    def holds(self) -> list[tuple[float, float]]:
        """When each side's hold begins and ends, as one hears it: by the change of sides, and by the release."""
        swaps = [cue["at"] for cue in self.cues if cue["text"] in content.phrases("en-US")["other-side"]]
        released = [cue["at"] for cue in self.cues if cue["text"] == self.stretch.guide.out]
        beat, hold = self.stretch.guide.beat, Session.load(self.attributes).course.hold
        length = 2 * round(hold / (2 * beat)) * beat if beat else hold
        return [(end - length, end) for end in (*swaps, *released)]


@cache
def blocks(routine: str) -> tuple[Playing, ...]:
    """Every block of a routine, played one after the other."""
    return tuple(_play(routine))


def _play(routine: str) -> Iterator[Playing]:
    at, given = 0.0, answer(("StartRoutineIntent", {"routine": routine}), {}, 0)
    spoken = NO
    number = 0
    while True:
        at += 200
        given = answer(spoken, given["sessionAttributes"], at)
        cues = played.timeline(given["response"])
        if not any(cue["item"] for cue in cues):
            return
        course = Session.load(given["sessionAttributes"]).course
        attributes = {**given["sessionAttributes"], "course": {**given["sessionAttributes"]["course"],
                                                              "at": course.at - round(1000 * at)}}
        stretch = library()[course.stretch]
        assert isinstance(stretch, Stretch)
        yield Playing(attributes, cues, stretch, number)
        spoken, number = YES, number + 1


def interrupted(block: Playing, spoken: Spoken, second: int) -> Json:
    """What comes of it when something is said at a second of a block."""
    return answer(spoken, block.attributes, second)


def truth(block: Playing, second: float) -> tuple[int, float]:
    """The side that somebody is on, and how much of all the holds was done, by what was heard so far."""
    done = sum(min(end, max(start, second)) - start for start, end in block.holds)
    side = next((number for number, (_, end) in enumerate(block.holds, 1) if second < end), len(block.holds))
    return side, done


def done(block: Playing, course: Course) -> float:
    """How much of all the holds is done by what the skill keeps."""
    if course.index > block.number:
        return sum(end - start for start, end in block.holds)
    start, end = block.holds[0]
    return (course.side - 1) * (end - start) + course.held


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_place_at_any_second(routine: str) -> None:
    """Whoever says "pause" at any second of a routine is where they were heard to be, within two seconds."""
    for block in blocks(routine):
        for second in range(0, int(block.length), STEP):
            course = Session.load(interrupted(block, PAUSE, second)["sessionAttributes"]).course
            _, was = truth(block, second)

            assert abs(done(block, course) - was) <= CLOSE, (block.stretch.id, second, course.side, course.held, was)


@pytest.mark.parametrize("routine", ROUTINES)
def test_going_on_at_any_second(routine: str) -> None:
    """Whoever pauses at any second and goes on does all that was left of it, and then the next."""
    for block in blocks(routine):
        total = sum(end - start for start, end in block.holds)
        for second in range(0, int(block.length) - 3, 3):
            paused = interrupted(block, PAUSE, second)
            again = answer(YES, paused["sessionAttributes"], second + 20)
            course = Session.load(again["sessionAttributes"]).course
            if course.index != block.number or not course.is_on:
                assert truth(block, second)[1] >= total - CLOSE
                continue
            after = Playing(again["sessionAttributes"], played.timeline(again["response"]), block.stretch, block.number)
            assert after.cues[0]["at"] == 0
            assert _held(after) == pytest.approx(total - truth(block, second)[1], abs=CLOSE), (block.stretch.id, second)


def _held(block: Playing) -> float:
    """Seconds of hold in what is played, counted from what is kept."""
    course = Session.load(block.attributes).course
    start, end = block.holds[-1]
    sides = block.stretch.guide.sides
    return (sides - course.side + 1) * (end - start) - course.held


COMMANDS = {
    NEXT: 1, "SkipIntent": 1, "AMAZON.PreviousIntent": -1, "AMAZON.StartOverIntent": -99,
    **dict.fromkeys((
        YES, NO, PAUSE, "AMAZON.ResumeIntent", "AMAZON.RepeatIntent", "AMAZON.HelpIntent", "AMAZON.FallbackIntent",
        "UnsureIntent", "TimeLeftIntent", "LongerIntent", "ShorterHoldIntent", "SlowerIntent", "FasterIntent",
        "EasierIntent", "HarderIntent", "OtherSideIntent", "ExplainIntent", "NotThatOneIntent", "ThatHurtsIntent",
        "SharpIntent", "StretchyIntent", "ThankIntent", "WhyIntent", "MoreIntent", "HowLongIntent", "TreatIceIntent",
    ), 0),
}
"""What may be said in the middle, and by how many stretches it moves."""


@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("spoken", COMMANDS)
def test_any_command_at_any_second(spoken: str, routine: str) -> None:
    """Every command, at every second of every routine, is obeyed, answered legally, and loses nothing of the plan."""
    for block in blocks(routine):
        plan = Session.load(block.attributes).course.plan
        for second in range(1, int(block.length), STEP):
            given = interrupted(block, spoken, second)
            after = Session.load(given["sessionAttributes"])
            over = second >= block.holds[-1][1] - 3
            wanted = max(0, block.number + COMMANDS[spoken] + (over and COMMANDS[spoken] == 0))

            names = [step.partition("/")[0] for step in after.course.plan]
            assert not names or names == [step.partition("/")[0] for step in plan] or spoken == "NotThatOneIntent"
            assert after.state == "stretch" or after.course.index >= len(after.course.plan) or not after.course.plan
            if not over and spoken not in ("NotThatOneIntent", "ShorterHoldIntent"):  # these may end the stretch
                assert after.course.index == min(wanted, len(plan)) or not after.course.plan, (block.stretch.id, second)


@pytest.mark.parametrize("routine", ROUTINES)
def test_stop_keeps_the_place(routine: str) -> None:
    """Whoever stops at any second finds the place again when the skill is opened the next day."""
    for block in blocks(routine)[:-1]:
        for second in range(0, int(block.length), 7):
            stopped = interrupted(block, STOP, second)
            assert stopped["response"]["shouldEndSession"]
            resumed = answer("AMAZON.ResumeIntent", {}, second + 3600, new=True)

            course = session_of(resumed)
            assert abs(done(block, course) - truth(block, second)[1]) <= CLOSE or course.index == block.number + 1


def session_of(given: Json) -> Course:
    """The course that an answer keeps."""
    return Session.load(given["sessionAttributes"]).course


