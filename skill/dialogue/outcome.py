"""What the check concluded, in words: what to do, why, and what holds from then on in the conversation.

Rule 1: the first sentence is what to do, with the reason in the person's own signs; never a diagnosis.
Rule 2: after an emergency its advice comes again, whatever is asked; after "be seen today" nothing is coached;
after "see a doctor" gentle things alone, with a caveat.
Rule 3: the card repeats the advice alone, never what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skill.dialogue.questionnaire import AND, IN_LEGS, MANY, OR, OUTCOME, REMARK, YOU, reference
from skill.dialogue.scene import CHECK, GENTLE, Draft, Scene, ask, ids, tell
from skill.dialogue.session import Progress
from skill.domain import signs
from skill.domain.check import LONG, Answer, pairs
from skill.domain.items import Disposition
from skill.domain.triage import Facts, reasons

COACHING = ("treat.stretching", "treat.yoga", "list.stretches")
"""Items that set somebody moving, besides every stretch and routine."""

ALWAYS = ("Yes", "No", "Repeat", "Thank", "Basis", "ForgetMe", "Stop", "Cancel", "NavigateHome")
"""Intents that are answered as ever, even after an emergency was reported."""

CHANGE = "change"
"""The offer to change one of the answers."""

SENTENCES = 3
"""Sentences of an outcome."""

RELIEF = ("treat.ice", "treat.heat", "treat.rest", GENTLE)
"""What helps when it's looked after at home."""

NAMED = 2
"""Reasons that a first sentence can hold."""


def conclude(scene: Scene, progress: Progress) -> Draft:
    """The outcome of what was answered."""
    case = progress.case
    if _is_crisis(case.facts):
        return crisis(scene, progress)
    level, person = case.disposition, progress.whose
    because = _because(progress, reasons(case.facts))
    lines = tuple(reference(OUTCOME, level, because, place, person) for place in range(SENTENCES))
    grown_up = (scene.phrase("grown-up"),) if signs.CHILD in case.facts and person == YOU else ()
    question, offer = _afterwards(scene, level)
    seek = {Disposition.SEE_DOCTOR: "seek.doctor"}.get(level, f"seek.{level}")
    relief = RELIEF if level is Disposition.SELF_CARE else ()
    return Draft(lines=(*lines[:1], *grown_up, *lines[1:]), said=(seek, *_ids(scene, because), *relief),
                 question=question, offer=offer, topic=seek, card=seek, progress=_closed(progress, level))


def _is_crisis(facts: Facts) -> bool:
    """Whether somebody may not want to live; who isn't sure isn't asked a second time."""
    return not facts.isdisjoint((signs.CRISIS, signs.unsure(signs.CRISIS)))


def crisis(scene: Scene, progress: Progress) -> Draft:
    """Words of not wanting to live: somebody to talk to, and nothing about backs."""
    told = tell(scene, scene.library[signs.CRISIS])
    return replace(told, question=scene.phrase("offer-again"), offer="again",
                   progress=_closed(progress, Disposition.EMERGENCY))


def _closed(progress: Progress, level: Disposition) -> Progress:
    return replace(progress, step="", form="", parts=(), disposition=level)


def _afterwards(scene: Scene, level: Disposition) -> tuple[str, str]:
    if level is Disposition.EMERGENCY:
        return scene.phrase("offer-again"), "again"
    both = scene.library.comparing("treat.ice", "treat.heat")
    if level is Disposition.SELF_CARE and both:
        return scene.phrase("offer-relief"), both.id
    return scene.phrase("anything"), ""


def _because(progress: Progress, facts: Facts) -> str:
    """The reasons, the first said first; linked by "or" where one yes answered for several."""
    if not any(not fact.startswith("?") for fact in facts):
        return AND.join(sorted(facts)[:NAMED])
    told = [*progress.case.said, signs.WORSENING, signs.WEEK, signs.SEVERE_72H]
    both = signs.BOTH_LEGS in facts
    first = [fact for fact in told if fact in facts or (both and fact in IN_LEGS and fact in progress.case.facts)]
    first = sorted(dict.fromkeys(first), key=lambda fact: both and fact in (signs.BOTH_LEGS, *IN_LEGS), reverse=True)
    chosen = first[:NAMED + both]
    return (OR if _one_yes(progress, chosen) else AND).join(chosen)


