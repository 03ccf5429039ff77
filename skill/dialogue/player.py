"""What somebody may say in the middle of a routine, and what becomes of it.

Rule 1: a command acts on the place where the block was stopped, and the block goes on in the same reply.
Rule 2: a remark between two blocks is answered, and the question that leads on is asked again.
Rule 3: pain stops everything, and is answered for before anything else (see `hurting`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.dialogue import answering, checking, courtesy, guiding, hurting, outcome
from skill.dialogue.scene import CHECK, NOW, Draft, Move, Scene, ask
from skill.domain.check import Answer
from skill.domain.course import Course, Doing
from skill.domain.items import Disposition, Stretch

MORE = 10
"""Seconds that "longer" and "shorter" change a hold by."""

SLOWER, FASTER = 125, 80
"""Percent by which the pace changes."""

WAITING = 200.0
"""Seconds that a pause is quiet before it asks whether to go on: a reply may sound for 220 in all."""

LESS = 2
"""Stretches left from which on they are counted."""


def hear(scene: Scene) -> Draft | None:
    """What a turn does to the routine that is under way; None where it is about something else."""
    if not scene.course.is_on:
        return COMMANDS[scene.turn.intent](scene) if scene.done and scene.turn.intent in AFTERWARDS else None
    if _is_about_signs(scene.session.offer) and scene.turn.intent in ANSWERS:
        return None  # what is answered is no question of the routine
    asked = ASKED.get(scene.course.doing)
    answered = asked(scene) if asked else None
    if answered:
        return answered
    if scene.course.doing == Doing.HURT and scene.turn.intent in MOVING:
        return hurting.that_hurts(scene)  # nothing is done before it's known how it hurts
    move = COMMANDS.get(scene.turn.intent)
    return move(scene) if move else None


def _is_about_signs(offer: str) -> bool:
    return offer in KEPT or offer.startswith(NOW)


def _safe(scene: Scene) -> Draft | None:
    """An answer to whether anything speaks against it: anything but a no goes to the check."""
    if scene.turn.intent in ("Why", "Explain"):
        return Draft(lines=(scene.phrase("why-safe"),), question=scene.phrase("safe"), course=scene.course)
    said = answering.polarity(scene)
    if said == Answer.NO:
        cleared = replace(scene, session=replace(scene.session, cleared=True))
        return replace(guiding.play(cleared, scene.course), cleared=True)
    return checking.start(scene) if said in (Answer.YES, Answer.UNSURE) else None


def go_on(scene: Scene) -> Draft:
    """"Yes", "carry on"; in a new conversation it is said where that is."""
    line = (guiding.where(scene, scene.course),) if scene.turn.opens and not scene.playing else ()
    return guiding.play(scene, scene.course, *line)


def next_(scene: Scene) -> Draft:
    """"Next", "skip": what comes after this one; between two blocks, the one that was announced."""
    return guiding.play(scene, scene.course.moved(0 if scene.done else 1))


def skip(scene: Scene) -> Draft:
    """"Skip it": between two blocks, the one that was announced is left."""
    return guiding.play(scene, scene.course.moved(1))


def previous(scene: Scene) -> Draft:
    """"Go back one"."""
    if scene.course.index == 0:
        return guiding.play(scene, scene.course.moved(0), scene.phrase("first-one"))
    return guiding.play(scene, scene.course.moved(-1))


def again(scene: Scene) -> Draft:
    """"Repeat": this stretch again, with all its instructions; a remark is just said again."""
    if not scene.playing:
        return replace(courtesy.repeat(scene), course=scene.course)
    return guiding.play(scene, scene.course.moved(-1 if scene.done else 0), full=True)


def from_the_top(scene: Scene) -> Draft:
    """"Again from the top": the whole routine."""
    return guiding.play(scene, replace(scene.course, index=0, side=1, held=0), scene.phrase("fine"))


def pause(scene: Scene) -> Draft:
    """"Hold on": a long silence, with the place kept, and then the one question."""
    course = replace(scene.course, doing=Doing.REST)
    return Draft(lines=(scene.phrase("paused"),), question=guiding.back(scene, course), course=course, still=WAITING)


def no(scene: Scene) -> Draft:
    """"No" to going on: waits; a second no ends the routine, and its place is kept."""
    if scene.session.offer == "wait":
        return replace(ask(scene, "anything", "place-kept"), course=replace(scene.course, doing=Doing.NOTHING))
    return replace(pause(scene), offer="wait")


def time_left(scene: Scene) -> Draft:
    """"How long left?": of this stretch, with the other side, and how many more there are."""
    course, playing = scene.course, scene.playing and not scene.done
    under_way = playing or course.held > 0 or course.side > 1
    ahead = len(course.plan) - course.index - (1 if under_way else 0)
    line = "last-of-all" if ahead == 0 else "one-more" if ahead == 1 else "more-after"
    more = scene.phrase(line, None, ahead if ahead >= LESS else None)
    played = guiding.block(scene.wording, course)
    if not (playing and played):
        return _with_remark(scene, course, more)
    sides = played.stretch.guide.sides - played.side
    left = scene.phrase("left-to-go", played.stretch, round(played.length - played.held + sides * played.length))
    return guiding.play(scene, course, left, more, told=True)


def _with_remark(scene: Scene, course: Course, *lines: str) -> Draft:
    """A remark, and on with the block; between two of them, with the question that leads on."""
    if scene.playing and not scene.done:
        return guiding.play(scene, course, *lines)
    course = replace(course, doing=Doing.REST)
    return Draft(lines=lines, question=guiding.back(scene, course), course=course)


def longer(scene: Scene) -> Draft:
    """"Hold it longer"."""
    return _held_for(scene, MORE)


def shorter(scene: Scene) -> Draft:
    """"Not so long"."""
    return _held_for(scene, -MORE)


def _held_for(scene: Scene, more: int) -> Draft:
    stretch = scene.library[scene.course.stretch]
    low, high = stretch.guide.hold if isinstance(stretch, Stretch) else (0, 0)
    seconds = max(low, min(high, scene.course.hold + more))
    if seconds == scene.course.hold:
        return _with_remark(scene, scene.course, scene.phrase("long-enough" if more > 0 else "short-enough"))
    course = scene.course.with_hold(seconds)
    key = "seconds-more" if more > 0 else "seconds-less"
    return _with_remark(scene, course, scene.phrase(key, None, abs(seconds - scene.course.hold)))


def slower(scene: Scene) -> Draft:
    """"Too fast"."""
    return _paced(scene, SLOWER, "slower")


def faster(scene: Scene) -> Draft:
    """"Speed it up"."""
    return _paced(scene, FASTER, "faster")


def _paced(scene: Scene, percent: int, key: str) -> Draft:
    pace = max(guiding.FASTEST, min(guiding.SLOWEST, round(scene.course.pace * percent / 100)))
    return _with_remark(scene, guiding.paced(scene.wording, scene.course, pace), scene.phrase(key))


def easier(scene: Scene) -> Draft:
    """"Too hard": a gentler way of the same."""
    return _otherwise(scene, "easier")


def harder(scene: Scene) -> Draft:
    """"Too easy"."""
    return _otherwise(scene, "harder")


def _otherwise(scene: Scene, way: str) -> Draft:
    return _with_remark(scene, scene.course, f"{scene.course.stretch}/guide.{way}")


def other_side(scene: Scene) -> Draft:
    """"Other side": now."""
    played = guiding.block(scene.wording, scene.course)
    if played is None or played.stretch.guide.sides == 1:
        return _with_remark(scene, scene.course, scene.phrase("no-side"))
    return guiding.play(scene, replace(scene.course, side=3 - played.side, held=0))


def explain(scene: Scene) -> Draft:
    """"How does it go?": all instructions, and on from the same place."""
    return guiding.play(scene, scene.course, full=True)


def not_that_one(scene: Scene) -> Draft:
    """"Never that one again": left out from now on; the one that was just done, or is being done."""
    course = scene.course.moved(-1) if scene.done else scene.course
    draft = guiding.play(scene, course.without(course.stretch), scene.phrase("left-out"))
    return replace(draft, left_out=course.stretch)


def help_(scene: Scene) -> Draft:
    """What one can say here."""
    return Draft(lines=(scene.phrase("help-stretch"),), question=guiding.back(scene, scene.course),
                 course=scene.course)


def stop(scene: Scene) -> Draft:
    """The end, and the place is kept, where it can be."""
    return Draft(lines=(scene.phrase("place-kept" if scene.turn.remembers else "goodbye"),))


def welcome(scene: Scene) -> Draft:
    """Back in the skill, with a routine half done."""
    return Draft(lines=(scene.phrase("good-to-see"), guiding.where(scene, scene.course)),
                 question=scene.phrase("carry-on"), course=scene.course)


def led_back(scene: Scene, draft: Draft) -> Draft:
    """Anything else that was said in the middle of a routine is answered, and the question leads back into it."""
    progress = draft.progress or scene.session.progress
    stays = _is_about_signs(draft.offer) or progress.step or progress.disposition in BARRED
    if draft.course or not scene.course.is_on or not draft.question or stays:
        return draft
    course = scene.course
    if progress.disposition and course.doing in ASKED:
        course = replace(course, doing=Doing.REST)  # the check has answered what was asked
    return replace(draft, question=guiding.back(scene, course), offer="", course=course)


BARRED = (Disposition.EMERGENCY, Disposition.URGENT)
"""Outcomes after which nothing is coached."""

ANSWERS = ("Yes", "No", "Unsure")

KEPT = (CHECK, outcome.CHANGE, "again")
"""Offers that go before the way back: they are about warning signs."""

COMMANDS: Mapping[str, Move] = {
    "Yes": go_on, "No": no, "Unsure": pause, "Resume": go_on, "Next": next_, "Skip": skip, "Previous": previous,
    "Repeat": again, "StartOver": from_the_top, "Pause": pause, "TimeLeft": time_left, "Longer": longer,
    "ShorterHold": shorter, "Shorter": shorter, "Slower": slower, "Faster": faster, "Easier": easier,
    "Harder": harder, "OtherSide": other_side, "Explain": explain, "NotThatOne": not_that_one,
    "ThatHurts": hurting.that_hurts, "Sharp": hurting.that_hurts, "Stretchy": go_on, "Help": help_,
    **dict.fromkeys(("Stop", "Cancel", "NavigateHome"), stop),
}
"""What may be said while a routine is under way."""

MOVING = {*COMMANDS, "StartStretch", "StartRoutine"} - {"Repeat", "Help", "Stop", "Cancel", "NavigateHome"}
"""What would set somebody moving, or pass over the question how it hurts."""

AFTERWARDS = ("Repeat", "Previous", "NotThatOne")
"""What still acts on the last stretch once it's over."""

ASKED: Mapping[str, Callable[[Scene], Draft | None]] = {
    Doing.SAFE: _safe, Doing.HURT: hurting.hurt, Doing.EASE: hurting.eased,
}
"""Who hears the answer to a question of the routine; None where it was none."""
