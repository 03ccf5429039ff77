"""The warning-sign check as a conversation: one question at a time, whatever is said in between.

Rule 1: a sign that is told goes before the answer, and the answer before any command but leaving.
Rule 2: "not sure" is asked once more in other words, with something to try; then it counts as what it is.
Rule 3: what was said stays in the conversation (`Progress.answers`); the next question is computed from it.
Rule 4: an answer that can't be made out is asked for once more, and then counts as not sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skill.dialogue import answering, asking, hearing, measuring, outcome
from skill.dialogue.questionnaire import ASK, TEST, WHY, reference
from skill.dialogue.scene import Draft, Scene, ids
from skill.dialogue.session import Progress
from skill.domain import signs
from skill.domain.check import Answer, entry, pairs, without
from skill.domain.items import Disposition, Item
from skill.domain.triage import IN_A_LEG, disposition

MADE_OF: Mapping[str, tuple[str, ...]] = {
    signs.WEEK: (signs.WEEK, signs.DURATION, signs.TREND), signs.WORSENING: (signs.WORSENING, signs.TREND),
    signs.SEVERE_72H: (signs.SEVERE_72H, signs.SEVERE, signs.DURATION),
}
"""Signs that follow from the course: what is asked again where one is changed."""

PATIENCE = 3
"""Turns in a row that were no answer to the open question, after which it counts as not sure."""

BEFORE_THIS_WEEK, THIS_WEEK = "8", "5"
"""Days, where all that is known is whether it was there before this week."""


def start(scene: Scene) -> Draft:
    """"Is my back pain serious?", "check my warning signs", "my back is killing me"."""
    progress = scene.session.progress
    if progress.disposition in (Disposition.EMERGENCY, Disposition.URGENT):
        return outcome.again(scene)
    if progress.disposition:
        progress = Progress(sorted=progress.sorted)
    return begin(scene, hearing.told(scene), progress)


def begin(scene: Scene, told: Mapping[str, str], progress: Progress | None = None) -> Draft:
    """The check from its first question, with what was told already."""
    facts = {**told, **(measuring.measured(scene, signs.DURATION) or {})}
    known = asking.with_facts(progress or scene.session.progress, "", facts)
    return asking.go_on(scene, known, *asking.echo(scene, facts))


def answer(scene: Scene, told: Mapping[str, str]) -> Draft | None:
    """What follows from an answer, and from what was told with it; None where the turn was none."""
    progress, said = scene.session.progress, answering.polarity(scene)
    found = [fact for fact, value in told.items() if value == Answer.YES and fact not in scene.found]
    of_trend = scene.turn.intent == "TellTrend" and not scene.wording.reader.opens(scene.turn.words)
    passing = _in_passing(scene) if (said is None or of_trend) and not found else None
    if passing:
        return asking.go_on(scene, passing, scene.phrase("fine"))
    learnt = _measured(scene, said)
    if learnt is not None:
        return _learn(scene, {**{fact: value for fact, value in told.items() if fact not in MADE_OF}, **learnt})
    if found and (said != Answer.NO or not set(found).isdisjoint(progress.parts)):
        return _learn(scene, told)
    if said in (Answer.YES, Answer.NO) and _corrects(scene):
        return _answered(replace(scene, session=replace(scene.session, progress=_stepped_back(progress))), said, {})
    if not found and said in (None, Answer.YES):  # "yes, off and on, I haven't thrown up though" denies nothing asked
        told = {fact: value for fact, value in told.items() if fact not in scene.reading.denied}
    if said is None or (is_measured(progress) and said != Answer.UNSURE):
        return _learn(scene, told) if any(fact in told for fact in progress.parts) else None
    return _answered(scene, said, told)


def _answered(scene: Scene, said: str, told: Mapping[str, str]) -> Draft:
    """Yes, no or not sure, to all that was asked."""
    progress = scene.session.progress
    parts = progress.parts
    if said == Answer.UNSURE and progress.form != TEST and signs.CRISIS not in parts:
        sure = {fact: value for fact, value in told.items() if value == Answer.YES}
        return _in_other_words(scene, asking.with_facts(progress, "", sure))
    if said == Answer.YES and len(parts) > 1 and not _each_an_emergency(progress, parts):
        return asking.go_on(scene, replace(asking.with_facts(progress, "", told), form=asking.EACH))
    return _learn(scene, {**dict.fromkeys(parts, said), **told})


def _each_an_emergency(progress: Progress, parts: Sequence[str]) -> bool:
    facts = progress.case.facts
    return all(disposition(facts | {part}) is Disposition.EMERGENCY for part in parts)


def _measured(scene: Scene, said: str | None) -> dict[str, str] | None:
    """An answer to "how long?", "how bad?", "which way?", "which leg?"; None where that wasn't asked, or is open."""
    progress = scene.session.progress
    what = progress.asking[0] if len(progress.asking) == 1 else ""
    if what not in measuring.MEASURED:
        return None
    learnt = measuring.measured(scene, what)
    if learnt is not None or progress.form != TEST or said is None:
        return learnt
    return _tested(what, said)


def _in_passing(scene: Scene) -> Progress | None:
    """What is known with how long, which way or which leg, told while something else is asked."""
    progress = scene.session.progress
    what = {"TellDuration": signs.DURATION, "TellTrend": signs.TREND, "TellSide": signs.SIDE}.get(scene.turn.intent)
    learnt = measuring.measured(scene, what) if what and progress.asking != (what,) else None
    if not learnt or (what == signs.SIDE and progress.case.facts.isdisjoint(IN_A_LEG)):
        return None  # "on the left", and nobody spoke of legs
    if entry("", learnt) in progress.answers:
        return None  # told before, so it's meant for an answer
    return asking.with_facts(progress, "", learnt)


