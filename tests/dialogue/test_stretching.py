"""Routines from their first word to their last, and what is remembered of them."""

from __future__ import annotations

import pytest

from skill.domain.items import Routine, Stretch
from skill.simulator.meant import Filled
from skill.simulator.turn import Turn
from skill.store import spoken
from skill.store.users import MemoryUsers
from tests.conftest import PERSON, Spoken, Talk, heard, library, session, to_the_end

YES, NO, STOP, NEXT, PAUSE, RESUME = (
    f"AMAZON.{name}Intent" for name in ("Yes", "No", "Stop", "Next", "Pause", "Resume"))
QUICK = ("StartRoutineIntent", {"routine": "routine.quick"})
FULL = ("StartRoutineIntent", {"routine": "routine.full"})
PLANK = ("StartStretchIntent", {"stretch": "stretch.plank"})
FEVER = ("ReportSymptomIntent", {"symptom": "sign.fever"})
ROUTINES = [item for item in library() if isinstance(item, Routine)]
GENTLE = {item.id for item in library() if isinstance(item, Stretch) and item.level == 1}
COMMANDS: tuple[Spoken, ...] = (
    YES, RESUME, NEXT, "SkipIntent", "AMAZON.RepeatIntent", "AMAZON.PreviousIntent", "AMAZON.StartOverIntent",
    "LongerIntent", "OtherSideIntent", "ExplainIntent", "EasierIntent", "NotThatOneIntent", QUICK, FULL, PLANK,
)


def minutes(value: str) -> Spoken:
    """A routine of a length, as Alexa writes it: "PT5M"."""
    return "StartRoutineIntent", {"duration": Filled(value, kind="AMAZON.DURATION")}


def stretches(blocks: list[Turn]) -> list[str]:
    """What was done, in order."""
    return [turn.said[-1] for turn in blocks]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda item: item.id)
def test_hands_free(routine: Routine) -> None:
    """A whole routine is done with one no and a yes between its stretches, and takes as long as its card says."""
    blocks = to_the_end(Talk(), ("StartRoutineIntent", {"routine": routine.id}), NO)

    assert stretches(blocks) == list(routine.stretches)
    assert all(turn.state == "stretch" and turn.open for turn in blocks)
    assert sum(turn.seconds for turn in blocks) == pytest.approx(60 * routine.facts["minutes"][0], rel=0.1)


@pytest.mark.parametrize("length", [1, 2, 4, 5, 7, 10, 13, 16, 20])
@pytest.mark.parametrize("times", [1, 2])
def test_any_length(length: int, times: int) -> None:
    """As long as was asked for, within a tenth, with all instructions and without."""
    users = MemoryUsers()
    for _ in range(times):
        blocks = to_the_end(Talk(users=users), minutes(f"PT{length}M"), NO)

    assert sum(turn.seconds for turn in blocks) == pytest.approx(60 * length, rel=0.1)


@pytest.mark.parametrize(("value", "seconds"), [("PT45M", 1200), ("PT10S", 60), ("PT1H", 1200), ("PT90S", 90)])
def test_lengths_out_of_range(value: str, seconds: int) -> None:
    """What is too long or too short comes as near as it can."""
    blocks = to_the_end(Talk(), minutes(value), NO)

    assert sum(turn.seconds for turn in blocks) == pytest.approx(seconds, rel=0.12)


@pytest.mark.parametrize("value", ["", "?", "P2D", "PT", "soon"])
def test_no_length_at_all(value: str) -> None:
    """A length that is none is as if none had been named."""
    assert Talk().play(minutes(value))[-1].said == ("routine.relief",)


def test_an_area() -> None:
    """Whoever names a part of the body gets a stretch for it first of all."""
    turn = Talk().play(("StartRoutineIntent", {"area": Filled("hips", ("hips",), "BodyArea")}), NO)[-1]

    assert turn.said == ("stretch.kneeling-lunge",)


def test_first_in_full_then_in_short() -> None:
    """Instructions are told the first time; later the name and the time are enough, and "explain" brings them back."""
    users = MemoryUsers()
    first = Talk(users=users).play(PLANK, NO, YES)[1]
    again = Talk(users=users).play(PLANK, NO)[-1]
    talk = Talk(users=users)
    talk.play(PLANK, NO)
    explained = talk.barge_in(12, "ExplainIntent")
    plank = library()["stretch.plank"]
    assert isinstance(plank, Stretch)

    assert all(sentence in first.speech and sentence in explained.speech for sentence in plank.guide.into)
    assert not any(sentence in again.speech for sentence in plank.guide.into)


