"""What a turn tells the warning-sign check: signs, risks and details, for certain or perhaps.

Rule 1: words go before the intent, and content before the first word: "no, I can't walk properly" tells a sign.
Rule 2: what was denied is taken as a no only where it was asked or can wait; an emergency sign is asked about anyhow.
Rule 3: where only intents and slots arrive, they say the same, only less of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from skill.dialogue import answering, guessing, measuring
from skill.dialogue.answering import IN_ONE_LEG
from skill.dialogue.guessing import CERTAIN, DENIAL, SURE
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
    "child": signs.CHILD,
}
"""Marks that are known besides the signs."""

AT_LENGTH = 9
"""Words from which on what is said is more than an answer."""


def told(scene: Scene) -> dict[str, str]:
    """Everything that this turn tells about signs, risks and details: fact → "yes" or "no"."""
    reading = scene.reading
    facts: dict[str, str] = dict.fromkeys((*_denied(scene, reading), *_denied_by_slot(scene)), Answer.NO.value)
    for sign in (*named(scene), *_meant(scene)):
        facts |= _weighed(sign, reading)
    facts |= measuring.temperature(scene)
    details = [fact for mark, fact in DETAILS.items() if mark in reading.marks]
    if _is_of_another(scene):
        details.append(signs.OTHER)
    return {**facts, **dict.fromkeys(details, Answer.YES.value), **_sides(scene, facts)}


def _is_of_another(scene: Scene) -> bool:
    """Whether it's somebody else's back: said so, or somebody is mentioned at first, and no back of one's own. Who felt
    a forehead, or came along, is mentioned only: "my mum says I'm not hot".
    """
    marks = scene.reading.marks
    mentioned = "relative" in marks and "own" not in marks and not scene.session.progress.step
    return "other" in marks or mentioned


def named(scene: Scene) -> tuple[str, ...]:
    """Signs and risks that are reported: by the words, or else by the slot that was filled."""
    reading = scene.reading
    if answering.denies(scene):
        return ()
    if _asks_about_living(scene):
        return (signs.CRISIS,)
    if not scene.turn.verbatim:
        return reading.said or tuple(sign for sign in guessing.by_slot(scene) if sign not in reading.denied)
    read = tuple(sign for sign in reading.said if sign not in _disbelieved(scene))
    if scene.session.progress.step and _answers(scene) and not _goes_on(scene):
        return (*read, *_what_was_asked(scene))
    return tuple(dict.fromkeys((*read, *_added(scene, read))))


def _added(scene: Scene, read: Container[str]) -> Iterable[str]:
    """What an ear hears beside the signs that are read: nothing beside an emergency, and against the words only what
    it is certain of.
    """
    if any(sign in read for sign in scene.library.emergencies):
        return ()
    reading = scene.reading
    against = {*reading.denied, *((signs.BOTH_LEGS,) if "one" in reading.marks else ())}
    return (sign for sign in guessing.understood(scene)
            if sign not in against or guessing.share(scene, sign) >= _against_a_no(scene))


def _against_a_no(scene: Scene) -> float:
    """How sure an ear has to be of a sign in words with a no in them: less so where it hears a yes in them, too."""
    return SURE if scene.turn.affirms >= guessing.RATHER and scene.session.progress.step else CERTAIN


def _answers(scene: Scene) -> bool:
    """Whether the words answer what was asked: yes, no, not sure, or how long, how bad, which leg."""
    asked = (what for what in scene.session.progress.asking if what in measuring.MEASURED)
    return answering.polarity(scene) is not None or any(measuring.measured(scene, what) for what in asked)


def _disbelieved(scene: Scene) -> tuple[str, ...]:
    """Signs that the words read like, and that an ear doesn't hear: "my bum's numb from the saddle".

    That holds once, and never for words of not wanting to live.
    """
    marks, sorted_ = scene.reading.marks, scene.session.progress.sorted
    return tuple(sign for sign in scene.reading.said
                 if (sign.startswith("sign.") or guessing.harmless(scene) >= CERTAIN)
                 and sign not in (signs.CRISIS, *sorted_)
                 and not any(sign in less and _makes_less(mark, marks) for mark, less in INSTEAD.items())
                 and guessing.is_disbelieved(scene, sign))


def _goes_on(scene: Scene) -> bool:
    """Whether somebody, asked something, tells of something else for certain, or at length, or of what can't wait: no
    answer, for all its "never".
    """
    asked, heard, words = scene.session.progress.asking, guessing.heard(scene), scene.turn.words
    if heard is None or heard.id in asked:
        return False
    sure, opens = guessing.share(scene, heard.id), scene.wording.reader.opens(words)
    if is_emergency(heard):
        return sure >= (_against_a_no(scene) if opens else SURE)
    at_length = len(words.split()) >= AT_LENGTH and heard.id not in COURSE
    return not opens and (sure >= CERTAIN or at_length)


def _what_was_asked(scene: Scene) -> tuple[str, ...]:
    """The sign that was asked about, where an ear hears it told of in words with a no somewhere in them: "I can hardly
    get across the kitchen".
    """
    sign, reader, words = guessing.heard(scene), scene.wording.reader, scene.turn.words
    if sign is None or sign.id not in scene.session.progress.parts or sign.id in scene.reading.denied:
        return ()
    plain = (reader.opens(words) and scene.turn.affirms < guessing.RATHER) or guessing.is_settled(scene)
    return () if plain or guessing.share(scene, sign.id) < SURE else (sign.id,)


def _asks_about_living(scene: Scene) -> bool:
    """Whether words of suicide may have been the answer: where no words arrive, they are taken for it."""
    item = scene.library.asked_by(scene.turn.intent)
    return bool(scene.session.progress.step and item and item.id == signs.CRISIS and not scene.turn.verbatim)


def unclear(scene: Scene) -> tuple[str, ...]:
    """Signs that may be meant: by words that usually mean something else, or by what an ear made of unknown words."""
    if not scene.turn.verbatim:
        return _by_intent(scene)
    read = scene.wording.reader.answer(scene.turn.words, scene.session.progress.asking)
    answers = _answers(scene) or read == Answer.NO
    if scene.session.progress.step and answers and not _goes_on(scene):
        return scene.reading.maybe or _beside_an_answer(scene)
    dropped = {signs.TRAUMA} if guessing.idle(scene) >= CERTAIN else set()  # "the bin's fallen over"
    grave = [sign for sign in _disbelieved(scene) if sign in scene.library.emergencies and sign not in dropped]
    doubted = scene.reading.maybe if guessing.harmless(scene) < CERTAIN else ()
    suspected = guessing.suspected(scene) or guessing.named_by_intent(scene)
    maybe = () if guessing.is_soreness(scene) else (*doubted, *suspected)
    return tuple(sign for sign in dict.fromkeys((*grave, *maybe)) if not guessing.is_asked(scene, sign))


def _by_intent(scene: Scene) -> tuple[str, ...]:
    """The sign that an intent puts in doubt, where no words arrive, or that the words of a slot do."""
    item, doubted = scene.library.asked_by(scene.turn.intent), scene.library.doubted_by(scene.turn.intent)
    if scene.session.progress.step and isinstance(item, Sign) and item.kind == "sign":
        return (item.id,)  # a question about a sign or a report of it: nobody knows
    if doubted and (doubted.id in scene.reading.said or guessing.is_unread(scene)):
        mild = scene.wording.reader.is_mild(scene.turn.words)
        return () if mild or guessing.is_asked(scene, doubted.id) else (doubted.id,)
    return scene.reading.maybe


def _beside_an_answer(scene: Scene) -> tuple[str, ...]:
    """The emergency that an ear hears in words with a no somewhere in them, or what it is certain to be in doubt of:
    "it falls in drops, not coming full", "I'm not feeling the best".
    """
    if scene.wording.reader.opens(scene.turn.words) or guessing.is_settled(scene):
        return ()
    sign = guessing.heard(scene)
    grave = sign.id if sign and is_emergency(sign) else ""
    suspected = (grave,) if grave else guessing.suspected(scene) if guessing.doubt(scene) >= CERTAIN else ()
    return tuple(each for each in suspected
                 if each not in scene.reading.denied and not guessing.is_asked(scene, each))


def _denied_by_slot(scene: Scene) -> tuple[str, ...]:
    """What is denied where only the slot arrives: "no {symptom}"."""
    asked = scene.session.progress.parts
    misheard = answering.polarity(scene) == Answer.YES  # "yep, the side of my foot"
    denied = scene.slot("symptom").ids if scene.turn.intent == DENIAL and not misheard else ()
    return tuple(sign for sign in denied if sign in asked)


def _meant(scene: Scene) -> tuple[str, ...]:
    """Of what was asked, what an answer means without naming it."""
    words, parts, reader = scene.turn.words, scene.session.progress.parts, scene.wording.reader
    answers = words and not answering.denies(scene) and not reader.asks_in_general(words)
    asked = () if guessing.is_no(scene) else parts  # "weak, no, they only ache"
    asked = (*asked, signs.KIDNEY) if signs.BLADDER in parts else asked  # "I can hold it, it just burns"
    return reader.means(words, asked) if answers else ()


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
    aside = () if signs.DURATION in asking else (signs.WEEK,)  # "haven't been sick since Christmas"
    return (sign for sign in reading.denied if sign not in aside
            if sign in asking or not ((item := scene.library.get(sign)) and is_emergency(item)))


def _sides(scene: Scene, facts: Mapping[str, str]) -> dict[str, str]:
    """Whether it is both legs, where a leg sign was told of, now or before."""
    asked = scene.session.progress.parts if answering.answers_with_a_leg(scene) else ()
    told = {fact for fact, answer in facts.items() if answer == Answer.YES}
    known = {*told, *scene.found, *(asked if len(asked) == 1 else ())}
    of_legs = not {*told, *scene.session.progress.asking}.isdisjoint({*OF_LEGS, signs.SIDE})
    denied = answering.polarity(scene) == Answer.NO and signs.SIDE not in scene.session.progress.asking
    if known.isdisjoint(IN_ONE_LEG) or not of_legs or (denied and told.isdisjoint(IN_ONE_LEG)):
        return {}  # "motion and urine are both normal", "no, I stood on my toes, both feet"
    side = measuring.both(scene) if asked else None
    if "both" in scene.reading.marks or side == Answer.YES:
        return {signs.BOTH_LEGS: Answer.YES}
    one = "one" in scene.reading.marks or side == Answer.NO
    return {signs.BOTH_LEGS: Answer.NO} if one and signs.BOTH_LEGS not in facts else {}
