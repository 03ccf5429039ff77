"""The guidance through a routine: blocks and their words, where somebody is, what is played next.

Rule 1: one block is one reply; it ends in one question, and the place follows from the time of the next turn.
Rule 2: whoever speaks stops the block: the place is taken at once (`settled`), whatever it was that was said.
Rule 3: no block is played before it was asked whether anything speaks against it, once in a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache

from skill.dialogue.scene import Draft, Scene
from skill.dialogue.wording import Wording
from skill.domain import routine, speech
from skill.domain.course import Course, Doing, named
from skill.domain.items import Disposition, Item, Stretch
from skill.domain.routine import SIDES, Block, Cue, Phase, Script

SHORTEST = 2
"""Seconds of a hold that are worth going back for."""

SLOWEST, FASTEST = 160, 64
"""Percent of the usual time, at most and at least."""

CONTENT = {"into": "into", "cue": "cues", "move": "cues", "short": "short"}
"""Keys of a timeline whose words are the stretch's own, and the field of its guide."""

MOST_BLOCKS = 256
"""Timelines that are remembered; a megabyte or so."""

PASSED = (Disposition.SELF_CARE, Disposition.SEE_DOCTOR)
"""What the check may have concluded for stretches to be coached."""


def script(wording: Wording, stretch: Stretch, turn: int) -> Script:
    """The words of a stretch's block; `turn` picks the variants."""
    def said(key: str, number: int) -> tuple[str, float]:
        reference = _reference(wording, stretch, key, number, turn)
        return reference, speech.seconds(wording.text(reference))

    return said


def _reference(wording: Wording, stretch: Stretch, key: str, number: int, turn: int) -> str:
    kind, _, place = key.partition(".")
    if kind in CONTENT:
        field = CONTENT[kind]
        return f"{stretch.id}/guide.{field}.{int(place) % len(getattr(stretch.guide, field))}"
    return f"{stretch.id}/guide.out" if key == "out" else wording.phrase(key, turn, stretch, number)


def block(wording: Wording, course: Course) -> Block | None:
    """What is played of a course; None where nothing is, or its stretch isn't known any more.

    A course comes back from outside, so every figure is brought into its range.
    """
    stretch = wording.library.get(course.stretch) if course.is_on else None
    if not isinstance(stretch, Stretch):
        return None
    low, high = stretch.guide.hold
    played = Block(stretch=stretch, hold=max(low, min(high, course.hold)), full=course.full, told=course.told,
                   side=min(max(1, course.side), stretch.guide.sides), pace=max(FASTEST, min(SLOWEST, course.pace)))
    return replace(played, held=max(0, min(course.held, int(played.length))))


def cues(wording: Wording, course: Course) -> tuple[Cue, ...]:
    """The timeline of the block that a course is at."""
    played = block(wording, course)
    if played is None:
        return ()
    return _timeline(wording, played, course.index)


@lru_cache(MOST_BLOCKS)
def _timeline(wording: Wording, played: Block, turn: int) -> tuple[Cue, ...]:
    """The timeline of a block: a turn asks for it twice, and most people begin with the same ones."""
    return routine.timeline(played, script(wording, played.stretch, turn))


@cache
def overhead(wording: Wording, stretch_id: str, *, full: bool) -> float:
    """Seconds that a stretch's block takes besides its holds."""
    stretch = wording.library[stretch_id]
    if not isinstance(stretch, Stretch):
        return 0.0
    played = Block(stretch=stretch, hold=stretch.guide.hold[0], full=full)
    cues = routine.timeline(played, script(wording, stretch, 0))
    return routine.length(cues) - played.length * stretch.guide.sides


def forget() -> None:
    """Forgets what was reckoned from words that have changed; a wording itself never does."""
    _timeline.cache_clear()
    overhead.cache_clear()


def milliseconds(at: datetime) -> int:
    """A moment, as a course keeps it."""
    return round(at.timestamp() * 1000)


def settled(wording: Wording, course: Course, at: datetime) -> Course:
    """A course as it stands at a moment: stopped where the words of its block, or its silence, had come to."""
    if course.doing != Doing.PLAY:
        return course if block(wording, course) or not course.is_on else Course()
    now = milliseconds(at)
    played = block(wording, course)
    where = routine.place(cues(wording, course), (now - course.at) / 1000)
    stopped = replace(course, doing=Doing.REST, at=now)
    if played is None:
        return Course()
    if where is None or where.phase is Phase.OUT:
        return _on(stopped)
    if played.length - where.held < SHORTEST:
        return _past(stopped, played, where.side)
    return replace(stopped, side=where.side, held=int(where.held))


def _past(course: Course, played: Block, side: int) -> Course:
    """After one side: the other, or the next stretch."""
    return replace(course, side=side + 1, held=0) if side < played.stretch.guide.sides else _on(course)


def _on(course: Course) -> Course:
    """At the next stretch, or past the last one."""
    return course.moved(1)


def at_the_end_of_the_last(scene: Scene) -> Course:
    """The course at the end of the stretch that was just done, so that going on leads to the next."""
    last = scene.course.moved(-1)
    played = block(scene.wording, replace(last, doing=Doing.REST))
    return replace(last, side=played.stretch.guide.sides, held=int(played.length)) if played else scene.course


