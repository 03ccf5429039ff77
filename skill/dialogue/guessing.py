"""What an ear made of words: whether a warning sign is told of or may be, which, and how sure that is.

Rule 1: words that read like a sign are one; an ear adds what no pattern foresaw, and has some asked about.
Rule 2: shares are added up: what may mean any of three emergencies is one, whichever of them it is.
Rule 3: where no words arrive, there is nothing to weigh: the intent and its slots are all that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.dialogue.reading import COURSE, Reading
from skill.dialogue.scene import Scene, is_emergency
from skill.domain import signs
from skill.domain.check import Answer, Trend
from skill.domain.items import Disposition, Sign

REPORT, DENIAL, ASIDE = "ReportSymptom", "DenySymptom", "Aside"
"""The intents that name a symptom, that deny one, and of what only sounds like one."""

ASIDES = {"both", "one", "other", "child", "severity", "gone", "minor", "upper-back"}
"""Marks that say nothing of what it is: which leg, where, whose, how bad."""

HINT, GRAVE, FAINT, LIKELY, SURE, CERTAIN = 0.1, 0.2, 0.2, 0.3, 0.6, 0.85
"""How sure an ear has to be (see `Turn.likely`): for an emergency to be asked about, and to be believed; for a command
to be obeyed; for a sign to be asked about, even after a "no"; for one to be believed beside soreness, or doubted; for a
mere risk, and for a denial to be believed against the words.

Chosen with ears that had not learnt the words of the writer whom they were tried on.
"""

VAGUE = 0.4
"""What is likeliest has to be less likely than this for a mere suspicion to be asked about; and an emergency at least
this likely to be believed where something else is told of as well, or answered.
"""

SMALL = 1 / 3
"""An emergency is heard only if it isn't much less likely than what is likeliest."""

OUTWEIGHED, CLEARLY = 2 / 3, 2
"""How likely an emergency has to be beside what is usually harmless and sounds like one. Where the words name an
effort, either has to be twice as likely as the other.
"""


def shares(scene: Scene) -> Mapping[str, float]:
    """What the words may mean, by an item's id or an intent's name; of a speaker that doesn't tell, its one guess."""
    sign = told(scene)
    return scene.turn.likely or {sign.id if sign else scene.turn.intent: scene.turn.sure or 1.0}


def _weight(scene: Scene, counts: Callable[[str], bool]) -> float:
    return sum(share for meaning, share in shares(scene).items() if counts(meaning))


def gravity(scene: Scene) -> float:
    """The share of all emergencies together."""
    return _weight(scene, scene.library.emergencies.__contains__)


def emergency(scene: Scene) -> float:
    """How sure it is that any emergency is told of or asked about; 0 where something else is much likelier, or what
    only sounds like it: then it is asked about.
    """
    weight, sign = gravity(scene), _likeliest(scene)
    beside = _weight(scene, lambda meaning: _sounds_like(scene, meaning, sign))
    return weight if weight >= max(SMALL * scene.turn.sure, _needed(scene) * beside) else 0.0


def _likeliest(scene: Scene) -> str:
    return max(scene.library.emergencies, key=lambda sign: shares(scene).get(sign, 0.0))


def _needed(scene: Scene) -> float:
    explained = scene.wording.reader.tells_of_effort(scene.turn.words, (_likeliest(scene),))
    return CLEARLY if explained else OUTWEIGHED


def _sounds_like(scene: Scene, meaning: str, sign: str) -> bool:
    """Whether it's a figure of speech, or what may be this sign or quite harmless."""
    doubted = scene.library.doubted_by(meaning)
    return meaning == ASIDE or (doubted is not None and doubted.id == sign)


def doubt(scene: Scene) -> float:
    """How sure it is that a sign may be meant, or something quite harmless."""
    return _weight(scene, lambda meaning: meaning == ASIDE or scene.library.doubted_by(meaning) is not None)


def told(scene: Scene) -> Sign | None:
    """The sign or risk that the intent is about, asked about or reported; the gravest that a slot may mean."""
    item = scene.library.asked_by(scene.turn.intent)
    if isinstance(item, Sign):
        return item
    found = scene.library.get(next(iter(by_slot(scene)), ""))
    return found if isinstance(found, Sign) else None


def by_slot(scene: Scene) -> tuple[str, ...]:
    """The gravest sign that the slot may mean; of words that say that all is well, none, unless it's certain."""
    found = [item for item in scene.items("symptom") if isinstance(item, Sign)]
    if scene.turn.verbatim and not _is_certain_report(scene):
        found = [] if scene.wording.reader.is_well(scene.turn.words) else found
    gravest = min(found, key=lambda sign: list(Disposition).index(sign.alone), default=None)
    return (gravest.id,) if gravest else ()


