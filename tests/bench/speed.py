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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

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

    speaker = Speaker()
    envelope = speaker.say("what about ice").request
    skill, ear = app.skill(), app.ear("en-US")
    said = [json.loads(line)["text"] for line in (ROOT / "tests/utterances/held.jsonl").open()][:200]
    print("| what | median | least | most |\n| --- | --- | --- | --- |")
    report("import of the Lambda entry, a new process", [process(IMPORT) for _ in range(7)])
    report("first call after it", [process(FIRST, json.dumps(envelope)) for _ in range(7)])
    report("a warm turn", timed(lambda _: skill(envelope), [""] * 300))
    report("loading the ear, a new process", [process(LOAD) for _ in range(5)])
    report("hearing an utterance", timed(ear, said))


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