def heard(before: Course, course: Course) -> str:
    """Id of the stretch whose instructions were heard to their end, from a course before and after it stopped."""
    told = before.doing == Doing.PLAY and before.full
    moved = (course.index, course.side, course.held) != (before.index, before.side, before.held)
    return before.stretch if told and moved else ""


def paced(wording: Wording, course: Course, pace: int) -> Course:
    """The course at another pace, with as much left of the hold as before: rounds get longer or shorter by it."""
    before, changed = block(wording, course), replace(course, pace=pace)
    after = block(wording, changed)
    if not (course.held and before and after):
        return changed
    return replace(changed, held=max(0, round(after.length - (before.length - before.held))))


def past(wording: Wording, course: Course) -> Course:
    """The course, moved on where what is left of the side isn't worth going back for."""
    played = block(wording, course)
    if played and course.held and played.length - course.held < SHORTEST:
        return _past(course, played, played.side)
    return course


def play(scene: Scene, course: Course, *lines: str, full: bool = False, told: bool = False) -> Draft:
    """Plays the block that a course is at, after a remark; asks first where that has to be."""
    if course.is_on and not is_cleared(scene):
        return _guard(scene, course, lines)
    course = past(scene.wording, gentle_only(scene, course))
    stretch = scene.library.get(course.stretch) if course.is_on else None
    if not isinstance(stretch, Stretch):
        return finished(scene, *lines)
    full = full or (not course.held and stretch.id not in scene.turn.profile.heard)
    course = replace(course, doing=Doing.PLAY, full=full, told=told)
    return _playing(scene, course, stretch, lines)


def _playing(scene: Scene, course: Course, stretch: Stretch, lines: Sequence[str]) -> Draft:
    if not scene.turn.remembers and not course.warned:
        lines, course = (*lines, scene.phrase("no-memory")), replace(course, warned=True)
    if scene.session.progress.disposition == Disposition.SEE_DOCTOR and not scene.playing:
        lines = (*lines, scene.phrase("gentle-only"))
    following = _following(scene, course)
    question = scene.phrase("ready", following) if following else scene.phrase("anything")
    after = () if following else (scene.phrase("all-done"),)
    return Draft(lines=tuple(lines), said=(stretch.id,), question=question, topic=stretch.id, course=course,
                 plays=True, after=after)


def _following(scene: Scene, course: Course) -> Item | None:
    ahead = course.moved(1)
    return scene.library.get(ahead.stretch) if ahead.is_on else None


def is_cleared(scene: Scene) -> bool:
    """Whether it is known, in this conversation, that nothing speaks against a stretch."""
    return scene.session.cleared or scene.session.progress.disposition in PASSED


def gentle_only(scene: Scene, course: Course) -> Course:
    """While a doctor's appointment is waited for: nothing but the gentlest."""
    if scene.session.progress.disposition != Disposition.SEE_DOCTOR:
        return course
    for stretch_id in map(named, course.plan[course.index:]):
        stretch = scene.library.get(stretch_id)
        if not isinstance(stretch, Stretch) or stretch.level > 1:
            course = course.without(stretch_id)
    return course


def _guard(scene: Scene, course: Course, lines: Sequence[str]) -> Draft:
    """The one question before the first stretch of a conversation."""
    return Draft(lines=tuple(lines), question=scene.phrase("safe"), course=replace(course, doing=Doing.SAFE))


def finished(scene: Scene, *lines: str) -> Draft:
    """Nothing is left to do."""
    return Draft(lines=(*lines, scene.phrase("all-done")), question=scene.phrase("anything"), course=Course())


def back(scene: Scene, course: Course) -> str:
    """The question that leads back into the course."""
    if course.doing == Doing.SAFE:
        return scene.phrase("safe")
    if course.doing in (Doing.HURT, Doing.EASE):
        return scene.phrase("hurt-how" if course.doing == Doing.HURT else "gently")
    course = _with_something_left(scene.wording, course)
    played = block(scene.wording, course)
    if played is None:
        return scene.phrase("anything")
    left = round(played.length - played.held)
    if not played.held:
        return scene.phrase("back-other" if played.side > 1 else "ready", played.stretch)
    side = f"back-{SIDES[played.side - 1]}" if played.stretch.guide.sides > 1 else "back-in"
    return scene.phrase(side, played.stretch, left)


def _with_something_left(wording: Wording, course: Course) -> Course:
    """The course at its next side or stretch, where of this one nothing is left that's worth its words."""
    played = block(wording, course)
    return _past(course, played, course.side) if played and played.length - played.held < SHORTEST else course


def where(scene: Scene, course: Course) -> str:
    """Where somebody was, in a sentence."""
    course = _with_something_left(scene.wording, course)
    played = block(scene.wording, course)
    if played is None:
        return scene.phrase("fine")
    left = round(played.length - played.held)
    if not played.held and played.side == 1:
        return scene.phrase("was-next", played.stretch)
    if played.stretch.guide.sides == 1:
        return scene.phrase("was-in", played.stretch, left)
    return scene.phrase("was-first" if played.side == 1 else "was-second", played.stretch, left)
