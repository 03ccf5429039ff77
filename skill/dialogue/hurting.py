"""What becomes of a routine when a stretch hurts.

Rule 1: "that hurts" stops everything; nothing is done before it's known how it hurts.
Rule 2: sharply, or not sure, goes to the warning-sign check; a mere pull gets gentler, or is done in another way.
Rule 3: the stretch that hurt sharply doesn't come back.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue import answering, checking, guiding
from skill.dialogue.scene import Draft, Scene
from skill.domain import signs
from skill.domain.check import Answer
from skill.domain.course import Doing, named
from skill.domain.items import Stretch


def that_hurts(scene: Scene) -> Draft:
    """"Ouch": everything stops. Said at the end of a stretch, it is about that one, and not about the next."""
    course = guiding.at_the_end_of_the_last(scene) if scene.done else scene.course
    return Draft(lines=(scene.phrase("let-go"),), question=scene.phrase("hurt-how"),
                 course=replace(course, doing=Doing.HURT))


def hurt(scene: Scene) -> Draft | None:
    """An answer to whether it hurts sharply: a mere pull gets gentler, anything else goes to the check."""
    said = answering.polarity(scene)
    if scene.turn.intent == "Stretchy" or said == Answer.NO:
        return _ease(scene)
    if scene.turn.intent == "Sharp" or said in (Answer.YES, Answer.UNSURE):
        course = replace(scene.course.without(scene.course.stretch), doing=Doing.REST)
        sharp = {} if said == Answer.UNSURE else {signs.STABBING: Answer.YES.value}
        return replace(checking.begin(scene, sharp), course=course)
    return None


def _ease(scene: Scene) -> Draft:
    stretch = scene.library[scene.course.stretch]
    return Draft(lines=(f"{stretch.id}/guide.easier",), said=(stretch.id,), question=scene.phrase("gently"),
                 course=replace(scene.course, doing=Doing.EASE))


def eased(scene: Scene) -> Draft | None:
    """An answer to whether to go on gently: a no does the gentler one instead, or what is next."""
    said = answering.polarity(scene)
    if said == Answer.YES:
        return guiding.play(scene, scene.course)
    return _instead(scene) if said in (Answer.NO, Answer.UNSURE) else None


def _instead(scene: Scene) -> Draft:
    """The gentler stretch in the place of the one that hurt."""
    course = scene.course
    stretch = scene.library[course.stretch]
    gentler = scene.library.get(stretch.guide.gentler) if isinstance(stretch, Stretch) else None
    left = course.without(course.stretch)
    known = {*map(named, course.plan), *scene.turn.profile.left_out}
    if isinstance(gentler, Stretch) and gentler.id not in known:
        left = left.with_first(gentler.id, gentler.guide.hold[0])
    return guiding.play(scene, left, scene.phrase("fine"))