def is_measured(progress: Progress) -> bool:
    """Whether the open question asks for more than yes or no."""
    return progress.form != TEST and progress.asking in [(what,) for what in measuring.MEASURED]


def is_measure(scene: Scene) -> bool:
    """Whether a measure was asked for and told: "a day" is no command, whatever an ear makes of it."""
    return _measured(scene, None) is not None


def _tested(what: str, said: str) -> dict[str, str]:
    """What a yes, a no or "not sure" means to the question in other words."""
    meant = {
        signs.DURATION: {Answer.YES: BEFORE_THIS_WEEK, Answer.NO: THIS_WEEK},
        signs.TREND: {Answer.YES: "worse", Answer.NO: "same"},
    }.get(what, {})
    return {signs.BOTH_LEGS if what == signs.SIDE else what: meant.get(Answer(said), said)}


def _in_other_words(scene: Scene, progress: Progress) -> Draft:
    return asking.go_on(scene, replace(progress, form=TEST))


def _learn(scene: Scene, facts: Mapping[str, str]) -> Draft:
    """Goes on with what was learnt."""
    progress = scene.session.progress
    return asking.go_on(scene, asking.with_facts(progress, progress.step, facts), *asking.echo(scene, facts))


def unheard(scene: Scene) -> Draft:
    """What was said was no answer: asked for once more; then it counts as not sure."""
    if scene.session.misses >= PATIENCE:
        return skip(scene)
    return replace(asking.ask_again(scene, scene.phrase("what-answer")), misses=PATIENCE)


def instead(scene: Scene, draft: Draft) -> Draft:
    """Something else than an answer. Where no words ask for it, nobody knows whether it was meant: "he says not", heard
    as "says who?". It's answered, but not for ever.
    """
    if scene.wording.reader.is_question(scene.turn.words) or draft.progress != scene.session.progress or draft.misses:
        return draft
    return skip(scene) if scene.session.misses >= PATIENCE else replace(draft, misses=scene.session.misses + 1)


def named_again(scene: Scene, item: Item) -> Draft:
    """A sign or risk that was asked about is named for the second time, and still no yes or no: it is believed."""
    return _learn(scene, {item.id: Answer.YES})


def skip(scene: Scene) -> Draft:
    """"Skip": not answering isn't a no."""
    return _learn(scene, _all_unsure(scene.session.progress))


def _all_unsure(progress: Progress) -> dict[str, str]:
    return dict.fromkeys(progress.parts, Answer.UNSURE.value)


def back(scene: Scene) -> Draft:
    """"Go back": the last answer is taken back, and its question asked again."""
    return asking.go_on(scene, replace(_stepped_back(scene.session.progress), step="", form=""), scene.phrase("fine"))


def _stepped_back(progress: Progress) -> Progress:
    """The check as it was before the last answer, with that question open."""
    place = next((n for n in reversed(range(len(progress.answers))) if progress.answers[n][0] != ":"), None)
    if place is None:
        return progress
    kept = progress.answers[place]
    return replace(progress, answers=progress.answers[:place], step=kept.partition(":")[0], form=ASK,
                   parts=tuple(fact for fact, _ in pairs(kept)))


def _corrects(scene: Scene) -> bool:
    return bool(scene.wording.reader.corrects(scene.turn.words)) and any(
        each[0] != ":" for each in scene.session.progress.answers)


def start_over(scene: Scene) -> Draft:
    """"Start over": from the first question."""
    return asking.go_on(scene, Progress(begun=True), scene.phrase("fine"))


def why(scene: Scene) -> Draft:
    """"Why do you ask?"."""
    return asking.ask_again(scene, reference(WHY, scene.session.progress.step))


def help_(scene: Scene) -> Draft:
    """What one can say here."""
    return asking.ask_again(scene, scene.phrase("help-check"))


def meanwhile(scene: Scene, draft: Draft) -> Draft:
    """Another question in the middle: answered in a sentence, and then back to the open one."""
    item = scene.library.get(draft.topic)
    if item is None or outcome.coaches(draft):
        return asking.ask_again(scene, scene.phrase("check-first"))
    return replace(asking.ask_again(scene, f"{item.id}/short"), said=ids(item), topic=item.id)


def nudge(scene: Scene) -> Draft:
    """Something friendly, or the check asked for once more: on with the open question."""
    return asking.ask_again(scene, scene.phrase("fine"))


def leave(scene: Scene) -> Draft:
    """"Stop" in the middle: the safety net once more, and the end; after a question about living, who listens."""
    net = "somebody" if signs.CRISIS in scene.session.progress.parts else "net"
    return Draft(lines=(scene.phrase(net),), progress=replace(scene.session.progress, step="", parts=()),
                 unfinished=True)


def change(scene: Scene) -> Draft | None:
    """One of the answers read back was wrong: denied, or named to be asked again; None where none was meant."""
    progress, known = scene.session.progress, scene.session.progress.case.facts
    reading = scene.reading
    meant = (*reading.denied, *reading.said, *reading.asked, *reading.maybe, *scene.slot("symptom").ids,
             *scene.slot("topic").ids)
    fact = next((fact for fact in meant if fact in known), None)
    if fact is None:
        return None
    kept = without(progress.answers, MADE_OF.get(fact, (fact,)))
    told = {fact: Answer.NO.value} if fact in reading.denied and fact not in MADE_OF else {}
    reopened = replace(progress, answers=kept, disposition=None)
    return asking.go_on(scene, asking.with_facts(reopened, "", told), scene.phrase("fine"))