def heard(scene: Scene) -> Sign | None:
    """The sign or risk that an ear heard: of likely emergencies the likeliest, else what the intent is about."""
    if emergency(scene) < GRAVE:
        return told(scene)
    found = scene.library.get(_likeliest(scene))
    return found if isinstance(found, Sign) else None


def understood(scene: Scene) -> tuple[str, ...]:
    """The sign or risk that words tell of which no pattern knows."""
    sign = heard(scene)
    if not sign or scene.turn.intent == DENIAL or _is_none_of_theirs(scene, sign):
        return ()
    return (sign.id,) if _is_believed(scene, sign) else ()


def _is_certain_report(scene: Scene) -> bool:
    return scene.turn.intent == REPORT and scene.turn.sure >= CERTAIN


def _is_none_of_theirs(scene: Scene, sign: Sign) -> bool:
    """Whether the words ask in general, or say that all is well; an ear may be sure of the contrary."""
    words, reader = scene.turn.words, scene.wording.reader
    if sign.id == signs.CRISIS:
        return reader.is_of_others(words)
    if reader.asks_in_general(words):
        return not _is_certain_report(scene)
    well = reader.is_well(words) or reader.denies(words)
    return well and max(emergency(scene), scene.turn.sure) < CERTAIN


def is_settled(scene: Scene) -> bool:
    """Whether the words ask in general, or say that all is well."""
    reader, words = scene.wording.reader, scene.turn.words
    return reader.asks_in_general(words) or reader.is_well(words)


def is_soreness(scene: Scene) -> bool:
    """Whether the words tell of tired muscles, and an ear of next to no emergency: "my quads are toast"."""
    return scene.wording.reader.is_of_tired_muscles(scene.turn.words) and gravity(scene) < GRAVE


def _is_believed(scene: Scene, item: Sign) -> bool:
    """Whether what only an ear took for a sign is taken for one; beside soreness or an idiom it has to be sure."""
    reading, sure = scene.reading, scene.turn.sure
    reports, unread = scene.turn.intent == REPORT, is_unread(scene)
    sore = scene.wording.reader.complains(scene.turn.words)
    if item.id in scene.session.progress.asking and not (reports and unread):
        return False  # "heavy, but they hold me": about what was asked, and neither yes nor no
    if is_emergency(item):
        brings_the_check = reading.said or scene.wording.reader.complains(scene.turn.words)  # and that asks about it
        doubtful = reading.harmless or brings_the_check or _says_yes(scene)
        return emergency(scene) >= (SURE if reading.maybe else VAGUE if doubtful else GRAVE)
    reader, words = scene.wording.reader, scene.turn.words
    played_down = item.id in COURSE and (reader.is_mild(words) or reader.trend(words) == Trend.BETTER)
    if item.kind == "risk" or reading.harmless or reading.maybe or played_down:
        return sure >= CERTAIN
    if reports or sore:
        return (reports and unread) or sure >= SURE
    known = reading.said or reading.denied or reading.asked
    return not known and (item.id not in COURSE or scene.wording.reader.ails(scene.turn.words) or sure >= CERTAIN)


def _says_yes(scene: Scene) -> bool:
    """Whether the words are a yes to what was asked: "in my fingers yes, but legs and feet no"."""
    asking = scene.session.progress.asking
    return bool(asking) and scene.wording.reader.answer(scene.turn.words, asking) == Answer.YES


def suspected(scene: Scene) -> str | None:
    """The sign that words may mean of which neither reader nor ear makes anything certain; None where all is well."""
    reader, library, words = scene.wording.reader, scene.library, scene.turn.words
    settled = reader.asks_in_general(words) or reader.denies(words) or is_soreness(scene)
    calm = reader.is_well(words) or reader.is_mild(words) or scene.turn.sure >= VAGUE
    if not scene.turn.likely or settled or (calm and gravity(scene) < LIKELY):
        return None
    may_be: dict[str, float] = {}
    for meaning, share in scene.turn.likely.items():
        sign = library.doubted_by(meaning) or library.get(meaning)
        if isinstance(sign, Sign) and sign.kind == "sign" and sign.id not in COURSE:
            may_be[sign.id] = may_be.get(sign.id, 0) + share
    if sum(may_be.values()) >= LIKELY:
        return max(may_be, key=may_be.__getitem__)
    return _likeliest(scene) if gravity(scene) >= max(HINT, SMALL * scene.turn.sure) else None


def is_unread(scene: Scene, *, but_harmless: bool = False) -> bool:
    """Whether the words themselves say nothing of signs, or but what sounds like one; which leg it is, whose, how bad
    or how long, is none.
    """
    asked = tuple(sign for sign in scene.reading.asked if sign not in COURSE)
    reading = replace(scene.reading, marks=scene.reading.marks - ASIDES, asked=asked)
    return reading == Reading() or (but_harmless and replace(reading, harmless=False) == Reading())
