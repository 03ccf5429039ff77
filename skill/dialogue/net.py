"""The net under every turn: a warning sign, said at any moment and as an answer to anything, comes before all else.

Rule 1: this is the one place where what was said is looked through before it is obeyed.
Rule 2: words of not wanting to live first; then a new sign; then words that may be one, asked about once.
Rule 3: what was denied, asked about in general, or only sounds like a sign sets nothing off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skill.dialogue import asking, checking, hearing, outcome
from skill.dialogue.scene import Draft, Scene
from skill.dialogue.session import Progress
from skill.domain import signs
from skill.domain.check import Answer, entry
from skill.domain.items import Disposition

CURT = 2
"""Words up to which it is no more than that: "I'm done", and not "I can't do this anymore"."""

ENDS = ("Stop", "Cancel", "Next")
"""Intents that say that a stretch is over."""

HURTS = "ThatHurts"
"""The intent that says that a stretch hurts, and nothing of how."""


def catch(scene: Scene, told: Mapping[str, str]) -> Draft | None:
    """What a warning sign, of all that was told, brings; None where there is none."""
    progress = scene.session.progress
    if told.get(signs.CRISIS) == Answer.YES:
        return outcome.crisis(scene, _with_crisis(progress))
    new = news(scene, told)
    if new and not progress.step:
        return _caught(scene, told)
    risks = all(fact.startswith("risk.") for fact in new)
    return _ambiguous(scene, told) if risks else None


def news(scene: Scene, told: Mapping[str, str]) -> tuple[str, ...]:
    """The signs and risks, of all that was told, that weren't found before."""
    return tuple(fact for fact, answer in told.items()
                 if answer == Answer.YES and fact not in scene.found and fact in scene.library)


def _with_crisis(progress: Progress) -> Progress:
    return Progress(answers=(*progress.answers, entry("", {signs.CRISIS: Answer.YES})), begun=True)


def _caught(scene: Scene, told: Mapping[str, str]) -> Draft | None:
    """Outside the check: it begins, or goes on after its end, with the sign found; a mere risk starts nothing."""
    progress = scene.session.progress
    if progress.disposition == Disposition.EMERGENCY:
        return outcome.again(scene)
    sign = any(fact.startswith("sign.") and answer == Answer.YES for fact, answer in told.items())
    level = replace(progress, answers=(*progress.answers, entry("", told))).case.disposition
    return checking.begin(scene, told) if sign or level is Disposition.EMERGENCY else None


def _ambiguous(scene: Scene, told: Mapping[str, str]) -> Draft | None:
    """A question about what may be a sign; a risk told of beside it is kept: "my kid got thrown, his back's sore"."""
    progress = scene.session.progress
    maybe = [sign for sign in hearing.unclear(scene) if sign not in (*progress.sorted, *scene.found)]
    helped = scene.library.asked_by(scene.turn.intent) is scene.library.get("seek.crisis")
    if not maybe or helped or _is_of_the_stretch(scene, maybe) or progress.disposition == Disposition.EMERGENCY:
        return None
    draft = asking.sort_out(scene, maybe)
    return replace(draft, progress=_with_risks(scene, draft.progress or progress, told))


def _is_of_the_stretch(scene: Scene, maybe: Sequence[str]) -> bool:
    """Whether it means no more than it says, in the middle of a stretch: "ouch", which has a question of its own
    (sharp, or stretchy?), and "I'm done", which ends it.
    """
    ends = scene.turn.intent in ENDS and maybe == [signs.CRISIS] and len(scene.turn.words.split()) <= CURT
    return scene.course.is_on and (scene.turn.intent == HURTS or ends)


def noted(scene: Scene, told: Mapping[str, str], draft: Draft) -> Draft:
    """The draft with the risks that were mentioned in passing, so that they need not be asked for."""
    risky = _with_risks(scene, scene.session.progress, told)
    return draft if draft.progress or risky is scene.session.progress else replace(draft, progress=risky)


def _with_risks(scene: Scene, progress: Progress, told: Mapping[str, str]) -> Progress:
    """The answers so far, and the risks told of; the same where there are none."""
    risks = {fact: answer for fact, answer in told.items()
             if fact.startswith("risk.") and answer == Answer.YES and fact not in scene.found}
    return replace(progress, answers=(*progress.answers, entry("", risks))) if risks else progress
