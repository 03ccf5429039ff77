"""How well utterances are understood: labelled utterances, the judge, and the ears that are compared.

An utterance is played as a one-shot to a new speaker: words → ear → envelope → skill → what the answer drew on.
It is right if the answer draws on an expected item, or the intent is the expected command.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill import app
from skill.simulator.echo import Echo
from skill.simulator.envelope import Device
from skill.simulator.turn import Turn

UTTERANCES = Path(__file__).parent / "utterances"

COMMANDS = {
    "yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent", "unsure": "UnsureIntent", "repeat": "AMAZON.RepeatIntent",
    "stop": "AMAZON.StopIntent", "cancel": "AMAZON.CancelIntent", "help": "AMAZON.HelpIntent",
    "next": "AMAZON.NextIntent", "previous": "AMAZON.PreviousIntent", "skip": "SkipIntent",
    "pause": "AMAZON.PauseIntent", "resume": "AMAZON.ResumeIntent", "restart": "AMAZON.StartOverIntent",
    "how-long-left": "TimeLeftIntent", "slower": "SlowerIntent", "faster": "FasterIntent",
    "easier": "EasierIntent", "harder": "HarderIntent", "why-ask": "WhyIntent",
    "list-stretches": "ListStretchesIntent", "check-warning-signs": "CheckWarningSignsIntent",
    "start-routine": "StartRoutineIntent", "start-stretch": "StartStretchIntent",
}
"""The labels of commands, and the intent each stands for."""

Hear = Callable[[str], Any]
"""An ear: words → intent, slots and how sure it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something somebody said, and what a fair listener would expect."""

    text: str
    kind: str
    """question, command, symptom, out-of-domain or chitchat."""
    expect: tuple[str, ...]
    """Ids; an answer that draws on one of them is right."""
    actions: tuple[str, ...]
    """Commands that are right."""
    difficulty: str
    locale: str


def read(path: Path) -> list[Utterance]:
    """The utterances of a file, one JSON object a line."""
    return [_utterance(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def _utterance(row: Mapping[str, Any]) -> Utterance:
    others = row.get("or_action") or []
    actions = [row["action"], *([others] if isinstance(others, str) else others)]
    return Utterance(text=row["text"], kind=row["kind"], expect=tuple(row["expect"]), difficulty=row["difficulty"],
                     actions=tuple(filter(None, actions)), locale=row["locale"])


def play(utterance: Utterance, hear: Hear) -> Turn:
    """The turn that an utterance brings, as a one-shot in an American kitchen."""
    return Echo(app.skill(), lambda said, *_: hear(said), Device("echo-dot", "en-US", "somebody")).say(utterance.text)


def right(utterance: Utterance, turn: Turn) -> bool:
    """Whether the turn is what a fair listener would expect."""
    if turn.intent in {COMMANDS[action] for action in utterance.actions}:
        return True
    if utterance.kind == "out-of-domain":
        return turn.intent == "AMAZON.FallbackIntent"
    if utterance.kind == "chitchat":
        return not turn.said
    return bool(set(turn.said) & set(utterance.expect))


def tally(utterances: Iterable[Utterance], hear: Hear) -> dict[str, tuple[int, int]]:
    """Right and all, by kind, by kind and difficulty, and "questions and commands" together."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for utterance in utterances:
        good = right(utterance, play(utterance, hear))
        counts[utterance.kind].append(good)
        counts[f"{utterance.kind}, {utterance.difficulty}"].append(good)
        if utterance.kind in ("question", "command"):
            counts["questions and commands"].append(good)
    return {name: (sum(goods), len(goods)) for name, goods in sorted(counts.items())}
