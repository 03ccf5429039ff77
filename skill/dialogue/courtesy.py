"""Everything that is not about facts: opening, closing, yes and no, repeat, help, being lost.

Rule 1: stop and cancel end at once, whatever was going on.
Rule 2: not being understood has three steps; the third changes the subject instead of asking again.
Rule 3: "yes" means what the open question offered; without one it is asked what is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialogue import checking, measuring, outcome, questions, starting
from skill.dialogue.scene import CHECK, DO, EASED, FOLLOWS, NOW, STRETCHES, Draft, Move, Scene, ask, tell
from skill.domain.check import Answer, Trend


def launch(scene: Scene) -> Draft:
    """Opening without a question: who this is at the first visit, shorter later, and what was left unfinished."""
    if scene.turn.profile.unfinished:
        return ask(scene, "offer-check", "unfinished", offer=CHECK)
    if scene.turn.profile.visits:
        return ask(scene, "what", "welcome-back")
    return ask(scene, "what-first", "welcome-first")


def stop(scene: Scene) -> Draft:
    """The end, in a few words, without a question."""
    return Draft(lines=(scene.phrase("goodbye"),))


def yes(scene: Scene) -> Draft:
    """Yes to what was offered."""
    offer = scene.session.offer
    if offer in TAKEN:
        return TAKEN[offer](scene)
    if offer.startswith(DO) and offer.removeprefix(DO) in scene.library:
        return starting.start(scene, scene.library[offer.removeprefix(DO)])
    if offer.startswith(NOW):
        return checking.begin(scene, {offer.removeprefix(NOW): Answer.YES})
    if offer in scene.library:
        return tell(scene, scene.library[offer])
    if offer in FOLLOWS.values():
        return questions.which_item(scene, offer)
    return ask(scene, "what", *(() if scene.session.question else ("no-question",)))


def nothing_asked(scene: Scene) -> Draft:
    """An answer to a question that nobody asked."""
    return ask(scene, "what", "no-question")


def on_the_mend(scene: Scene) -> Draft:
    """How it goes, and nobody asked: who gets better hears how to start again."""
    better = measuring.trend(scene) == Trend.BETTER
    return tell(scene, scene.library[EASED]) if better else nothing_asked(scene)


def no(scene: Scene) -> Draft:
    """No to an offer: something else? No to that, too: goodbye."""
    if outcome.is_emergency(scene):
        return Draft(lines=(scene.phrase("go-now"),))
    if scene.session.offer:
        return ask(scene, "anything", "fine")
    return stop(scene)


def unsure(scene: Scene) -> Draft:
    """Neither yes nor no: the offer is left, not pressed."""
    return ask(scene, "anything", "fine")


def repeat(scene: Scene) -> Draft:
    """The last reply once more, rendered from its references."""
    session = scene.session
    if not session.lines and not session.question:
        return questions.nothing_said(scene)
    return Draft(lines=session.lines, said=session.said, question=session.question or scene.phrase("anything"),
                 offer=session.offer)


def thank(scene: Scene) -> Draft:
    """Thanks."""
    if outcome.is_emergency(scene):
        return Draft(lines=(scene.phrase("welcome"), scene.phrase("go-now")))
    return ask(scene, "anything", "welcome")


def greet(scene: Scene) -> Draft:
    """Hello."""
    return ask(scene, "what", "hello")


def small_talk(scene: Scene) -> Draft:
    """Anything friendly or unfriendly that isn't about backs."""
    return ask(scene, "what", "chat")


def help_(scene: Scene) -> Draft:
    """What can be asked here: follow-ups where something was told, else the whole."""
    return ask(scene, "what", "help-topic" if scene.session.topic else "help")


def lost(scene: Scene) -> Draft:
    """Not understood, or outside what we know: decline; then examples; then another way."""
    misses = min(scene.session.misses + 1, 3)
    if misses == 3:  # noqa: PLR2004  # the third step
        draft = ask(scene, "offer-helps", "lost-3", offer="list.treatments")
    else:
        draft = ask(scene, "what", f"lost-{misses}")
    return replace(draft, misses=misses % 3)


def nothing_runs(scene: Scene) -> Draft:
    """A command for a stretch while none is running."""
    item = scene.library[STRETCHES]
    draft = ask(scene, "anything", "nothing-runs")
    return replace(draft, question=scene.phrase("offer-item", item), offer=item.id)


def start_over(scene: Scene) -> Draft:
    """From the beginning."""
    return ask(scene, "what", "fine")


def forget_me(scene: Scene) -> Draft:
    """Everything kept of this person is deleted."""
    return replace(stop(scene), lines=(scene.phrase("forgotten"), scene.phrase("goodbye")), forget=True)


def _which_sign(scene: Scene) -> Draft:
    """An answer of the check is to be changed: which?"""
    return ask(scene, "which-sign", offer=outcome.CHANGE)


TAKEN: Mapping[str, Move] = {CHECK: checking.start, outcome.CHANGE: _which_sign, "again": repeat}
"""What yes to an offer does, where the offer is no item."""