def test_asked_once() -> None:
    """Whether anything speaks against it is asked once in a conversation, and anew in the next one."""
    talk = Talk()
    first, _, second = talk.play(QUICK, NO, FULL)
    third = Talk().play(FULL)[0]

    assert len(first.asking) == len(third.asking) == 3
    assert second.asking == ()
    assert second.timeline


@pytest.mark.parametrize("answer", [YES, "UnsureIntent"])
def test_something_speaks_against_it(answer: str) -> None:
    """A yes, and "not sure", go to the check."""
    turn = Talk().play(QUICK, answer)[-1]

    assert (turn.state, turn.timeline) == ("check", ())


@pytest.mark.parametrize("command", COMMANDS, ids=str)
@pytest.mark.parametrize("sign", ["sign.saddle", "sign.fever"])
def test_nothing_after_an_alarm(sign: str, command: Spoken) -> None:
    """After an emergency, or "be seen today", nothing is played in that conversation, whatever is asked."""
    talk = Talk()
    turn = talk.play(FULL, NO, ("ReportSymptomIntent", {"symptom": sign}))[-1]
    for _ in range(20):
        if turn.disposition:
            break
        turn = talk.say(YES if turn.asking == ("sign.fever",) else NO)
    assert turn.disposition in ("emergency", "urgent")

    after = talk.play(command, command, YES)

    assert not any(each.timeline for each in after)
    assert not any(item.startswith("stretch.") for each in after for item in each.said)


def test_gentle_until_a_doctor_was_seen() -> None:
    """While an appointment is waited for, only the gentlest is played."""
    talk = Talk()
    turn = talk.play(("ReportSymptomIntent", {"symptom": "sign.radiating"}))[-1]
    for _ in range(20):
        if turn.disposition:
            break
        turn = talk.say("TellDurationIntent", duration=Filled("P2D", kind="AMAZON.DURATION")) \
            if turn.asking == ("duration",) else talk.say("TellSideIntent", side=Filled("one leg", ("one",), "Side")) \
            if turn.asking == ("side",) else talk.say(NO)
    assert turn.disposition == "see-doctor"

    done = stretches(to_the_end(talk, FULL))

    assert done
    assert set(done) <= GENTLE


def test_never_again() -> None:
    """What somebody doesn't want is left out, in this routine and in all later ones."""
    users = MemoryUsers()
    now = Talk(users=users).play(FULL, NO, "NotThatOneIntent")[-1]
    later = stretches(to_the_end(Talk(users=users), FULL, NO))

    assert now.said[-1] != "stretch.childs-pose"
    assert users.load(PERSON).left_out == ("stretch.childs-pose",)
    assert later
    assert "stretch.childs-pose" not in later


def test_pain() -> None:
    """Sharp pain goes to the check, a mere pull gets gentler, and a no to that does something gentler instead."""
    sharp, pull = (Talk().play(FULL, NO, "ThatHurtsIntent", said) for said in ("SharpIntent", "StretchyIntent"))
    gentler = Talk().play(FULL, NO, NEXT, NEXT, "ThatHurtsIntent", "StretchyIntent", NO)[-1]
    childs_pose = library()["stretch.childs-pose"]
    assert isinstance(childs_pose, Stretch)

    assert not sharp[2].timeline
    assert sharp[-1].state == "check"
    assert childs_pose.guide.easier in pull[-1].speech
    assert gentler.timeline
    assert gentler.said == ("stretch.plank",)  # knee to chest comes later in this routine anyhow


@pytest.mark.parametrize("command", [*COMMANDS[1:], PAUSE, "ShorterHoldIntent", "SlowerIntent"], ids=str)
def test_pain_is_answered_for_first(command: Spoken) -> None:
    """While it's open how it hurts, nothing is played, whatever is asked; the question stays."""
    talk = Talk()
    talk.play(FULL, NO)
    hurting = talk.barge_in(30, "ThatHurtsIntent")
    turn, after = talk.play(command, "StretchyIntent")

    assert turn.asking == hurting.asking == ("sign.stabbing",)
    assert not turn.timeline
    assert session(after).course.doing == "ease"


