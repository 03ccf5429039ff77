"""Questions about facts: asked by name, by intent, or as a follow-up to what was just told.

Rule 1: every answer carries the ids of the items it draws on.
Rule 2: a follow-up is about the item it names, else about the item last told.
Rule 3: what the library doesn't hold is said so; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.scene import FOLLOWS, Draft, Scene, ask, ids, tell
from skill.dialogue.wording import follow_part
from skill.domain.items import Follow, Item, Source


def asked_for(scene: Scene) -> Draft:
    """An intent that asks for one item: "does freezing it do any good" → treat.ice."""
    item = scene.library.asked_by(scene.turn.intent)
    return tell(scene, item) if item else unknown(scene)


def by_name(scene: Scene) -> Draft:
    """"What about ice?"; after "how long?" without a topic, the name completes that question."""
    item = scene.item("topic")
    if item is None:
        return unknown(scene)
    if scene.session.offer in set(Follow):
        return _follow_of(scene, item, Follow(scene.session.offer))
    return tell(scene, item)


def follow_up(scene: Scene) -> Draft:
    """"How long?", "how often?", "and with bruising?"."""
    key = FOLLOWS[scene.turn.intent]
    item = scene.topic
    if item is None and scene.slot("topic").words:
        return unknown(scene)
    if item is None:
        return ask(scene, "which-item", offer=str(key))
    return _follow_of(scene, item, key)


def _follow_of(scene: Scene, item: Item, key: Follow) -> Draft:
    if key in item.follow:
        return tell(scene, item, follow_part(key))
    told = tell(scene, item)
    return replace(told, lines=(scene.phrase("no-figure"), f"{item.id}/short"))


def more(scene: Scene) -> Draft:
    """"Tell me more": the rest of the answer, then the reason, then something else."""
    item = scene.topic
    if item is None:
        return nothing_said(scene)
    told = scene.session.lines
    for part in ("more", "why"):
        if f"{item.id}/{part}" not in told and f"{item.id}/why" not in told:
            return tell(scene, item, part)
    return something_else(scene)


def shorter(scene: Scene) -> Draft:
    """"In short?": the first sentence alone."""
    return tell(scene, scene.topic, "short") if scene.topic else nothing_said(scene)


def why(scene: Scene) -> Draft:
    """"Why?": the reason behind what was told."""
    return tell(scene, scene.topic, "why") if scene.topic else nothing_said(scene)


def source(scene: Scene) -> Draft:
    """"Where is that from?"."""
    item = scene.topic or scene.library["about.disclaimer"]
    line = scene.phrase(_source_phrase(item.sources[0]), item)
    return replace(tell(scene, item), lines=(line,), card="")


def _source_phrase(origin: Source) -> str:
    return "from-article" if origin.section else "from-guideline"


def something_else(scene: Scene) -> Draft:
    """"What else?": what goes with the item last told, unheard so far; else what helps."""
    item, heard = scene.topic, scene.session.heard
    candidates = (*(item.goes_with if item else ()), "list.treatments", "list.prevention",
                  "list.stretches", "list.avoid", "list.signs")
    unheard = [other for other in candidates if other not in heard]
    return tell(scene, scene.library[unheard[0] if unheard else candidates[0]])


def compare(scene: Scene) -> Draft:
    """"Ice or heat?": an overview of the two if there is one, else one after the other."""
    first, second = scene.item("topic"), scene.item("other")
    if first is None or second is None or first is second:
        one = first or second
        return tell(scene, one) if one else ask(scene, "which-two")
    both = scene.library.comparing(first.id, second.id)
    if both:
        return tell(scene, both)
    told = tell(scene, second, "short")
    return replace(told, lines=(f"{first.id}/short", *told.lines), said=(*ids(first), *ids(second)))


def return_when(scene: Scene) -> Draft:
    """"How long until I can run?": what holds for the activity, and how to come back at all."""
    back = scene.library["return.resume"]
    activity = scene.item("activity")
    told = tell(scene, back)
    if activity is None or activity is back:
        return told
    own = follow_part(Follow.WHEN) if Follow.WHEN in activity.follow else "short"
    return replace(told, lines=(f"{activity.id}/{own}", f"{back.id}/short"), said=(back.id, *ids(activity)))


def symptom(scene: Scene) -> Draft:
    """A symptom said out loud: what that sign means for where to turn."""
    item = scene.item("symptom")
    return tell(scene, item or scene.library["list.signs"])


def is_it_serious(scene: Scene) -> Draft:
    """"Is my back pain serious?": the signs that matter, then when to see a doctor."""
    told = tell(scene, scene.library["list.signs"])
    doctor = scene.library["meaning.doctor"]
    return replace(told, question=scene.phrase("offer-doctor"), offer=doctor.id)


def stretch(scene: Scene) -> Draft:
    """"Start child's pose": how it goes."""
    item = scene.item("stretch") or scene.library["list.stretches"]
    told = tell(scene, item)
    return replace(told, lines=(scene.phrase("not-yet"), *told.lines))


def routine(scene: Scene) -> Draft:
    """"Give me a stretch": the routine that was named, or the gentle one, and how its first stretch goes."""
    item = scene.item("routine") or scene.library["routine.relief"]
    told = tell(scene, item)
    return replace(told, lines=(scene.phrase("not-yet"), *told.lines))


def unknown(scene: Scene) -> Draft:
    """Something was named that the library doesn't hold."""
    return ask(scene, "offer-helps", "unknown", offer="list.treatments")


def nothing_said(scene: Scene) -> Draft:
    """"More", "why" or "in short" before anything was told."""
    return ask(scene, "what", "nothing-said")
