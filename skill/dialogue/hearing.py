"""What a turn tells the warning-sign check: signs, an answer to what was asked, how long, how bad, which way it goes.

Rule 1: words go before the intent, and content before the first word: "no, I can't walk properly" tells a sign.
Rule 2: what was denied is taken as a no only where it was asked or can wait; an emergency sign is asked about anyhow.
Rule 3: where only intents and slots arrive, they say the same, only less of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from skill.dialogue.reading import COURSE, Reading
from skill.dialogue.scene import Scene, is_emergency
from skill.dialogue.session import SORT
from skill.domain import signs
from skill.domain.check import Answer, Trend
from skill.domain.items import Disposition, Sign
from skill.domain.triage import IN_A_LEG

INSTEAD: Mapping[str, Mapping[str, str]] = {
    "constipation": {signs.BLADDER: signs.CONSTIPATION},
    "old": {signs.BLADDER: signs.OLD, signs.NUMBNESS: signs.OLD},
    "minor": {signs.TRAUMA: signs.MINOR},
}
"""Marks that make less of a sign: what is known instead of it."""

DETAILS: Mapping[str, str] = {
    "thinners": signs.THINNERS, "severity": signs.SEVERE, "upper-back": signs.UPPER_BACK, "bleeding": signs.BLEEDING,
    "other": signs.OTHER, "child": signs.CHILD,
}
"""Marks that are known besides the signs."""

WHOSE = {"both", "one", "other", "child"}
"""Marks that tell which leg it is, or whose."""

EMERGENCIES = {signs.BLADDER, signs.SADDLE, signs.BOTH_LEGS, signs.FOOT_DROP, signs.CHEST, signs.TRAUMA,
               signs.DARK_URINE, signs.CRISIS}

OF_LEGS = {*IN_A_LEG, signs.WALKING}
"""What a question about legs may be about."""

REPORT, DENIAL, ASIDE = "ReportSymptom", "DenySymptom", "Aside"
"""The intents that name a symptom, that deny one, and of what only sounds like one."""

AT_LENGTH = 9
"""Words from which on what is said is more than an answer."""

FAINT, SURE, CERTAIN = 0.2, 0.6, 0.85
"""How sure an ear has to be (see `Turn.sure`): for a sign that may be meant to be asked about; for one to be believed
beside soreness; for one to be believed against what the words read like, or for a mere risk."""

SEVERE_FROM = 8
"""Out of ten."""

_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?.*)?")
_DAYS = (365.0, 30.0, 7.0, 1.0, 1 / 24)


def told(scene: Scene) -> dict[str, str]:
    """Everything that this turn tells about signs, risks and details: fact → "yes" or "no"."""
    reading = scene.reading
    facts: dict[str, str] = dict.fromkeys((*_denied(scene, reading), *_denied_by_slot(scene)), Answer.NO.value)
    for sign in (*named(scene), *_meant(scene)):
        facts |= _weighed(sign, reading)
    details = (fact for mark, fact in DETAILS.items() if mark in reading.marks)
    return {**facts, **dict.fromkeys(details, Answer.YES.value), **_sides(scene, facts)}


def named(scene: Scene) -> tuple[str, ...]:
    """Signs and risks that are reported: by the words, or else by the slot that was filled."""
    reading = scene.reading
    if _denies(scene):
        return ()
    if _asks_about_living(scene):
        return (signs.CRISIS,)
    if not scene.turn.verbatim:
        return reading.said or tuple(sign for sign in _by_slot(scene) if sign not in reading.denied)
    if _is_doubted(scene):
        return ()
    if scene.session.progress.step and polarity(scene) is not None and not _goes_on(scene):
        return reading.said
    known = {*reading.said, *reading.denied, *reading.asked}
    guessed = () if reading.said and known & EMERGENCIES else _understood(scene)
    return tuple(dict.fromkeys((*reading.said, *(sign for sign in guessed if sign not in known))))


def _is_doubted(scene: Scene) -> bool:
    """Whether an ear is certain that words that read like an emergency may be meant otherwise: they are asked about.

    That is done once; and never with words of not wanting to live.
    """
    doubt = scene.library.doubted_by(scene.turn.intent) is not None or scene.turn.intent == ASIDE
    said, marks = set(scene.reading.said), scene.reading.marks
    emergency = said & EMERGENCIES and signs.CRISIS not in said and marks.isdisjoint(INSTEAD)
    new = said.isdisjoint(scene.session.progress.sorted)
    return doubt and scene.turn.sure >= CERTAIN and bool(emergency) and new


def _goes_on(scene: Scene) -> bool:
    """Whether somebody, asked something, tells of something else for certain, or at length: no answer, for all its
    "never".
    """
    asked, heard = scene.session.progress.asking, _heard(scene)
    other = heard is not None and heard.id not in (*asked, *COURSE) and scene.turn.intent != DENIAL
    much = scene.turn.sure >= CERTAIN or len(scene.turn.words.split()) >= AT_LENGTH
    return other and much and not scene.wording.reader.opens(scene.turn.words)


def _asks_about_living(scene: Scene) -> bool:
    """Whether words of suicide may have been the answer: where no words arrive, they are taken for it."""
    item = scene.library.asked_by(scene.turn.intent)
    return bool(scene.session.progress.step and item and item.id == signs.CRISIS and not scene.turn.verbatim)


def _understood(scene: Scene) -> tuple[str, ...]:
    """What an ear made of all that was said: a reported sign or risk, or the one that a statement is about."""
    sign, words, reader = _heard(scene), scene.turn.words, scene.wording.reader
    if scene.turn.intent == DENIAL or scene.reading.harmless or reader.is_question(words) or reader.is_well(words):
        return ()
    return (sign.id,) if sign and _is_believed(scene, sign) else ()


def _heard(scene: Scene) -> Sign | None:
    """The sign or risk that an ear heard, asked about or reported; the gravest that a slot may mean."""
    item = scene.library.asked_by(scene.turn.intent)
    if isinstance(item, Sign):
        return item
    found = scene.library.get(next(iter(_by_slot(scene)), ""))
    return found if isinstance(found, Sign) else None


def _is_unread(scene: Scene) -> bool:
    """Whether the words themselves say nothing of signs; which leg, or whose back it is, is none."""
    return replace(scene.reading, marks=scene.reading.marks - WHOSE) == Reading()


def _is_believed(scene: Scene, item: Sign) -> bool:
    """Whether a statement that only an ear took for a sign is taken for one; beside soreness it has to be sure."""
    words, reader, reading, sure = scene.turn.words, scene.wording.reader, scene.reading, scene.turn.sure
    reports = scene.turn.intent == REPORT
    if item.kind == "risk" and scene.turn.is_less_sure_than(CERTAIN):
        return False
    if reports and _is_unread(scene):
        return True
    asked = item.id in scene.session.progress.asking  # "heavy, but they hold me": about it, and neither yes nor no
    if asked or (reading.maybe and sure < CERTAIN) or (reader.complains(words) and sure < SURE):
        return False
    known = reading.said or reading.denied or reading.asked
    if is_emergency(item):
        return not reports or sure >= CERTAIN
    return not (known or reports) and (item.id not in COURSE or reader.ails(words) or sure >= CERTAIN)


def unclear(scene: Scene) -> tuple[str, ...]:
    """Signs that may be meant: by words that usually mean something else, or by what an ear made of unknown words."""
    item, doubted = (find(scene.turn.intent) for find in (scene.library.asked_by, scene.library.doubted_by))
    if not scene.turn.verbatim and scene.session.progress.step and isinstance(item, Sign) and item.kind == "sign":
        return (item.id,)  # a question about a sign or a report of it: where no words arrive, nobody knows
    if scene.turn.verbatim and _is_doubted(scene):
        return tuple(sign for sign in scene.reading.said if sign.startswith("sign.") and not _is_asked(scene, sign))
    if doubted and _is_unread(scene) and not scene.turn.is_less_sure_than(FAINT):
        settled = _is_asked(scene, doubted.id) or scene.wording.reader.is_mild(scene.turn.words)
        return () if settled else (doubted.id,)
    if not (scene.turn.verbatim and _is_unread(scene)):
        return scene.reading.maybe
    told = isinstance(item, Sign) and not scene.wording.reader.is_question(scene.turn.words)
    guessed = _by_slot(scene) or ((item.id,) if told and item else ())
    answered = scene.session.progress.step and polarity(scene)
    return () if answered or COURSE.intersection(guessed) else guessed


def _is_asked(scene: Scene, sign: str) -> bool:
    """Whether the open question is about a sign, or about legs as it is: that one is put again, then."""
    asked = scene.session.progress.asking
    return sign in asked or (sign in OF_LEGS and not OF_LEGS.isdisjoint(asked))


def _by_slot(scene: Scene) -> tuple[str, ...]:
    """The gravest sign that the slot may mean; of words that say that all is well, none."""
    found = [item for item in scene.items("symptom") if isinstance(item, Sign)]
    if scene.turn.verbatim:
        well = scene.wording.reader.is_well(scene.turn.words)
        found = [] if well else found
    gravest = min(found, key=lambda sign: list(Disposition).index(sign.alone), default=None)
    return (gravest.id,) if gravest else ()


def _denied_by_slot(scene: Scene) -> tuple[str, ...]:
    """What is denied where only the slot arrives: "no {symptom}"."""
    asked = scene.session.progress.parts
    denies = scene.turn.intent == DENIAL and polarity(scene) != Answer.YES  # "yep, the side of my foot", misheard
    denied = scene.slot("symptom").ids if denies else ()
    return tuple(sign for sign in denied if sign in asked)


def _meant(scene: Scene) -> tuple[str, ...]:
    """Of what was asked, what an answer means without naming it."""
    words, asked = scene.turn.words, scene.session.progress.parts
    return scene.wording.reader.means(words, asked) if words and not _denies(scene) else ()


def _denies(scene: Scene) -> bool:
    """Whether a symptom was denied where only intents and slots arrive: of "no tingling", the words are "tingling"."""
    return scene.turn.intent == DENIAL and not scene.turn.verbatim


def _weighed(sign: str, reading: Reading) -> dict[str, str]:
    for mark, less in INSTEAD.items():
        if mark in reading.marks and sign in less:
            return {sign: Answer.NO, less[sign]: Answer.YES}
    more = {signs.FOOT_DROP: signs.LEG_WEAKNESS}.get(sign)
    return {sign: Answer.YES, **({more: Answer.YES} if more else {})}


def _denied(scene: Scene, reading: Reading) -> Iterable[str]:
    asking = scene.session.progress.parts
    return (sign for sign in reading.denied
            if sign in asking or not ((item := scene.library.get(sign)) and is_emergency(item)))


def _sides(scene: Scene, facts: Mapping[str, str]) -> dict[str, str]:
    """Whether it is both legs, where a leg sign was told of, now or before."""
    known = (*(fact for fact, answer in facts.items() if answer == Answer.YES), *scene.found)
    if not any(fact in known for fact in (signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING)):
        return {}
    if "both" in scene.reading.marks:
        return {signs.BOTH_LEGS: Answer.YES}
    return {signs.BOTH_LEGS: Answer.NO} if "one" in scene.reading.marks and signs.BOTH_LEGS not in facts else {}


def polarity(scene: Scene) -> str | None:
    """The answer to what was asked, "yes", "no" or "unsure"; None where it was neither."""
    words, asking = scene.turn.words, scene.session.progress.asking
    by_words = scene.wording.reader.answer(words, asking) if words and not _denies(scene) else None
    by_intent = {"Yes": "yes", "No": "no", "Unsure": "unsure", DENIAL: "no"}.get(scene.turn.intent)
    meant_so = scene.turn.intent == ASIDE and scene.session.progress.step == SORT  # it was a figure of speech
    return by_words or by_intent or ("no" if meant_so else None)


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
    level = int(number) if number.isdecimal() else scene.wording.reader.severity(scene.turn.words)
    return None if level is None else Answer.YES if level >= SEVERE_FROM else Answer.NO


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
