"""What an answer to the open question is: yes, no, not sure; or none, if what words read like and an ear don't agree.

Rule 1: a "no" that an ear hears otherwise is no "no"; neither is a "yes" a "yes". It is asked again, once.
Rule 2: where only intents and slots arrive, a denial is a "no" unless it's of something else.
"""

from __future__ import annotations

from skill.dialogue import guessing
from skill.dialogue.guessing import ASIDE, CERTAIN, DENIAL
from skill.dialogue.questionnaire import SORT
from skill.dialogue.scene import Scene, is_emergency
from skill.domain import signs
from skill.domain.check import Answer

IN_ONE_LEG = (signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING)
"""Signs of which it is asked whether they are in one leg or in both."""


def polarity(scene: Scene) -> str | None:
    """The answer to what was asked, "yes", "no" or "unsure"; None where it was neither."""
    words, asking = scene.turn.words, scene.session.progress.asking
    by_words = scene.wording.reader.answer(words, asking) if words and not denies(scene) else None
    leg = {"TellSide": "yes"} if answers_with_a_leg(scene) else {}
    by_intent = {"Yes": "yes", "No": "no", "Unsure": "unsure", **leg, **_denial(scene)}.get(scene.turn.intent)
    meant_so = scene.turn.intent == ASIDE and scene.session.progress.step == SORT  # it was a figure of speech
    plain_no = guessing.is_no(scene)
    by_ear = "yes" if guessing.is_yes(scene) else None
    said = by_words or by_intent or ("no" if meant_so or plain_no else by_ear)
    if said == Answer.YES and plain_no and (scene.session.misses or not scene.wording.reader.opens(words)):
        return Answer.NO
    if said == Answer.YES and _sounds_idle(scene):
        return None
    if said == Answer.NO and guessing.is_yes(scene) and _lacks_a_plain_no(scene):
        return Answer.YES  # "yes, off and on, I haven't thrown up though"
    doubted = said == Answer.NO and not plain_no and (_sounds_told(scene) or _sounds_otherwise(scene))
    return None if doubted else said


def _sounds_told(scene: Scene) -> bool:
    """Whether an ear hears of what was asked in words with a "not" somewhere in them, and they don't say that all is
    well: "both do not obey me", "it doesn't lift, nothing". That is no "no"; it is asked again.
    """
    sign, reader, words = guessing.heard(scene), scene.wording.reader, scene.turn.words
    if not scene.turn.verbatim or sign is None or not guessing.is_asked(scene, sign.id):
        return False
    says_no = reader.opens(words) if is_emergency(sign) else reader.says_no(words, scene.session.progress.asking)
    return not (says_no or reader.is_well(words) or scene.reading.denied)


def _lacks_a_plain_no(scene: Scene) -> bool:
    """Whether words that are taken for a "no" don't begin with one, or read like a yes by themselves."""
    reader, words = scene.wording.reader, scene.turn.words
    return not reader.opens(words) or reader.answer(words) == Answer.YES


def _sounds_otherwise(scene: Scene) -> bool:
    """Whether an ear hears a yes in words that read like a no, or something else in words with a "not" somewhere in
    them, and no "no": "not really, I'm hanging on to stuff", of walking; "it throbs just doing nothing"; "I've not
    slept through for eight nights", of legs. It is asked again, once.
    """
    settled = guessing.idle(scene) >= CERTAIN and scene.turn.denies >= guessing.SCARCELY  # "like always"
    if scene.session.misses or settled:
        return False
    other = guessing.tells_of_something(scene) and not scene.wording.reader.opens(scene.turn.words)
    if other and scene.turn.denies < guessing.SCARCELY:
        return True
    return scene.turn.affirms >= (guessing.SCARCELY if other else guessing.RATHER)


def _sounds_idle(scene: Scene) -> bool:
    """Whether an ear hears no yes in words that read like one, and no harm or something else: "I've a weak spot for
    cake"; "aye, I've been, it's fine". It is asked again, once.
    """
    if not scene.turn.verbatim or scene.session.misses:
        return False
    if scene.wording.reader.opens(scene.turn.words):
        well = scene.wording.reader.is_well(scene.turn.words) and scene.turn.affirms < CERTAIN
        return guessing.is_weighed(scene) and (well or scene.turn.denies >= CERTAIN)
    sign = guessing.heard(scene)
    other = sign is not None and not guessing.is_asked(scene, sign.id) and guessing.share(scene, sign.id) >= CERTAIN
    return scene.turn.affirms < guessing.SCARCELY and (other or guessing.harmless(scene) >= CERTAIN)


def is_no_leave(scene: Scene) -> bool:
    """Whether words that an ear took for "stop" name no end, and answer what was asked ("no worries there"), or are no
    more than a guess, which has to come twice ("that's all dead on").
    """
    reader, words = scene.wording.reader, scene.turn.words
    if not words or scene.turn.sure >= guessing.LITERAL or reader.ends(words):
        return False
    answered = reader.answer(words, scene.session.progress.asking) is not None
    return answered or (scene.turn.verbatim and not scene.session.misses)


def _denial(scene: Scene) -> dict[str, str]:
    """A denial is the answer "no", unless it's of something else than what was asked: "no fever", of peeing."""
    denied = scene.slot("symptom").ids
    elsewhere = denied and scene.session.progress.parts and not set(denied) & set(scene.session.progress.parts)
    return {} if elsewhere else {DENIAL: "no"}


def denies(scene: Scene) -> bool:
    """Whether a symptom was denied where only intents and slots arrive: of "no tingling", the words are "tingling"; of
    "no, I can't walk" they are "I can't walk", and that's no denial.
    """
    failing = scene.wording.reader.tells_of_failing(scene.turn.words)
    return scene.turn.intent == DENIAL and not scene.turn.verbatim and not failing


def answers_with_a_leg(scene: Scene) -> bool:
    """Whether a leg is named where a sign in one was asked about, and nothing else is said: "down both"."""
    asked = not set(IN_ONE_LEG).isdisjoint(scene.session.progress.parts)
    certain = not scene.turn.verbatim or scene.turn.sure >= guessing.LITERAL
    return scene.turn.intent == "TellSide" and certain and asked
