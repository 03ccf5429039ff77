"""Somebody tells of a sore back, and asks for nothing: plain soreness is reassured, anything else is gone through.

Rule 1: a complaint counts whatever an ear took it for; a wish or a question with an answer of its own goes before it.
Rule 2: where only intents and slots arrive, nothing of this can be known.
"""

from __future__ import annotations

from skill.dialogue import checking, guessing
from skill.dialogue.guessing import ASIDE, LITERAL, SURE
from skill.dialogue.scene import EASED, SORENESS, Draft, Scene, tell
from skill.domain.check import Trend
from skill.domain.items import Item

MOVEMENTS = ("stretch", "routine")
"""Kinds of items that somebody who tells of a sore back has asked for only if it was by name."""

FEW_WORDS = 12
"""Words up to which there is no story in them."""

UNASKED = ("ReportSymptom", "Fallback", "Greet", "SmallTalk", "Thank", "TellDuration", "TellTrend", "ThatHurts",
           "Ask", "CheckWarningSigns", "Aside")
"""Intents that a story about a sore back may be taken for."""


def is_told(scene: Scene) -> bool:
    """Whether somebody tells of a sore back, and asks for nothing that has an answer."""
    item, turn, reader = scene.library.asked_by(scene.turn.intent), scene.turn, scene.wording.reader
    wanted = item and item.kind in MOVEMENTS and _names(scene, item)
    guessed = turn.intent in UNASKED or turn.is_less_sure_than(SURE)
    aside = turn.intent == ASIDE and turn.sure >= LITERAL  # "this plank is killing me"
    first = turn.opens and guessed and not aside and reader.ails(turn.words) and not reader.asks(turn.words)
    told = reader.complains(turn.words) and (guessed or (item is not None and not wanted))
    return turn.verbatim and (first or told or (guessed and _mends(scene)))


def heard(scene: Scene) -> Draft:
    """What follows from it: what is on the mend, or no more than sore, needs no questions."""
    if _mends(scene):
        return tell(scene, scene.library[EASED])
    return tell(scene, scene.library[SORENESS]) if _is_mild(scene) else checking.start(scene)


def _mends(scene: Scene) -> bool:
    """Whether a back is on the mend, and that is all: "my back feels miles better today"."""
    words, reader = scene.turn.words, scene.wording.reader
    better = reader.trend(words) == Trend.BETTER and reader.ails(words)
    return _is_short(scene) and better and not reader.asks(words)


def _is_short(scene: Scene) -> bool:
    return len(scene.turn.words.split()) <= FEW_WORDS


def _is_mild(scene: Scene) -> bool:
    """Whether no more than plain soreness was told of, which is reassured: "a bit stiff", in few words or so heard."""
    item = scene.library.asked_by(scene.turn.intent)
    told = (item is not None and item.kind == "normal") or _is_short(scene)
    return told and (scene.wording.reader.is_mild(scene.turn.words) or guessing.is_soreness(scene))


def _names(scene: Scene, item: Item) -> bool:
    words = f" {scene.turn.words.lower()} "
    return any(f" {name.lower()} " in words for name in item.names)
