"""The coach: one turn in its conversation → a reply and the conversation as it goes on.

Rule 1: this is the only door; every speaker knocks here.
Rule 2: an intent is found in `MOVES`, or it asks for an item, or it is not understood.
Rule 3: after an emergency was reported, its advice comes before any other answer.
Rule 4: whatever can go wrong in a conversation is answered kindly here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from skill.dialogue import courtesy, questions
from skill.dialogue.scene import FOLLOWS, Draft, Scene, ask, is_emergency, tell
from skill.dialogue.session import Session
from skill.dialogue.turn import Kind, Reply, Turn
from skill.dialogue.wording import Wording
from skill.domain.errors import CoachError

Move = Callable[[Scene], Draft]

PLAYER = ("Next", "Previous", "Skip", "Pause", "Resume", "TimeLeft", "Slower", "Faster", "Easier", "Harder",
          "Longer", "ShorterHold", "OtherSide", "Explain", "NotThatOne")
"""Commands that are about a running stretch."""

MOVES: Mapping[str, Move] = {
    "Stop": courtesy.stop, "Cancel": courtesy.stop, "NavigateHome": courtesy.stop,
    "Yes": courtesy.yes, "No": courtesy.no, "Unsure": courtesy.unsure,
    "Repeat": courtesy.repeat, "Help": courtesy.help_, "StartOver": courtesy.start_over,
    "Thank": courtesy.thank, "Greet": courtesy.greet, "SmallTalk": courtesy.small_talk,
    "ForgetMe": courtesy.forget_me, "Fallback": courtesy.lost,
    "Ask": questions.by_name, "Compare": questions.compare, "ReturnWhen": questions.return_when,
    "More": questions.more, "Shorter": questions.shorter, "Why": questions.why, "Source": questions.source,
    "WhatElse": questions.something_else, "ReportSymptom": questions.symptom,
    "CheckWarningSigns": questions.is_it_serious, "StartStretch": questions.stretch,
    "StartRoutine": questions.routine, "ThatHurts": questions.that_hurts,
    **dict.fromkeys(FOLLOWS, questions.follow_up),
    **dict.fromkeys(PLAYER, courtesy.nothing_runs),
}
"""What each intent does; an intent that asks for one item needs no entry."""

ALWAYS = ("Yes", "No", "Unsure", "Repeat", "Help", "Thank", "Greet", "SmallTalk", "ForgetMe",
          "Stop", "Cancel", "NavigateHome")
"""Intents that are answered as ever, even after an emergency was reported."""

CLOSED, OPEN = "closed", "open"
MOST_HEARD = 40
"""Items remembered as told; enough for the longest talk, and it keeps the attributes small."""


class Coach:
    """Answers in every locale it was given the words of."""

    def __init__(self, wordings: Mapping[str, Wording]) -> None:
        self._wordings = wordings
        self._default = next(iter(wordings))

    def hear(self, turn: Turn, session: Session) -> tuple[Reply, Session]:
        """The reply to a turn, and the session to go on with; never raises a `CoachError`."""
        session = session if session.count else replace(session, count=turn.visits)
        scene = Scene(turn, session, self._wordings.get(turn.locale, self._wordings[self._default]))
        try:
            return _finish(scene, _heed(scene, _move(scene)(scene)))
        except CoachError as error:
            return _finish(scene, ask(scene, "what", error.phrase))

    def understands(self, intent: str) -> bool:
        """Whether there is an answer to an intent other than "I didn't get that"."""
        library = self._wordings[self._default].library
        return intent != "Fallback" and (intent in MOVES or library.asked_by(intent) is not None)


def _move(scene: Scene) -> Move:
    if scene.turn.kind is not Kind.INTENT:
        return courtesy.launch
    if scene.library.asked_by(scene.turn.intent):
        return questions.asked_for
    return MOVES.get(scene.turn.intent, courtesy.lost)


def _heed(scene: Scene, draft: Draft) -> Draft:
    """After an emergency was reported, its advice again: nothing else is told, least of all a stretch."""
    alarm, told = scene.library.get(scene.session.alarm), scene.library.get(draft.topic)
    if alarm is None or scene.turn.intent in ALWAYS or (told and is_emergency(told)):
        return draft
    return tell(scene, alarm)


def _finish(scene: Scene, draft: Draft) -> tuple[Reply, Session]:
    """Gives a draft its words, and the session what the draft changed."""
    text = scene.wording.text
    question = text(draft.question) if draft.question else None
    kept = scene.library.get(draft.card)
    say = " ".join([*map(text, draft.lines), *([question] if question else [])])
    reply = Reply(
        said=draft.said,
        say=say,
        ask=question,
        reprompt=_reprompt(scene, draft, say) if question else None,
        title=kept.title if kept else "",
        card=" ".join((*kept.say, *kept.more)) if kept else "",
        forget=draft.forget,
    )
    return reply, _after(scene.session, draft)


def _reprompt(scene: Scene, draft: Draft, say: str) -> str:
    """What to ask after a silence: the variant whose turn it is, or the next that is no longer than what was said."""
    key = "yes-or-no" if draft.offer in scene.library else "still-there"
    variants = [scene.wording.text(variant) for variant in scene.wording.variants(key, scene.session.count)]
    return next((text for text in variants if len(text.split()) <= len(say.split())), variants[0])


def _after(session: Session, draft: Draft) -> Session:
    topic = draft.topic or session.topic
    heard = tuple(dict.fromkeys((*session.heard, *((topic,) if topic else ()))))[-MOST_HEARD:]
    parts = [part for item_id, _, part in (line.partition("/") for line in draft.lines) if item_id == topic]
    told = dict.fromkeys((*(session.told if topic == session.topic else ()), *parts))
    return replace(
        session,
        state=OPEN if draft.question else CLOSED,
        said=draft.said, lines=draft.lines, question=draft.question, offer=draft.offer,
        alarm=session.alarm or draft.alarm, topic=topic, told=tuple(told), heard=heard,
        count=session.count + 1, misses=draft.misses,
    )