def _one_yes(progress: Progress, facts: Sequence[str]) -> bool:
    """Whether a single yes to a question answered for several signs, so that it's open which."""
    return len(facts) > 1 and any(
        kept[0] != ":" and {fact for fact, value in pairs(kept) if value == Answer.YES} >= set(facts)
        for kept in progress.answers)


def _ids(scene: Scene, because: str) -> tuple[str, ...]:
    facts = because.replace(OR, AND).split(AND)
    return tuple(fact.removeprefix("?") for fact in facts if fact.removeprefix("?") in scene.library)


def again(scene: Scene, *before: str) -> Draft:
    """The outcome once more; of an emergency in other words, and nothing before what to do."""
    progress = scene.session.progress
    told = conclude(scene, progress)
    if not is_emergency(scene) or _is_crisis(progress.case.facts):
        return replace(told, lines=(*before, *told.lines))
    because = _because(progress, reasons(progress.case.facts))
    first = reference(REMARK, "again", because, scene.session.count, progress.whose)
    return replace(told, lines=(first, *told.lines[-1:]))


def basis(scene: Scene) -> Draft:
    """"What did you base that on?", "what do I tell the doctor?": the answers read back."""
    progress = scene.session.progress
    case = progress.case
    if not progress.answers:
        return ask(scene, "offer-check", "no-check", offer=CHECK)
    known = [fact for fact in sorted(case.facts) if fact not in (LONG, signs.OTHER)]
    told = {"yes": [fact for fact in known if not fact.startswith("?")],
            "unsure": [fact for fact in known if fact.startswith("?")]}
    lines = [reference(REMARK, key, AND.join(facts), scene.session.count, progress.whose)
             for key, facts in told.items() if facts]
    said = [fact for facts in told.values() for fact in _ids(scene, AND.join(facts[:MANY]))]
    denied = Answer.NO in case.said.values()
    rest = [scene.phrase("rest-no" if lines else "all-no")] if denied else []
    return Draft(lines=(*lines, *rest), said=tuple(dict.fromkeys(said)),
                 question=scene.phrase("change-one"), offer=CHANGE, progress=progress)


def is_emergency(scene: Scene) -> bool:
    """Whether an emergency was concluded in this conversation."""
    return scene.session.progress.disposition == Disposition.EMERGENCY


def coaches(draft: Draft) -> bool:
    """Whether a reply sets somebody moving."""
    told = any(item_id.startswith(("stretch.", "routine.")) or item_id in COACHING for item_id in draft.said)
    return told or (draft.course is not None and draft.course.is_on)


def heed(scene: Scene, draft: Draft) -> Draft:
    """A reply in the light of what was concluded before."""
    level = scene.session.progress.disposition
    if is_emergency(scene):
        allowed = scene.turn.intent in ALWAYS or _is_alarm(scene, draft)
        return draft if allowed and not coaches(draft) else again(scene)
    if level == Disposition.URGENT and coaches(draft):
        return again(scene, scene.phrase("not-now"))
    if level == Disposition.SEE_DOCTOR and coaches(draft) and not draft.course:
        return _gently(scene, draft)
    return draft


def _is_alarm(scene: Scene, draft: Draft) -> bool:
    item = scene.library.get(draft.topic)
    return item is not None and getattr(item, "alone", None) is Disposition.EMERGENCY


def _gently(scene: Scene, draft: Draft) -> Draft:
    """Gentle things alone, with the caveat."""
    item = scene.library[GENTLE]
    gentle = draft.topic == GENTLE or getattr(scene.library.get(draft.topic), "level", 0) == 1
    told = draft if gentle else replace(tell(scene, item), said=ids(item))
    return replace(told, lines=(scene.phrase("gentle-only"), *told.lines))
