"""What is kept of a routine: through silence, restarts and kills, by several devices, and without a store."""

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
from skill.domain.profile import Profile, StoreDown, Users
from skill.store.sqlite import SqliteUsers
from skill.store.users import MemoryUsers
from tests.conftest import LAUNCH, PERSON, TESTS, Talk, session, to_the_end

YES, NO, STOP, NEXT, PAUSE, RESUME = (
    f"AMAZON.{name}Intent" for name in ("Yes", "No", "Stop", "Next", "Pause", "Resume"))
QUICK = ("StartRoutineIntent", {"routine": "routine.quick"})
FULL = ("StartRoutineIntent", {"routine": "routine.full"})


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
from skill.store.sqlite import SqliteUsers
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


def test_junk_in_the_store(tmp_path: Path) -> None:
    """A document that nobody can read stops no stretch, and what follows is kept again."""
    users = SqliteUsers(tmp_path / "people.db")
    users.save(PERSON, Profile(), Profile(visits=1))
    with closing(sqlite3.connect(tmp_path / "people.db")) as database, database:
        junk = '{"course": {"plan": [1, {}], "pace": "fast"}, "heard": 7'
        database.execute("UPDATE profile SET document = ?", (junk,))

    assert len(to_the_end(Talk(users=users), QUICK, NO)) == 3
    assert users.load(PERSON).course.plan


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
