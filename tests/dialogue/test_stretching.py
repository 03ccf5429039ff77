"""Routines from their first word to their last, and what is remembered of them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from skill.domain.course import Course
from skill.domain.items import Routine, Stretch
from skill.domain.profile import Profile, StoreDown, Users
from skill.simulator.turn import Turn
from skill.store.users import MemoryUsers, SqliteUsers
from tests.conftest import LAUNCH, PERSON, TESTS, Filled, Spoken, Talk, heard, library, session

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


def to_the_end(talk: Talk, *spoken: Spoken) -> list[Turn]:
    """The blocks of a routine, with no word but "yes" between them."""
    turns = talk.play(*spoken)
    while turns[-1].timeline:
        turns.append(talk.say(YES))
    return [turn for turn in turns if turn.timeline]


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


def test_a_question_in_the_middle() -> None:
    """A question is answered, and the one after it leads back to the same place."""
    talk = Talk()
    talk.play(FULL, NO)
    paused = talk.say("TreatIceIntent")
    back = talk.say(YES)

    assert paused.said == ("treat.ice",)
    assert paused.state == "stretch"
    assert back.said == ("stretch.cat-cow",)


@pytest.mark.parametrize("ending", ["silence", "stop", "left"])
def test_welcome_back(ending: str, tmp_path: Path) -> None:
    """However a conversation ended, the next one knows the place: another process opens the same file."""
    talk = Talk(users=SqliteUsers(tmp_path / "people.db"))
    talk.play(QUICK, NO)
    {"silence": lambda: talk.silence(20), "stop": lambda: talk.say(STOP), "left": talk.leave}[ending]()

    later = Talk(users=SqliteUsers(tmp_path / "people.db"))
    later.later(timedelta(minutes=30))
    opened, guarded, played = later.play(LAUNCH, YES, NO)

    assert opened.state == "stretch"
    assert len(guarded.asking) == 3
    assert played.said == ("stretch.cat-cow" if ending == "left" else "stretch.childs-pose",)


@pytest.mark.parametrize("command", [NEXT, PAUSE, RESUME, "TimeLeftIntent", "SlowerIntent"])
def test_one_shot_after_the_session_died(command: str) -> None:
    """A command out of the blue takes up what was left."""
    users = MemoryUsers()
    Talk(users=users).play(QUICK, NO, STOP)

    later = Talk(users=users)
    later.later(timedelta(minutes=10))

    assert later.play(command)[0].state == "stretch"


def test_left_for_good() -> None:
    """What was left a day ago isn't brought up again; "forget me" forgets it at once."""
    users = MemoryUsers()
    Talk(users=users).play(QUICK, NO, STOP)
    late = Talk(users=users)
    late.later(timedelta(days=2))
    assert late.launch().state == "open"

    Talk(users=users).play("ForgetMeIntent")
    assert users.load(PERSON) == Profile()


class Failing(MemoryUsers):
    """A store that can't be read, or can't be written."""

    def __init__(self, *, reads: bool) -> None:
        super().__init__()
        self._reads = reads

    def load(self, user_id: str) -> Profile:
        """A profile, or nothing."""
        if not self._reads:
            raise StoreDown(user_id)
        return super().load(user_id)

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """The disk is full."""
        raise StoreDown(user_id, before, after)


@pytest.mark.parametrize("reads", [True, False])
def test_without_memory(reads: bool) -> None:  # a case
    """A store that is down or full stops no stretch; it is said once that the place can't be kept."""
    users: Users = Failing(reads=reads)
    blocks = to_the_end(Talk(users=users), QUICK, NO)
    told = [any(line.startswith("=no-memory") for line in session(turn).lines) for turn in blocks]

    assert len(blocks) == 3
    assert told == [True, False, False]


WRITER = """
import sys
from pathlib import Path
from skill.domain.course import Course
from skill.domain.profile import Profile
from skill.store.users import SqliteUsers
users, before = SqliteUsers(Path(sys.argv[1])), Profile()
for index in range(10_000):
    after = Profile(course=Course(plan=("stretch.plank/20",) * 50, index=index, doing="play"))
    users.save("somebody", before, after)
    print(index, flush=True)
    before = after
"""


@pytest.mark.parametrize("writes", [1, 2, 7, 20])
def test_killed_between_two_writes(writes: int, tmp_path: Path) -> None:
    """A process that is killed leaves the last place that it kept, or the next, and never a broken one."""
    file = tmp_path / "people.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True,
                          cwd=TESTS.parent) as process:
        assert process.stdout
        last = [int(process.stdout.readline()) for _ in range(writes)][-1]
        os.kill(process.pid, signal.SIGKILL)
        more = process.stdout.read().split()

    kept = SqliteUsers(file).load("somebody").course

    assert kept.plan == ("stretch.plank/20",) * 50
    assert kept.index - max([last, *map(int, more)]) in (0, 1)


def test_two_devices(tmp_path: Path) -> None:
    """Two devices of one person at once lose nothing of what the other has learnt."""
    file = tmp_path / "people.db"
    names = [f"stretch.{number}" for number in range(12)]
    before = SqliteUsers(file).load("somebody")
    threads = [Thread(target=SqliteUsers(file).save, args=("somebody", before, Profile(left_out=(name,))))
               for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(SqliteUsers(file).load("somebody").left_out) == set(names)


def test_two_devices_each_their_own() -> None:
    """What one device changed stays when another changes something else."""
    users = MemoryUsers()
    users.save(PERSON, Profile(), Profile(visits=3, heard=("a", "b")))
    users.save(PERSON, Profile(visits=3, heard=("a", "b")), Profile(visits=3, heard=("b", "c")))
    users.save(PERSON, Profile(visits=3), Profile(visits=3, course=Course(plan=("stretch.plank/20",))))

    assert users.load(PERSON) == Profile(visits=3, heard=("b", "c"), course=Course(plan=("stretch.plank/20",)))


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


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("said", [[], ["ThatHurtsIntent"], ["ThatHurtsIntent", "StretchyIntent"]])
def test_pain_is_not_kept(said: list[str], left: bool) -> None:
    """That something hurt lives in the conversation alone: what is kept of it is the place."""
    users = MemoryUsers()
    talk = Talk(users=users)
    talk.play(FULL, *([NO] if said else []), *said)
    if left:
        talk.leave()

    assert users.load(PERSON).course.doing in ("play", "rest")


def test_why_is_that_asked() -> None:
    """Whoever asks why, is told, and asked again."""
    asked, told = Talk().play(FULL, "WhyIntent")

    assert told.asking == asked.asking
    assert any(line.startswith("=why-safe/") for line in session(told).lines)


def test_junk_in_the_store(tmp_path: Path) -> None:
    """A document that nobody can read stops no stretch, and what follows is kept again."""
    users = SqliteUsers(tmp_path / "people.db")
    users.save(PERSON, Profile(), Profile(visits=1))
    with closing(sqlite3.connect(tmp_path / "people.db")) as database, database:
        junk = '{"course": {"plan": [1, {}], "pace": "fast"}, "heard": 7'
        database.execute("UPDATE profile SET document = ?", (junk,))

    assert len(to_the_end(Talk(users=users), QUICK, NO)) == 3
    assert users.load(PERSON).course.plan


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
