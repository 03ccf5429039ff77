"""How a routine begins: what was asked for, and what it is made of.

Rule 1: a routine that was named is what content says; a length or an area is composed from the stretches.
Rule 2: what somebody never wants again is left out.
Rule 3: a new wish replaces what was under way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from skill.dialogue import guiding
from skill.dialogue.scene import GENTLE, STRETCHES, Draft, Scene, tell
from skill.domain import composing
from skill.domain.composing import Step
from skill.domain.course import Course, Doing, step
from skill.domain.errors import UnknownItem
from skill.domain.items import Disposition, Item, Routine, Stretch

QUICK = "routine.quick"
"""Its length is that of "something for my hips"."""

SHORTEST, LONGEST = 1.0, 20.0
"""Minutes of a routine."""

QUESTION = 2.0
"""Seconds of the question after a block."""

ONE = 1

NO_NAMES = frozenset((
    "a", "an", "and", "back", "do", "exercise", "for", "it", "my", "of", "on", "one", "pose", "stretch", "stretches",
    "that", "the", "thing", "to",
))
"""Words that name no stretch by themselves."""

_SPAN = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


def start(scene: Scene, item: Item) -> Draft:
    """What was offered is wanted: a stretch, or a routine."""
    if isinstance(item, Routine):
        return _as_it_is(scene, item)
    return _one(scene, item) if isinstance(item, Stretch) else tell(scene, item)


def start_routine(scene: Scene) -> Draft:
    """"Give me a stretch", "five minutes for my lower back", "start the full routine"."""
    minutes, areas = _minutes(scene), _areas(scene)
    if minutes is None and not areas:
        return _as_it_is(scene, _routine(scene))
    overhead = _overhead(scene)
    within = minutes is None or SHORTEST <= minutes <= LONGEST
    seconds = 60 * max(SHORTEST, min(LONGEST, minutes or _usual_minutes(scene)))
    pool = _wanted(scene, [item.id for item in scene.library if isinstance(item, Stretch)])
    steps = composing.compose(pool, seconds, overhead, areas)
    return _begin(scene, steps, scene.phrase("lets-go" if within else "one-to-twenty"))


def start_stretch(scene: Scene) -> Draft:
    """"Start child's pose": that one; in the middle of a routine, before all that is left of it."""
    item = scene.item("stretch") or _by_a_word(scene)
    if not isinstance(item, Stretch):
        told = tell(scene, scene.library[STRETCHES])
        return replace(told, lines=(scene.phrase("unknown"), *told.lines)) if scene.slot("stretch").words else told
    return _one(scene, item)


def _by_a_word(scene: Scene) -> Stretch | None:
    """"The cat thing", "the wall one": the one stretch that has a word of it in its names."""
    said = set(scene.slot("stretch").words.lower().split()) - NO_NAMES
    found = [item for item in scene.library if isinstance(item, Stretch)
             and said & {word for name in item.names for word in name.split()}]
    return found[0] if len(found) == 1 else None


def _as_it_is(scene: Scene, wanted: Routine) -> Draft:
    """A routine as its card has it."""
    minutes = wanted.facts["minutes"][0]
    steps = composing.fit(_wanted(scene, wanted.stretches), 60.0 * minutes, _overhead(scene))
    return _begin(scene, steps, scene.phrase("lets-go-routine", wanted, minutes), said=(wanted.id,))


def _one(scene: Scene, item: Stretch) -> Draft:
    low, high = item.guide.hold
    hold = composing.nearest(item, low + (high - low) / 3)
    under_way = scene.course.is_on and scene.course.doing != Doing.SAFE
    course = scene.course.with_first(item.id, hold) if under_way else Course(plan=(step(item.id, hold),))
    return guiding.play(scene, replace(course, doing=Doing.REST), scene.phrase("fine"))


def _begin(scene: Scene, steps: Sequence[Step], line: str, said: tuple[str, ...] = ()) -> Draft:
    plan = tuple(step(each.stretch.id, each.hold) for each in steps)
    if not plan:
        return guiding.finished(scene, scene.phrase("nothing-left"))
    course = guiding.gentle_only(scene, Course(plan=plan, doing=Doing.REST))
    draft = guiding.play(scene, course, line)
    return replace(draft, said=tuple(dict.fromkeys((*said, *draft.said))))


def _routine(scene: Scene) -> Routine:
    """The routine that was named, by the slot or anywhere in the words; else the usual one."""
    named = scene.item("routine")
    if isinstance(named, Routine):
        return named
    words = f" {scene.turn.words.lower()} "
    spoken = [item for item in scene.library if isinstance(item, Routine)
              and any(f" {name} " in words for name in item.names)]
    return spoken[0] if spoken else _routine_of(scene, GENTLE)


def _routine_of(scene: Scene, item_id: str) -> Routine:
    item = scene.library[item_id]
    if not isinstance(item, Routine):
        raise UnknownItem(item_id)
    return item


def _wanted(scene: Scene, stretch_ids: Sequence[str]) -> list[Stretch]:
    """The stretches that may be done: not those left out, and the gentle ones alone before a doctor was seen."""
    found = [scene.library.get(stretch_id) for stretch_id in stretch_ids
             if stretch_id not in scene.turn.profile.left_out]
    gentle = scene.session.progress.disposition == Disposition.SEE_DOCTOR
    return [item for item in found if isinstance(item, Stretch) and (item.level == ONE or not gentle)]


def _usual_minutes(scene: Scene) -> float:
    return float(_routine_of(scene, QUICK).facts["minutes"][0])


def _areas(scene: Scene) -> tuple[str, ...]:
    """Areas of the body that were named."""
    return scene.slot("area").ids


def _minutes(scene: Scene) -> float | None:
    """The length that was asked for; None where none was."""
    span = _SPAN.fullmatch(scene.slot("duration").words)
    if not span or not any(span.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in span.groups())
    return 60 * hours + minutes + seconds / 60


def _overhead(scene: Scene) -> composing.Overhead:
    """Seconds that the block of a stretch takes besides its holds, for somebody who knows some of them."""
    heard = scene.turn.profile.heard

    def seconds(stretch: Stretch, first: bool) -> float:
        return guiding.overhead(scene.wording, stretch.id, full=first and stretch.id not in heard) + QUESTION

    return seconds
