"""People with sore backs: stories told answer by answer, and things blurted out, played through the whole skill.

The files in tests/people/ were written by writers who had seen the article and the list of facts, or no more than a few
samples, and nothing of the skill. Those named `develop` were used to make it; those named `everyday` were heard once,
before anything was mended by them, and nothing has learnt their words; those named `report` are only ever counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from skill.domain import signs
from skill.domain.items import Disposition
from skill.simulator import Speaker, Turn

PEOPLE = Path(__file__).parent / "people"

Row = Mapping[str, Any]

NewSpeaker = Callable[[], Speaker]

IN_A_LEG = {signs.NUMBNESS, signs.LEG_WEAKNESS, signs.BOTH_LEGS, signs.RADIATING}
"""What a question about legs may be about."""

MOST_TURNS = 40
"""Turns after which a conversation has lost its way."""

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "saddle-numbness": (signs.SADDLE,), "cancer-history": (signs.CANCER,), "immune": (signs.INFECTION,),
    "faint": (signs.CHEST,), "abdominal-pain": (signs.BELLY,), "chest-pain": (signs.CHEST,),
    "thoracic": (signs.UPPER_BACK,), "osteoporosis": (signs.FRAGILE,), "steroids": (signs.FRAGILE, signs.INFECTION),
    "vaginal-bleeding": (signs.BELLY,), "contractions": (signs.BELLY,), "age-over-70": (signs.FRAGILE,),
    "under-16": (signs.CHILD,), "thinners": (signs.FRAGILE,),
}
"""How writers call what the skill calls otherwise."""


def read(path: Path) -> list[Row]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def facts(extra: str) -> set[str]:
    """The ids that an extra of a story may go by."""
    return {f"sign.{extra}", f"risk.{extra}", *OTHER_NAMES.get(extra, (extra,))}


@dataclass(frozen=True)
class Person:
    """Somebody with a story, who answers what is asked."""

    row: Row
    chance: Random

    def truth(self, fact: str) -> str:
        """How it is with a sign or risk: "yes", "no" or "unsure"."""
        told = self.row["signs"].get(fact)
        if told is not None:
            return {True: "yes", False: "no"}.get(told, "unsure")
        return "yes" if any(fact in facts(extra) for extra in self.row["extra"]) else "no"

    def answer(self, asking: Iterable[str]) -> str:
        """What this person says to a question about some ids."""
        asked = list(asking)
        if not asked:
            return "no"
        if asked[0] in ("duration", "trend", "side", "severity"):
            return self._measure(asked[0])
        asked = [signs.SEVERE_72H if fact == signs.SEVERE else fact for fact in asked]
        for kind in ("yes", "unsure"):
            for fact in asked:
                if self.truth(fact) == kind:
                    return self._words(fact, "yes" if kind == "yes" else "i'm not sure")
        return self._words(asked[0], "no")

    def _words(self, fact: str, plain: str) -> str:
        answers = {**self.row.get("extra_answers", {}), **self.row["answers"]}
        short = fact.partition(".")[2]
        given = answers.get(fact) or answers.get(short) or [plain]
        return str(self.chance.choice(given))

    def _measure(self, what: str) -> str:
        given = self.row.get("extra_answers", {}).get(what)
        if given:
            return str(self.chance.choice(given))
        return {
            "duration": f"about {self.row['duration_days']} days",
            "severity": f"about a {self.row['severity_0_10']}",
            "trend": "getting worse" if self.row["signs"].get(signs.WORSENING) is True else "about the same",
            "side": "both" if "both-legs" in self.row["extra"] else "just the one",
        }[what]


@dataclass(frozen=True)
class Told:
    """How a story went."""

    row: Row
    turns: list[Turn]

    @property
    def disposition(self) -> str | None:
        """Where the person was sent."""
        return self.turns[-1].disposition

    @property
    def questions(self) -> int:
        """Questions that the person had to answer."""
        return sum(turn.state == "check" for turn in self.turns)

    @property
    def verdict(self) -> str:
        """What it was worth: "exact", "accepted", "unsafe", "under", "over" or "lost"."""
        given, wanted = self.disposition, self.row["disposition"]
        if given is None:
            return "lost"
        if given == wanted:
            return "exact"
        if given in self.row["never"]:
            return "unsafe"
        if given in self.row["acceptable"]:
            return "accepted"
        order = list(Disposition)
        return "under" if order.index(Disposition(given)) > order.index(Disposition(wanted)) else "over"


def tell(row: Row, new: NewSpeaker) -> Told:
    """Plays a story: the opening, and an answer to whatever is asked."""
    person, speaker = Person(row, Random(row["id"])), new()
    turns = [speaker.say(row["opening"])]
    if turns[0].state != "check" and turns[0].disposition is None:
        turns.append(speaker.say("is it serious"))
    while turns[-1].state == "check" and len(turns) < MOST_TURNS:
        turns.append(speaker.say(person.answer(turns[-1].asking)))
    return Told(row, turns)


def begins(words: str, new: NewSpeaker) -> bool:
    """Whether something that is said first brings the check, or its outcome."""
    turn = new().say(words)
    return turn.state == "check" or turn.disposition is not None


SITUATIONS: Mapping[str, tuple[str, ...]] = {
    "open": ("what helps a sore back",),
    "check": ("check my warning signs", "no", "no"),
    "stretch": ("give me a stretch", "no"),
}
"""What was said before something is blurted out."""


def caught(row: Row, before: Turn, turn: Turn) -> bool:
    """Whether something blurted out was taken as it should be."""
    if row.get("ambiguous"):
        legs = IN_A_LEG & set(row["could_be"])
        saddle = {signs.SADDLE} if signs.NUMBNESS in row["could_be"] else set()  # wherever it is numb
        could_be = {*row["could_be"], *(IN_A_LEG if legs else ()), *saddle}
        return turn.disposition is None and bool(set(turn.asking) & could_be)
    if row["emergency"]:
        return turn.disposition == Disposition.EMERGENCY
    if row["signs"]:
        reached = {*turn.found, *turn.asking} if turn.disposition is None else set(turn.found)
        return bool(reached & {*row["signs"], signs.BOTH_LEGS, signs.FOOT_DROP, signs.SADDLE})
    quiet = before.state == "check" or turn.state != "check"
    return quiet and turn.found == before.found and turn.disposition is None


def kind(row: Row) -> str:
    """What a row is an example of."""
    if row.get("ambiguous"):
        return "ambiguous"
    return "emergency" if row["emergency"] else "other sign" if row["signs"] else "harmless"


def blurt(row: Row, situation: str, new: NewSpeaker) -> tuple[bool, Turn]:
    """Blurts something out in a situation; whether it was taken right, and what came of it."""
    speaker = new()
    for words in SITUATIONS[situation]:
        before = speaker.say(words)
    turn = speaker.say(row["text"])
    return caught(row, before, turn), turn
