"""What a turn tells the warning-sign check: signs, and an answer to what was asked.

Rule 1: words go before the intent, and content before the first word: "no, I can't walk properly" tells a sign.
Rule 2: what was denied is taken as a no only where it was asked or can wait; an emergency sign is asked about anyhow.
Rule 3: where only intents and slots arrive, they say the same, only less of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from skill.dialogue import guessing, measuring
from skill.dialogue.guessing import ASIDE, CERTAIN, CLEARLY, DENIAL, FAINT, LIKELY, REPORT, SURE
from skill.dialogue.questionnaire import SORT
from skill.dialogue.reading import COURSE, Reading
from skill.dialogue.scene import Scene, is_emergency
from skill.domain import signs
from skill.domain.check import Answer
from skill.domain.items import Sign
from skill.domain.triage import OF_LEGS

INSTEAD: Mapping[str, Mapping[str, str]] = {
    "constipation": {signs.BLADDER: signs.CONSTIPATION},
    "old": {signs.BLADDER: signs.OLD, signs.NUMBNESS: signs.OLD},
    "minor": {signs.TRAUMA: signs.MINOR},
}
"""Marks that make less of a sign: what is known instead of it."""

UNLESS: Mapping[str, str] = {"constipation": "not-only"}
"""Marks that make no less of it beside another: "bunged up, and now I can't wee either"."""

DETAILS: Mapping[str, str] = {
    "thinners": signs.THINNERS, "severity": signs.SEVERE, "upper-back": signs.UPPER_BACK, "bleeding": signs.BLEEDING,
    "other": signs.OTHER, "child": signs.CHILD,
}
"""Marks that are known besides the signs."""

IN_ONE_LEG = (signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING)
"""Signs of which it is asked whether they are in one leg or in both."""

AT_LENGTH = 9
"""Words from which on what is said is more than an answer."""


def told(scene: Scene) -> dict[str, str]:
    """Everything that this turn tells about signs, risks and details: fact → "yes" or "no"."""
    reading = scene.reading
    facts: dict[str, str] = dict.fromkeys((*_denied(scene, reading), *_denied_by_slot(scene)), Answer.NO.value)
    for sign in (*named(scene), *_meant(scene)):
        facts |= _weighed(sign, reading)
    facts |= measuring.temperature(scene)
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
        return reading.said or tuple(sign for sign in guessing.by_slot(scene) if sign not in reading.denied)
    if _is_doubted(scene):
        return tuple(sign for sign in reading.said if sign not in _in_doubt(scene))
    if scene.session.progress.step and _answers(scene) and not _goes_on(scene):
        return (*reading.said, *_what_was_asked(scene))
    certain = scene.turn.sure >= CERTAIN and scene.turn.intent == REPORT  # "I can't hardly push": no denial
    theirs = not scene.wording.reader.asks_in_general(scene.turn.words)  # "why has my pee gone brown": told of
    asked = [sign for sign in reading.asked if not certain and (sign in COURSE or not theirs)]
    one_leg = (signs.BOTH_LEGS,) if reading.said and "one" in reading.marks and scene.turn.sure < SURE else ()
    known = {*reading.said, *asked, *(() if certain else reading.denied)}
    guessed = () if reading.said and not known.isdisjoint(scene.library.emergencies) else guessing.understood(scene)
    return tuple(dict.fromkeys((*reading.said, *(sign for sign in guessed if sign not in (*known, *one_leg)))))


def _answers(scene: Scene) -> bool:
    """Whether the words answer what was asked: yes, no, not sure, or how long, how bad, which leg."""
    asked = (what for what in scene.session.progress.asking if what in measuring.MEASURED)
    return polarity(scene) is not None or any(measuring.measured(scene, what) for what in asked)


def _is_doubted(scene: Scene) -> bool:
    """Whether an ear is sure that words that read like a sign may be meant otherwise: "my bum's numb from the saddle".

    That holds once, and never for words of not wanting to live; of an emergency only with an effort that may explain
    it, or where the ear is certain that it's a figure of speech or a denial.
    """
    said, marks = set(scene.reading.said), scene.reading.marks
    lessened = any(said & set(less) for mark, less in INSTEAD.items() if _makes_less(mark, marks))
    if lessened or not said or not said.isdisjoint((signs.CRISIS, *scene.session.progress.sorted)):
        return False
    doubt, explained = guessing.doubt(scene), scene.wording.reader.tells_of_effort(scene.turn.words, said)
    aside, denied = (guessing.shares(scene).get(intent, 0.0) for intent in (ASIDE, DENIAL))
    if not said.isdisjoint(scene.library.emergencies):
        likelier = bool(scene.turn.likely) and doubt >= max(LIKELY, CLEARLY * guessing.gravity(scene))
        certain = scene.turn.sure >= CERTAIN and max(aside, denied) >= CERTAIN
        return certain or (explained and (doubt >= SURE or likelier))
    return (doubt >= LIKELY and explained) or aside >= SURE


def _in_doubt(scene: Scene) -> list[str]:
    """Signs that the words read like and that may be none; risks are what they are."""
    return [sign for sign in scene.reading.said if sign.startswith("sign.") and sign not in COURSE]


def _goes_on(scene: Scene) -> bool:
    """Whether somebody, asked something, tells of something else for certain, or at length, or of what can't wait: no
    answer, for all its "never".
    """
    asked, heard = scene.session.progress.asking, guessing.heard(scene)
    other = heard is not None and heard.id not in (*asked, *COURSE) and scene.turn.intent != DENIAL
    grave = guessing.emergency(scene) >= SURE
    much = grave or scene.turn.sure >= CERTAIN or len(scene.turn.words.split()) >= AT_LENGTH
    return other and much and (grave or not scene.wording.reader.opens(scene.turn.words))


def _what_was_asked(scene: Scene) -> tuple[str, ...]:
    """The sign that was asked about, where an ear hears a report of it in words with a no somewhere in them: "I can
    hardly get across the kitchen".
    """
    sign, reader, words = guessing.heard(scene), scene.wording.reader, scene.turn.words
    asked = sign is not None and sign.id in scene.session.progress.parts and sign.id not in scene.reading.denied
    reports = scene.turn.intent == REPORT and scene.turn.sure >= SURE
    return (sign.id,) if sign and asked and reports and not (reader.opens(words) or guessing.is_settled(scene)) else ()


def _asks_about_living(scene: Scene) -> bool:
    """Whether words of suicide may have been the answer: where no words arrive, they are taken for it."""
    item = scene.library.asked_by(scene.turn.intent)
    return bool(scene.session.progress.step and item and item.id == signs.CRISIS and not scene.turn.verbatim)


def unclear(scene: Scene) -> tuple[str, ...]:
    """Signs that may be meant: by words that usually mean something else, or by what an ear made of unknown words."""
    item, step = scene.library.asked_by(scene.turn.intent), bool(scene.session.progress.step)
    if not scene.turn.verbatim and step and isinstance(item, Sign) and item.kind == "sign":
        return (item.id,)  # a question about a sign or a report of it: where no words arrive, nobody knows
    if scene.turn.verbatim and _is_doubted(scene) and _in_doubt(scene):
        return (*_grave(scene), *_read_otherwise(scene))
    if scene.turn.verbatim and step and _answers(scene) and not _goes_on(scene):
        return scene.reading.maybe or _beside_an_answer(scene)
    if doubted := _doubted(scene):
        mild = scene.wording.reader.is_mild(scene.turn.words) and scene.turn.sure < SURE
        sore = guessing.is_soreness(scene)
        return () if mild or sore or _is_asked(scene, doubted) else (doubted,)
    return _guessed(scene) if scene.turn.verbatim and guessing.is_unread(scene) else scene.reading.maybe


def _beside_an_answer(scene: Scene) -> tuple[str, ...]:
    """The emergency that an ear hears in words with a no somewhere in them: "it falls in drops, not coming full"."""
    sign = guessing.heard(scene)
    reports = scene.turn.intent == REPORT and not scene.wording.reader.opens(scene.turn.words)
    if not reports or not sign or guessing.emergency(scene) < LIKELY or guessing.is_settled(scene):
        return ()
    return () if _is_asked(scene, sign.id) or sign.id in scene.reading.denied else (sign.id,)


def _read_otherwise(scene: Scene) -> tuple[str, ...]:
    """Of the signs that the words read like, those to be asked about: every emergency; the rest, unless an ear is
    certain that it's a figure of speech.
    """
    aside = scene.turn.intent == ASIDE and scene.turn.sure >= CERTAIN
    return tuple(sign for sign in _in_doubt(scene)
                 if not _is_asked(scene, sign) and (sign in scene.library.emergencies or not aside))


def _grave(scene: Scene) -> tuple[str, ...]:
    """The emergency that an ear has its doubts about, beside a lesser sign that is read: "when I cough I wee a bit"."""
    sign = scene.library.doubted_by(scene.turn.intent)
    grave = sign and sign.id in scene.library.emergencies and sign.id not in scene.reading.said
    return (sign.id,) if sign and grave and not _is_asked(scene, sign.id) else ()


def _doubted(scene: Scene) -> str | None:
    """The sign that an intent puts in doubt; None where the words tell of another, or the ear is too unsure."""
    sign = scene.library.doubted_by(scene.turn.intent)
    if not sign:
        return None
    if sign.id in scene.reading.said:
        return sign.id  # a small fall: how small?
    least = FAINT if guessing.is_unread(scene) else SURE if guessing.is_unread(scene, but_harmless=True) else None
    return sign.id if least and not scene.turn.is_less_sure_than(least) else None


def _guessed(scene: Scene) -> tuple[str, ...]:
    """What an ear makes of words in which no sign is read."""
    if guess := guessing.suspected(scene):
        return () if _is_asked(scene, guess) else (guess,)
    item = scene.library.asked_by(scene.turn.intent)
    guessed = guessing.by_slot(scene) or ((item.id,) if item and not guessing.is_settled(scene) else ())
    return tuple(sign for sign in guessed if sign.startswith("sign.") and sign not in COURSE)


def _is_asked(scene: Scene, sign: str) -> bool:
    """Whether the open question is about a sign, or about legs as it is: that one is put again, then."""
    asked = scene.session.progress.asking
    return sign in asked or (sign in OF_LEGS and not OF_LEGS.isdisjoint(asked))


def _denied_by_slot(scene: Scene) -> tuple[str, ...]:
    """What is denied where only the slot arrives: "no {symptom}"."""
    asked = scene.session.progress.parts
    denies = scene.turn.intent == DENIAL and polarity(scene) != Answer.YES  # "yep, the side of my foot", misheard
    denied = scene.slot("symptom").ids if denies else ()
    return tuple(sign for sign in denied if sign in asked)


def _meant(scene: Scene) -> tuple[str, ...]:
    """Of what was asked, what an answer means without naming it."""
    words, asked, reader = scene.turn.words, scene.session.progress.parts, scene.wording.reader
    answers = words and not _denies(scene) and not reader.asks_in_general(words)
    asked = (*asked, signs.KIDNEY) if signs.BLADDER in asked else asked  # "I can hold it, it just burns"
    return reader.means(words, asked) if answers else ()


def _denies(scene: Scene) -> bool:
    """Whether a symptom was denied where only intents and slots arrive: of "no tingling", the words are "tingling"; of
    "no, I can't walk" they are "I can't walk", and that's no denial.
    """
    failing = scene.wording.reader.tells_of_failing(scene.turn.words)
    return scene.turn.intent == DENIAL and not scene.turn.verbatim and not failing


def _makes_less(mark: str, marks: Container[str]) -> bool:
    return mark in marks and UNLESS.get(mark) not in marks


def _weighed(sign: str, reading: Reading) -> dict[str, str]:
    for mark, less in INSTEAD.items():
        if sign in less and _makes_less(mark, reading.marks):
            return {sign: Answer.NO, less[sign]: Answer.YES}
    more = {signs.FOOT_DROP: signs.LEG_WEAKNESS}.get(sign)
    return {sign: Answer.YES, **({more: Answer.YES} if more else {})}


def _denied(scene: Scene, reading: Reading) -> Iterable[str]:
    asking = scene.session.progress.parts
    return (sign for sign in reading.denied
            if sign in asking or not ((item := scene.library.get(sign)) and is_emergency(item)))


def _sides(scene: Scene, facts: Mapping[str, str]) -> dict[str, str]:
    """Whether it is both legs, where a leg sign was told of, now or before."""
    asked = scene.session.progress.parts if _answers_with_a_leg(scene) else ()
    told = {fact for fact, answer in facts.items() if answer == Answer.YES}
    known = {*told, *scene.found, *(asked if len(asked) == 1 else ())}
    of_legs = not {*told, *scene.session.progress.asking}.isdisjoint({*OF_LEGS, signs.SIDE})
    if known.isdisjoint(IN_ONE_LEG) or not of_legs:  # "motion and urine are both normal"
        return {}
    side = measuring.both(scene) if asked else None
    if "both" in scene.reading.marks or side == Answer.YES:
        return {signs.BOTH_LEGS: Answer.YES}
    one = "one" in scene.reading.marks or side == Answer.NO
    return {signs.BOTH_LEGS: Answer.NO} if one and signs.BOTH_LEGS not in facts else {}


def _answers_with_a_leg(scene: Scene) -> bool:
    """Whether a leg is named where a sign in one was asked about, and no words arrive: "down both"."""
    asked = not set(IN_ONE_LEG).isdisjoint(scene.session.progress.parts)
    return scene.turn.intent == "TellSide" and not scene.turn.verbatim and asked


def polarity(scene: Scene) -> str | None:
    """The answer to what was asked, "yes", "no" or "unsure"; None where it was neither."""
    words, asking = scene.turn.words, scene.session.progress.asking
    by_words = scene.wording.reader.answer(words, asking) if words and not _denies(scene) else None
    if by_words == Answer.NO and _sounds_told(scene):
        return None
    leg = {"TellSide": "yes"} if _answers_with_a_leg(scene) else {}
    by_intent = {"Yes": "yes", "No": "no", "Unsure": "unsure", **leg, **_denial(scene)}.get(scene.turn.intent)
    meant_so = scene.turn.intent == ASIDE and scene.session.progress.step == SORT  # it was a figure of speech
    return by_words or by_intent or ("no" if meant_so else None)


def _sounds_told(scene: Scene) -> bool:
    """Whether an ear hears a report of what was asked in words with a "not" somewhere in them, and they don't say that
    all is well: "both do not obey me". That is no "no"; it is asked again.
    """
    sign, reader, words = guessing.told(scene), scene.wording.reader, scene.turn.words
    reports = scene.turn.verbatim and scene.turn.intent == REPORT and sign is not None and _is_asked(scene, sign.id)
    plainly = reader.says_no(words, scene.session.progress.asking) or reader.is_well(words) or scene.reading.denied
    return reports and not plainly


def is_no_leave(scene: Scene) -> bool:
    """Whether words that an ear took for "stop" answer what was asked, and name no end: "no worries there"."""
    reader, words = scene.wording.reader, scene.turn.words
    answered = reader.answer(words, scene.session.progress.asking) if words else None
    return answered is not None and scene.turn.sure < CERTAIN and not reader.ends(words)


def _denial(scene: Scene) -> dict[str, str]:
    """A denial is the answer "no", unless it's of something else than what was asked: "no fever", of peeing."""
    denied = scene.slot("symptom").ids
    elsewhere = denied and scene.session.progress.parts and not set(denied) & set(scene.session.progress.parts)
    return {} if elsewhere else {DENIAL: "no"}
