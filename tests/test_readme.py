"""README and docs tell the truth: their conversations are held, their Python runs, their commands exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skill.simulator import Speaker
from skill.simulator.script import Script, replay
from skill.workshop import Workshop

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


SIMULATOR = (ROOT / "docs" / "simulator.md").read_text("utf-8")


def blocks(language: str, document: str = README) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", document, re.DOTALL)


HELD = re.findall(r"<!-- executed by tests/test_readme.py -->\n```text\n(.*?)```", README, re.DOTALL)


def test_conversations_are_there() -> None:
    """A question, a check that ends at home, one that does not, a stretch that is broken into, a whole routine."""
    assert len(HELD) == 5


@pytest.mark.parametrize("conversation", HELD)
def test_conversation(conversation: str) -> None:
    """What the README lets a person hear is what they hear."""
    lines = [line for line in conversation.splitlines() if line]
    speaker = Speaker()

    for said, answered in zip(lines[::2], lines[1::2], strict=True):
        words, _, second = said.removeprefix("you").strip().partition("  (after ")
        turn = speaker.say(words, after=float(second.split()[0]) if second else None)

        assert turn.speech == answered.removeprefix("coach").strip()


def test_python() -> None:
    """The README's Python runs as it stands."""
    (code,) = blocks("python")

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_kept_conversation() -> None:
    """The conversation that the simulator's page shows as a file can be had again."""
    (text,) = blocks("toml", SIMULATOR)
    workshop = Workshop()

    assert [step.differences for step in replay(Script.read(text), workshop, workshop.judge)] == [(), ()]


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line]
COMMANDS += [line for block in blocks("sh", SIMULATOR) for line in block.splitlines() if " -m skill " in line]

PLAYED = re.compile(r"-m skill (say|hear|check|model|replay|build)")
"""Commands that end by themselves."""


@pytest.mark.parametrize("command", [line for line in COMMANDS if PLAYED.search(line)])
def test_command(command: str) -> None:
    """A command of the README succeeds as it is written."""
    if " hear " in command and shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    words = command.replace(".venv/bin/python", sys.executable)

    subprocess.run(words, shell=True, cwd=ROOT, check=True, capture_output=True, timeout=120)


def test_commands_are_known() -> None:
    """Every other command is run by CI (make), talks to a person, or measures."""
    others = [line for line in COMMANDS if not PLAYED.search(line)]

    assert {line.split()[0] for line in others} <= {"make", ".venv/bin/python"}
    assert all(re.search(r"^make (run|talk|test)$|-m skill talk$|tests/bench/\w+\.py$", line) for line in others)
    assert all((ROOT / name).is_file() for line in others for name in re.findall(r"tests/bench/\w+\.py", line))
