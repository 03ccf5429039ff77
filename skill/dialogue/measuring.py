"""Measures that a turn tells: how long, how bad, which way it goes, which leg, how hot.

Rule 1: a slot goes before words; where words arrive, what is said in them is counted, too.
Rule 2: a measure that isn't there is None, never a guess.
"""

from __future__ import annotations

import re

from skill.dialogue.scene import Scene
from skill.domain import signs
from skill.domain.check import Answer, Trend

MEASURED = (signs.DURATION, signs.TREND, signs.SEVERE, signs.SIDE)
"""What is asked for in words, and by no yes or no."""

SEVERE_FROM = 8
"""Out of ten."""

FEVER, NO_FEVER = (range(38, 43), range(100, 110)), (range(35, 38), range(96, 100))
"""Degrees, in Celsius and in Fahrenheit."""

_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?.*)?")
_DAYS = (365.0, 30.0, 7.0, 1.0, 1 / 24)


def days(scene: Scene) -> float | None:
    """How long it has hurt, in days."""
    span = _SPAN.fullmatch(scene.slot("duration").words)
    if span and any(span.groups()):
        return sum(int(amount) * each for amount, each in zip(span.groups(), _DAYS, strict=True) if amount)
    said = f"{scene.turn.words} {' '.join(scene.slot('since').ids)}"
    return scene.wording.reader.days(said, scene.turn.at.weekday())


def trend(scene: Scene) -> str | None:
    """How it goes: "better", "same" or "worse"."""
    by_slot = next(iter(scene.slot("trend").ids), None)
    return by_slot if by_slot in list(Trend) else scene.wording.reader.trend(scene.turn.words)


def severe(scene: Scene) -> str | None:
    """Whether it is severe, as an answer; None where no figure or word for it was said."""
    number = scene.slot("number").words
    worst = scene.wording.reader.severity(scene.turn.words)  # "seven now, it was an eight"
    levels = [*([int(number)] if number.isdecimal() else []), *([] if worst is None else [worst])]
    return None if not levels else Answer.YES if max(levels) >= SEVERE_FROM else Answer.NO


def both(scene: Scene) -> str | None:
    """Whether it is in both legs, as an answer."""
    side = next(iter(scene.slot("side").ids), None) or scene.wording.reader.side(scene.turn.words)
    return None if side is None else Answer.YES if side == "both" else Answer.NO


def measured(scene: Scene, what: str) -> dict[str, str] | None:
    """What was learnt of "duration", "trend", "severity" or the side, as facts; None where nothing was."""
    if what == signs.DURATION:
        span = days(scene)
        return None if span is None else {what: f"{span:g}"}
    value = {signs.TREND: trend, signs.SEVERE: severe, signs.SIDE: both}[what](scene)
    return None if value is None else {signs.BOTH_LEGS if what == signs.SIDE else what: value}


def temperature(scene: Scene) -> dict[str, str]:
    """Whether there is a fever, where that was asked and a figure is the answer: "hundred and one"."""
    number = scene.slot("number").words
    if signs.FEVER not in scene.session.progress.parts or not number.isdecimal():
        return {}
    degrees = {Answer.YES: FEVER, Answer.NO: NO_FEVER}
    hot = next((answer for answer, spans in degrees.items() if any(int(number) in span for span in spans)), None)
    return {signs.FEVER: hot} if hot else {}
