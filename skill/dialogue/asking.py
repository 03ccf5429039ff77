"""What the warning-sign check asks next, and in which words.

Rule 1: gravest first, as `domain.check.upcoming` has it; what is being sorted out goes before.
Rule 2: the rule for emergencies is spoken before the first question, and how far along it is on the way.
Rule 3: a question is put together from what it is about, so it can be asked again in other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skill.dialogue import outcome
from skill.dialogue.questionnaire import AND, ASK, HEARD, MANY, OR, PLAIN, REMARK, SORE, SORT, TEST, reference
from skill.dialogue.scene import Draft, Scene, ask
from skill.dialogue.session import Progress
from skill.domain import signs
from skill.domain.check import BY_NAME, Answer, Case, entry, upcoming, without
from skill.domain.items import Disposition
from skill.domain.triage import OF_LEGS

EACH = "each"
"""The parts of a question one by one, after a yes that didn't say to which."""

TWO = 2
"""Signs that one question can sort out in a breath."""

MOST_QUESTIONS = 20
"""After so many, what is still open counts as not sure."""

MILESTONES: Mapping[str, str] = {"feeling": "three-of-eight", "duration": "past-half", "course": "nearly"}
"""How far along it is, before which question."""


def go_on(scene: Scene, progress: Progress, *lines: str) -> Draft:
    """The next question, or the outcome."""
    case = progress.case
    if case.disposition is Disposition.EMERGENCY:
        return outcome.conclude(scene, progress)
    found = _next(progress, case)
    if progress.passing and (found is None or found[0] != SORT) and case.disposition is Disposition.SELF_CARE:
        return replace(ask(scene, "anything", "fine"), progress=replace(progress, step="", parts=(), form=""))
    if found is None:
        return outcome.conclude(scene, progress)
    name, parts = found
    if progress.asked >= MOST_QUESTIONS:
        return go_on(scene, with_facts(progress, name, dict.fromkeys(parts, Answer.UNSURE.value)))
    return _put(scene, progress, name, parts, lines)


def _next(progress: Progress, case: Case) -> tuple[str, tuple[str, ...]] | None:
    """The name of the next question and its parts: what is being sorted out first."""
    left = progress.parts if progress.form == ASK else progress.sorted
    pending = tuple(fact for fact in left if fact not in case.said)
    if progress.step == SORT and pending:
        return SORT, pending
    found = upcoming(case)
    return (found[0].name, found[1]) if found else None


def _put(scene: Scene, progress: Progress, name: str, parts: tuple[str, ...], lines: Sequence[str]) -> Draft:
    same = name == progress.step and progress.form in (EACH, TEST)
    form = progress.form if same else ASK
    if not progress.begun:
        lines = (*lines, scene.phrase("check-rule"), scene.phrase("check-how"))
    elif name in MILESTONES and name != progress.step:
        lines = (*lines, scene.phrase(MILESTONES[name]))
    put = replace(progress, begun=True, form=form, passing=progress.passing and name == SORT)
    asked = _asking(scene, put, name, parts[:1] if same else parts)
    return replace(asked, lines=tuple(lines), said=_drawn_on(scene, lines))


def _asking(scene: Scene, progress: Progress, name: str, parts: Sequence[str]) -> Draft:
    open_ = replace(progress, step=name, parts=tuple(parts), asked=progress.asked + 1, disposition=None)
    return Draft(question=_text(scene, open_, name, parts, 0), progress=open_)


def _text(scene: Scene, progress: Progress, name: str, parts: Sequence[str], variant: int) -> str:
    """The reference of a question, as its form has it."""
    whose = progress.whose
    if progress.form == TEST:
        return reference(TEST, parts[0], whose=whose)
    if name == SORT and progress.form == ASK:
        return reference(SORT, SORE if OF_LEGS.issuperset(parts) else PLAIN, OR.join(parts), scene.session.count, whose)
    whole = name in BY_NAME and len(parts) == len(BY_NAME[name].about)
    return reference(ASK, scene.wording.questionnaire.key(name, parts, whole=whole), OR.join(parts), variant, whose)


def sort_out(scene: Scene, maybe: Sequence[str]) -> Draft:
    """Words that may mean a sign, or nothing: one question about two at most, about living alone where it may be that,
    and only once for each sign.
    """
    maybe = (signs.CRISIS,) if signs.CRISIS in maybe else tuple(maybe[:TWO])
    progress = scene.session.progress
    crisis = signs.CRISIS in maybe and not scene.wording.reader.ails(scene.turn.words)  # no talk of a back
    amid = bool(scene.session.topic) or scene.course.is_on or crisis  # else it is what somebody came for
    passing = amid and not (progress.begun or scene.wording.reader.complains(scene.turn.words))
    open_ = replace(progress, answers=without(progress.answers, maybe), sorted=(*progress.sorted, *maybe), form=ASK,
                    passing=passing)
    return _asking(scene, open_, SORT, maybe)


def ask_again(scene: Scene, *lines: str) -> Draft:
    """A remark, and the open question in its other variant."""
    progress = scene.session.progress
    before = scene.session.question.split("/")[-2:-1]
    variant = int(before[0]) + 1 if before and before[0].isdecimal() else 1
    question = _text(scene, progress, progress.step, progress.parts, variant)
    return Draft(lines=lines, question=question, progress=progress)


def with_facts(progress: Progress, step: str, facts: Mapping[str, str]) -> Progress:
    """The answers with one more; a measure that nobody knows is kept as not sure."""
    return replace(progress, answers=(*progress.answers, entry(step, facts))) if facts else progress


def echo(scene: Scene, facts: Mapping[str, str]) -> tuple[str, ...]:
    """"Okay, numbness in a leg": what was found is said back."""
    known = (signs.OTHER, signs.CHILD, *scene.found)
    found = [fact for fact, value in facts.items() if value == Answer.YES and fact not in known]
    if not found:
        return ()
    return (reference(REMARK, HEARD, AND.join(found), scene.session.count, scene.whose),)


def _drawn_on(scene: Scene, lines: Sequence[str]) -> tuple[str, ...]:
    """Ids of the signs that are said back."""
    heard = [line.split("/")[2].split(AND) for line in lines if line.startswith(f"?{REMARK}/{HEARD}/")]
    return tuple(fact for facts in heard for fact in facts[:MANY] if fact in scene.library)
