"""A draft in words: what is heard and when, what a screen may show, what is kept.

Rule 1: the lead, the block and the question are one timeline, so that the place can be told from the time.
Rule 2: what is kept of a person is ids and figures; nothing of it is about health.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from skill.dialogue import guiding
from skill.dialogue.scene import Draft, Scene
from skill.dialogue.session import Session
from skill.dialogue.turn import Spoken
from skill.domain import routine, speech
from skill.domain.items import Stretch
from skill.domain.picture import Picture
from skill.domain.profile import Profile
from skill.domain.routine import SIDES, Cue

MOST_NAMES = 40
"""Stretches remembered as heard, or as left out."""


def begun(scene: Scene, draft: Draft) -> Draft:
    """The draft with the moment when its block begins to sound."""
    if draft.course is None or not draft.plays:
        return draft
    lead = sum(piece.seconds for piece in _pieces(scene, draft.lines))
    return replace(draft, course=replace(draft.course, at=guiding.milliseconds(scene.turn.at) + round(1000 * lead)))


def timeline(scene: Scene, draft: Draft) -> tuple[Spoken, ...]:
    """All that is heard, in order; empty where nothing of it is timed."""
    if draft.course is None or not (draft.plays or draft.still):
        return ()
    quiet = [Spoken(seconds=draft.still)] if draft.still else []
    question = [draft.question] if draft.question else []
    return (*_pieces(scene, draft.lines), *_block(scene, draft), *_pieces(scene, draft.after), *quiet,
            *_pieces(scene, question))


def _pieces(scene: Scene, lines: Sequence[str]) -> Iterator[Spoken]:
    for line in lines:
        text = scene.wording.text(line)
        yield Spoken(seconds=speech.seconds(text), text=text)


def _block(scene: Scene, draft: Draft) -> Iterator[Spoken]:
    if draft.plays and draft.course:
        stretch = scene.library[draft.course.stretch]
        for cue in guiding.cues(scene.wording, draft.course):
            text = scene.wording.text(cue.text) if cue.text else ""
            yield Spoken(seconds=cue.seconds, text=text, item=stretch.id, side=_side(stretch, cue))


def _side(stretch: object, cue: Cue) -> str:
    sided = isinstance(stretch, Stretch) and stretch.guide.sides > 1
    return SIDES[cue.side - 1] if sided else ""


def picture(scene: Scene, draft: Draft) -> Picture | None:
    """What a screen may show while a block is played."""
    course = draft.course
    if not (draft.plays and course and "apl" in scene.turn.can):
        return None
    stretch = scene.library[course.stretch]
    if not isinstance(stretch, Stretch):
        return None
    ahead = course.moved(1)
    labels = scene.wording.labels
    following = labels["next"].format(title=scene.library[ahead.stretch].title) if ahead.is_on else ""
    side = labels["both" if course.side == 1 else "right"] if stretch.guide.sides > 1 else ""
    return Picture(
        title=stretch.title, side=side, following=following, gone=0.0, touch=labels["touch"],
        seconds=routine.length(guiding.cues(scene.wording, course)),
        start=stretch.pose.start, end=stretch.pose.end, wall=stretch.pose.wall,
    )


def profile(scene: Scene, draft: Draft, session: Session) -> Profile:
    """What is to be kept of this person."""
    kept = scene.turn.profile
    ended = session.course.plan or scene.course.plan
    heard = (scene.heard,) if scene.heard else ()
    left_out = (draft.left_out,) if draft.left_out else ()
    if not (scene.turn.opens or draft.unfinished or ended or heard or left_out):
        return kept
    return replace(
        kept,
        visits=kept.visits + scene.turn.opens,
        unfinished=draft.unfinished or (kept.unfinished and not scene.turn.opens),
        course=session.course.to_keep if ended else kept.course,
        heard=tuple(dict.fromkeys((*kept.heard, *heard)))[-MOST_NAMES:],
        left_out=tuple(dict.fromkeys((*kept.left_out, *left_out)))[-MOST_NAMES:],
    )