def test_a_question_in_the_middle() -> None:
    """A question is answered, and the one after it leads back to the same place."""
    talk = Talk()
    talk.play(FULL, NO)
    paused = talk.say("TreatIceIntent")
    back = talk.say(YES)

    assert paused.said == ("treat.ice",)
    assert paused.state == "stretch"
    assert back.said == ("stretch.cat-cow",)


@pytest.mark.parametrize("words", ["my foot's gone numb", "my leg just gave way", "i've got a fever"])
def test_a_sign_in_the_middle(words: str) -> None:
    """A warning sign is heard in the middle of a stretch, and the check begins."""
    turn = heard("start the full routine", "no", words)[-1]

    assert turn.state == "check"
    assert turn.found


@pytest.mark.parametrize("answer", [YES, NO, "UnsureIntent"])
def test_asked_about_a_sign_in_the_middle(answer: str) -> None:
    """Whoever asks about an emergency sign is asked whether they have it; a yes to that is no yes to the stretch."""
    talk = Talk()
    asked, after = talk.play(FULL, NO, "SignBladderBowelIntent", answer)[2:]

    assert asked.said == ("sign.bladder-bowel",)
    assert not after.timeline
    assert after.disposition == ("emergency" if answer == YES else None)


def test_done() -> None:
    """"I'm done", in the middle of a stretch, ends it, and means no more than that."""
    assert heard("start the full routine", "no", "i'm done")[-1].state == "closed"


@pytest.mark.parametrize(("words", "stretch"), [("cat thing", "stretch.cat-cow"), ("wall one", "stretch.wall-slide")])
def test_half_a_name(words: str, stretch: str) -> None:
    """A word that only one stretch has in its names is enough; one that several have, or none, isn't."""
    asked: Spoken = ("StartStretchIntent", {"stretch": Filled(words, kind="Stretch")})

    assert Talk().play(asked, NO)[-1].said == (stretch,)
    assert not Talk().play(("StartStretchIntent", {"stretch": Filled("knee one", kind="Stretch")}))[0].asking
    assert not Talk().play(("StartStretchIntent", {"stretch": Filled("the one", kind="Stretch")}))[0].asking


def test_why_is_that_asked() -> None:
    """Whoever asks why, is told, and asked again."""
    asked, told = Talk().play(FULL, "WhyIntent")

    assert told.asking == asked.asking
    assert any(line.startswith("=why-safe/") for line in session(told).lines)


@pytest.mark.parametrize("item", ["stretch.plank", "routine.quick"])
def test_offered(item: str) -> None:
    """Whoever asks about a stretch or a routine is offered to be coached through it; a yes begins it."""
    told, guarded, played = Talk().play(("AskIntent", {"topic": item}), YES, NO)

    assert told.said == (item,)
    assert len(guarded.asking) == 3
    assert played.timeline


def test_an_emergency_in_the_middle() -> None:
    """An emergency ends the routine for good."""
    told, after = heard("start the full routine", "no", "i can't feel between my legs and i've wet myself",
                        "carry on")[-2:]

    assert told.disposition == after.disposition == "emergency"
    assert not after.timeline


def test_time_left_of_both_sides() -> None:
    """In the first of two sides the time that is left is that of both."""
    talk = Talk()
    talk.play(("StartStretchIntent", {"stretch": "stretch.kneeling-lunge"}), NO)
    told = talk.barge_in(5, "TimeLeftIntent")
    hold = [cue for cue in told.timeline if cue["side"] == "left"]

    assert hold
    assert session(told).course.side == 1
    assert spoken.number(2 * int(session(told).course.plan[0].partition("/")[2])) in told.speech.lower()


def test_time_left_between_two() -> None:
    """Between two stretches the next one is counted among those that are left."""
    talk = Talk()
    talk.play(("StartRoutineIntent", {"routine": "routine.full"}), NO)
    told = talk.say("TimeLeftIntent")
    ahead = len(session(told).course.plan) - session(told).course.index

    assert spoken.number(ahead) in told.speech.lower()


def test_time_left_while_paused() -> None:
    """Paused in the middle of a stretch, it isn't counted among those that come after it."""
    talk = Talk()
    talk.play(("StartRoutineIntent", {"routine": "routine.full"}), NO)
    talk.barge_in(45, PAUSE)
    told = talk.say("TimeLeftIntent")
    after = len(session(told).course.plan) - 1

    assert session(told).course.held
    assert told.speech.lower().startswith((spoken.number(after), f"then {spoken.number(after)}",
                                           f"and {spoken.number(after)}"))
