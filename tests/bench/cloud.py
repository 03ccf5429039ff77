"""How the skill does on Lambda, beside two smaller ones built the same way: figures of the README.

Run: .venv/bin/python tests/bench/cloud.py
Amazon's own runtime client runs each, a new process a time, in turns, so that whatever else the machine does is shared.
`hello` is an ask-sdk skill that says hello; `bare` answers a fixed JSON document. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from skill.building import build, byte_code, packages  # noqa: E402  # found only now
from tests.aws.runtime import Json, Ran, run  # noqa: E402

PROCESSES, CALLS = 8, 300

HELLO = """
from ask_sdk_core.skill_builder import SkillBuilder

builder = SkillBuilder()


@builder.request_handler(can_handle_func=lambda _: True)
def hello(handler_input):
    return handler_input.response_builder.speak("Hello there. Shall we start?").ask("Shall we start?").response


handler = builder.lambda_handler()
"""

BARE = """
def handler(event, context):
    return {"version": "1.0", "response": {"outputSpeech": {"type": "PlainText", "text": "Hello there."},
                                           "shouldEndSession": True}}
"""

BARS: Mapping[str, tuple[str, float]] = {
    "init": ("ratio", 1.25), "first call": ("ms", 3.0), "warm p50": ("ratio", 1.3), "warm p99": ("ratio", 1.5),
}
"""What must not be exceeded: times hello's figure, or milliseconds."""

LARGEST = 6.0
"""MB of the archive."""


def main() -> int:
    """Prints two tables; 1 where a bar is missed."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        archive = build(folder / "coach")
        for name, code in (("hello", HELLO), ("bare", BARE)):
            (folder / name).mkdir()
            packages(folder / name, sys.executable)
            (folder / name / "main.py").write_text(code)
            byte_code(folder / name, sys.executable)
        ran = measured(folder)
        size = archive.stat().st_size / 1e6
    return report(ran, size)


def measured(folder: Path) -> Mapping[str, list[Ran]]:
    """Every process of every handler, in turns."""
    handlers = {"coach": "skill.aws.handler", "hello": "main.handler", "bare": "main.handler"}
    ran: dict[str, list[Ran]] = {name: [] for name in handlers}
    for _ in range(PROCESSES):
        for name, handler in handlers.items():
            ran[name].append(run(folder / name, handler, events()))
    return ran


def events() -> list[Json]:
    """What a session brings: it opens, asks, asks on, stretches and stops, again and again."""
    names = ("launch", "one-shot", "ask", "yes", "help", "symptom", "stop")
    read = [json.loads((ROOT / "tests" / "envelopes" / f"{name}.json").read_text()) for name in names]
    return [read[number % len(read)] for number in range(CALLS)]


def report(ran: Mapping[str, list[Ran]], size: float) -> int:
    """The tables, from the medians over processes."""
    figures = {name: {
        "init": statistics.median(each.init for each in processes),
        "first call": statistics.median(each.calls[0] for each in processes),
        "warm p50": statistics.median(statistics.median(each.calls[10:]) for each in processes),
        "warm p99": statistics.median(statistics.quantiles(each.calls[10:], n=100)[98] for each in processes),
    } for name, processes in ran.items()}
    missed = False
    print("| Lambda | Back Coach | hello | bare | ratio to hello | bar |\n| --- | --- | --- | --- | --- | --- |")
    for what, (kind, bar) in BARS.items():
        coach, hello, bare = (figures[name][what] for name in ("coach", "hello", "bare"))
        missed |= (coach if kind == "ms" else coach / hello) > bar
        limit = f"{bar:g} ms" if kind == "ms" else f"{bar:g} ×"
        print(f"| {what} | {coach:.2f} ms | {hello:.2f} ms | {bare:.2f} ms | {coach / hello:.2f} × | {limit} |")
    print(f"| size of the archive | {size:.1f} MB | | | | {LARGEST:g} MB |")
    return int(missed or size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
