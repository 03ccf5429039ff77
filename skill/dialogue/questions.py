"""Questions about facts: asked by name, by intent, or as a follow-up to what was just told.

Rule 1: every answer carries the ids of the items it draws on.
Rule 2: a follow-up is about the item it names, else about the item last told.
Rule 3: what the library doesn't hold is said so; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.scene import FOLLOWS, SORENESS, Draft, Scene, ask, ids, is_emergency, tell
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
        return unknown(scene) if scene.slot("topic").words else which_item(scene)
    if scene.session.offer in FOLLOWS.values():
        return _follow_of(scene, item, Follow(scene.session.offer))
    return tell(scene, item)


def follow_up(scene: Scene) -> Draft:
    """"How long?", "how often?", "and with bruising?"."""
    key = FOLLOWS[scene.turn.intent]
    item = scene.topic
    if item is None and scene.slot("topic").words:
        return unknown(scene)
    if item is None:
        return which_item(scene, key)
    return _follow_of(scene, item, key)


def _follow_of(scene: Scene, item: Item, key: Follow) -> Draft:
    if key in item.follow:
        return tell(scene, item, follow_part(key))
    told = tell(scene, item, "short")
    if is_emergency(item):
        return told  # nothing is said before what to do
    return replace(told, lines=(scene.phrase("no-figure"), *told.lines))


def which_item(scene: Scene, waiting: str = "") -> Draft:
    """No item was named: which one is asked back, and the follow-up (if it was one) waits for its name."""
    return ask(scene, "which-item", offer=waiting)


def more(scene: Scene) -> Draft:
    """"Tell me more": the rest of the answer, then the reason, then something else."""
    item = scene.topic
    if item is None:
        return nothing_said(scene)
    left = [part for part in ("more", "why") if part not in scene.session.told]
    return tell(scene, item, left[0]) if left else something_else(scene)


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
    return replace(tell(scene, item, "short"), lines=(line,), card="")


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
    return _after_another(scene, second, first, "short")


def return_when(scene: Scene) -> Draft:
    """"How long until I can run?": what holds for the activity, and how to come back at all."""
    back = scene.library["return.resume"]
    activity = scene.item("activity")
    if activity is None or activity is back:
        return tell(scene, back)
    own = follow_part(Follow.WHEN) if Follow.WHEN in activity.follow else "short"
    return _after_another(scene, back, activity, own)


def _after_another(scene: Scene, item: Item, first: Item, part: str) -> Draft:
    """An item in short, after a part of another."""
    told = tell(scene, item, "short")
    said = dict.fromkeys((*ids(first), *told.said))
    return replace(told, lines=(f"{first.id}/{part}", *told.lines), said=tuple(said))


def symptom(scene: Scene) -> Draft:
    """A symptom that was said and is no news: asked about in general, denied, or known already."""
    doubted = scene.library.doubted_by(scene.turn.intent) is not None
    if (scene.course.is_on or doubted) and scene.reading.harmless and not scene.reading.asked:
        return ask(scene, "anything", "fine")  # "I'm sweating", in the middle of a workout
    item = next((scene.library[sign] for sign in scene.reading.asked if sign in scene.library), None)
    return tell(scene, item or scene.item("symptom") or scene.library["list.signs"])


def aside(scene: Scene) -> Draft:
    """Something that only sounds like a sign: "my legs are on fire", "all fine down there"."""
    reader, words = scene.wording.reader, scene.turn.words
    sore = reader.ails(words) or reader.is_mild(words) or reader.is_of_tired_muscles(words)
    return tell(scene, scene.library[SORENESS]) if sore and scene.turn.verbatim else ask(scene, "anything", "fine")


def that_hurts(scene: Scene) -> Draft:
    """"That hurts": what to do about it with the item last told, else when to stop at all."""
    item = scene.topic
    if item and Follow.HURTS in item.follow:
        return _follow_of(scene, item, Follow.HURTS)
    return tell(scene, scene.library["normal.push-through"])


def unknown(scene: Scene) -> Draft:
    """Something was named that the library doesn't hold."""
    return ask(scene, "offer-helps", "unknown", offer="list.treatments")


def nothing_said(scene: Scene) -> Draft:
    """"More", "why" or "in short" before anything was told."""
    return ask(scene, "what", "nothing-said")
