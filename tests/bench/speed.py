"""How fast it is, as whole processes and as turns: the figures of the README.

Run: .venv/bin/python tests/bench/speed.py
Medians over several runs; a wide spread between least and most says that the machine was busy.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from skill.dialogue import guiding  # noqa: E402  # found only now
from skill.domain import composing  # noqa: E402
from skill.domain.course import Course  # noqa: E402

if TYPE_CHECKING:
    from skill.alexa.skill import Skill
    from skill.dialogue.wording import Wording

START_OF_IT = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

START = "import json, sys, time; began = time.perf_counter(); "
IMPORT = START + "import skill.aws; print(time.perf_counter() - began)"
FIRST = START + (
    "import skill.aws; began = time.perf_counter(); "
    "skill.aws.handler(json.load(sys.stdin), None); print(time.perf_counter() - began)"
)
LOAD = START + (
    "from skill import app; app.ear('en-US'); print(time.perf_counter() - began)"
)


def main() -> None:
    """Prints a table of medians."""
    from skill import app  # noqa: PLC0415
    from skill.simulator import Speaker  # noqa: PLC0415

    envelope = Speaker(verbatim=False).say("what about ice").request  # as Amazon sends it
    skill, ear = app.skill(), app.ear("en-US")
    said = [json.loads(line)["text"] for line in (ROOT / "tests/utterances/held.jsonl").open()][:200]
    print("| what | median | least | most |\n| --- | --- | --- | --- |")
    report("import of the Lambda entry, a new process", [process(IMPORT) for _ in range(7)])
    report("first call after it", [process(FIRST, json.dumps(envelope)) for _ in range(7)])
    report("a warm turn", timed(lambda _: skill(envelope), [""] * 300))
    report("a warm turn, with a hundred times the content", timed(lambda _: larger(envelope), [""] * 300))
    report("composing ten minutes of stretches", timed(lambda _: composed(), [""] * 200))
    report("where somebody is in a stretch", timed(lambda _: placed(), [""] * 200))
    report("loading the ear, a new process", [process(LOAD) for _ in range(5)])
    report("hearing an utterance", timed(ear, said))


def larger(envelope: dict[str, Any]) -> object:
    """A turn of a skill that knows a hundred times as much."""
    return vast()(envelope)


@cache
def vast() -> Skill:
    """The skill, with every item a hundred times, under other ids and names."""
    from dataclasses import replace  # noqa: PLC0415

    from skill.alexa.skill import Skill  # noqa: PLC0415
    from skill.dialogue.coach import Coach  # noqa: PLC0415
    from skill.dialogue.questionnaire import Questionnaire  # noqa: PLC0415
    from skill.dialogue.reading import Reader  # noqa: PLC0415
    from skill.dialogue.wording import Texts, Wording  # noqa: PLC0415
    from skill.domain.library import Library  # noqa: PLC0415
    from skill.store import content, spoken  # noqa: PLC0415
    from skill.store.users import MemoryUsers  # noqa: PLC0415

    known = list(content.library("en-US"))
    more = [replace(item, id=f"{item.id}-{number}", names=tuple(f"{name} {number}" for name in item.names))
            for number in range(99) for item in known]
    texts = Texts(phrases=content.phrases("en-US"), sources=content.sources("en-US"), labels=content.screen("en"),
                  number=spoken.number)
    wording = Wording(Library([*known, *more]), texts, Questionnaire(content.questionnaire("en-US")),
                      Reader(content.reading("en")))
    return Skill(Coach({"en-US": wording}), MemoryUsers())


def composed() -> object:
    """A routine of ten minutes."""
    wording, stretches = words()
    return composing.compose(stretches, 600, lambda stretch, first: guiding.overhead(wording, stretch.id, full=first))


def placed() -> object:
    """The place in the middle of a block, from its course and the time."""
    wording, _ = words()
    course = Course(plan=("stretch.kneeling-lunge/60",), doing="play", at=guiding.milliseconds(START_OF_IT))
    return guiding.settled(wording, course, START_OF_IT + timedelta(seconds=70))


@cache
def words() -> tuple[Wording, list[Any]]:
    """The wording and the stretches of en-US."""
    from skill import app  # noqa: PLC0415
    from skill.domain.items import Stretch  # noqa: PLC0415

    wording = app.wordings()["en-US"]
    return wording, [item for item in wording.library if isinstance(item, Stretch)]


def process(code: str, given: str = "") -> float:
    """Seconds that a new process measured of itself."""
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True,
                          cwd=ROOT)
    return float(done.stdout.split()[-1])


def timed(call: Callable[[str], object], given: Sequence[str]) -> list[float]:
    """Seconds of each call."""
    seconds = []
    for each in given:
        began = time.perf_counter()
        call(each)
        seconds.append(time.perf_counter() - began)
    return seconds


def report(what: str, seconds: list[float]) -> None:
    """One row."""
    cells = " | ".join(f"{1000 * each:.1f} ms" for each in (statistics.median(seconds), min(seconds), max(seconds)))
    print(f"| {what} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
