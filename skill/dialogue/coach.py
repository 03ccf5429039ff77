"""The coach: one turn in its conversation → a reply and the conversation as it goes on.

Rule 1: this is the only door; every speaker knocks here.
Rule 2: an intent is found in `MOVES`, or it asks for an item, or it is not understood.
Rule 3: a warning sign is heard before anything else, and what the check concluded holds for all that follows.
Rule 4: while the check asks, a turn is an answer to it, one of its own commands, or a question in the middle.
Rule 5: whatever can go wrong in a conversation is answered kindly here, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialogue import (
    answering,
    checking,
    complaint,
    courtesy,
    guessing,
    guiding,
    hearing,
    net,
    outcome,
    player,
    questions,
    starting,
    telling,
)
from skill.dialogue.reading import Reading
from skill.dialogue.scene import DO, FOLLOWS, NOW, SORENESS, Draft, Move, Scene, ask, tell
from skill.dialogue.session import Session
from skill.dialogue.turn import Kind, Reply, Turn
from skill.dialogue.wording import Wording
from skill.domain import signs
from skill.domain.course import Course, Doing
from skill.domain.errors import CoachError
from skill.domain.items import Item
from skill.domain.profile import Profile

PLAYER = ("Next", "Previous", "Skip", "Pause", "Resume", "TimeLeft", "Slower", "Faster", "Easier", "Harder",
          "Longer", "ShorterHold", "OtherSide", "Explain", "NotThatOne")
"""Commands that are about a running stretch; said out of the blue, they take up the one that was left."""

STARTING = ("StartStretch", "StartRoutine")
"""Commands that may begin one."""

SKEW = 5 * 60 * 1000
"""Milliseconds by which two clocks may disagree."""

KEPT_FOR = 24 * 60 * 60 * 1000
"""Milliseconds for which a routine that was left can be taken up."""

MOVES: Mapping[str, Move] = {
    "Stop": courtesy.stop, "Cancel": courtesy.stop, "NavigateHome": courtesy.stop,
    "Yes": courtesy.yes, "No": courtesy.no, "Unsure": courtesy.unsure,
    "Repeat": courtesy.repeat, "Help": courtesy.help_, "StartOver": courtesy.start_over,
    "Thank": courtesy.thank, "Greet": courtesy.greet, "SmallTalk": courtesy.small_talk,
    "ForgetMe": courtesy.forget_me, "Fallback": courtesy.lost,
    "Ask": questions.by_name, "Compare": questions.compare, "ReturnWhen": questions.return_when,
    "More": questions.more, "Shorter": questions.shorter, "Why": questions.why, "Source": questions.source,
    "WhatElse": questions.something_else, "ReportSymptom": questions.symptom, "DenySymptom": courtesy.unsure,
    "Aside": questions.aside,
    "CheckWarningSigns": checking.start, "Basis": outcome.basis, "StartStretch": starting.start_stretch,
    "StartRoutine": starting.start_routine, "ThatHurts": questions.that_hurts, "Sharp": questions.that_hurts,
    "Stretchy": courtesy.unsure,
    **dict.fromkeys(FOLLOWS, questions.follow_up),
    **dict.fromkeys(PLAYER, courtesy.nothing_runs),
    **dict.fromkeys(("TellDuration", "TellNumber", "TellSide"), courtesy.nothing_asked),
    "TellTrend": courtesy.on_the_mend,
}
"""What each intent does; an intent that asks for one item needs no entry."""

LEAVING: Mapping[str, Move] = {
    **dict.fromkeys(("Stop", "Cancel", "NavigateHome"), checking.leave), "ForgetMe": courtesy.forget_me,
}
"""Commands that the check obeys, unless a sign is in the words."""

IN_CHECK: Mapping[str, Move] = {
    "Repeat": courtesy.repeat, "Help": checking.help_, "Why": checking.why, "Explain": checking.why,
    "Previous": checking.back, "Skip": checking.skip, "Next": checking.skip, "StartOver": checking.start_over,
    "Basis": checking.why,
    **dict.fromkeys(("Fallback", "ReportSymptom", "DenySymptom", "Aside", "Yes", "No", "Unsure", "TellDuration",
                     "TellNumber", "TellSide", "TellTrend"), checking.unheard),
    **dict.fromkeys(("CheckWarningSigns", "Thank", "Greet", "SmallTalk"), checking.nudge),
}
"""Commands while the check asks, unless the turn was an answer."""

CLOSED, OPEN, CHECK, STRETCH = "closed", "open", "check", "stretch"
MOST_HEARD = 40
"""Items remembered as told; enough for the longest talk, and it keeps the attributes small."""


class Coach:
    """Answers in every locale it was given the words of."""

    def __init__(self, wordings: Mapping[str, Wording]) -> None:
        self._wordings = wordings
        self._default = next(iter(wordings))

    def hear(self, turn: Turn, session: Session) -> tuple[Reply, Session]:
        """The reply to a turn, and the session to go on with; never raises a `CoachError`."""
        scene = self._scene(turn, session)
        try:
            return _finish(scene, _reply(scene))
        except CoachError as error:
            closed = replace(session.progress, step="", parts=())  # whatever was open can't be asked again
            return _finish(scene, replace(ask(scene, "what", error.phrase), progress=closed, course=Course()))

    def left(self, turn: Turn, session: Session) -> Profile:
        """What is kept of a person whose conversation ended by itself: that a check was open, and the place."""
        wording = self._wording(turn)
        course = guiding.settled(wording, session.course, turn.at)
        return replace(turn.profile, unfinished=turn.profile.unfinished or bool(session.progress.step),
                       course=course.to_keep if session.course.plan else turn.profile.course)

    def recalls(self, turn: Turn, session: Session) -> bool:
        """Whether the reply may hang on what is kept of the person: how often they were here, and their stretches.

        Where it can't, nobody need look it up.
        """
        begins = turn.opens or not session.count or turn.kind is not Kind.INTENT
        if begins or session.course.plan or turn.intent in PLAYER:
            return True
        item = self._wording(turn).library.asked_by(turn.intent)
        begun = turn.intent in STARTING or (turn.intent == "Yes" and session.offer.startswith(DO))
        return begun or (item is not None and item.kind in complaint.MOVEMENTS)

    def _wording(self, turn: Turn) -> Wording:
        return self._wordings.get(turn.locale, self._wordings[self._default])

    def _scene(self, turn: Turn, session: Session) -> Scene:
        """The turn in its conversation; a routine that was under way is stopped where it had come to."""
        wording = self._wording(turn)
        before = _taken_up(turn, session)
        course = guiding.settled(wording, before, turn.at)
        playing = before.doing == Doing.PLAY
        if course is not session.course or not session.count:
            session = replace(session, course=course, count=session.count or turn.profile.visits)
        return Scene(turn, session, wording, wording.reader.read(turn.words), playing=playing,
                     done=playing and course.index != before.index, heard=guiding.heard(before, course))

    def understands(self, intent: str) -> bool:
        """Whether there is an answer to an intent other than "I didn't get that"."""
        library = self._wordings[self._default].library
        known = intent in MOVES or library.asked_by(intent) or library.doubted_by(intent)
        return intent != "Fallback" and bool(known)


def _taken_up(turn: Turn, session: Session) -> Course:
    """The routine of this conversation, or one that was left before and is wanted again."""
    course, kept = session.course, turn.profile.course
    wanted = turn.intent == "Resume" or (turn.opens and (turn.kind is Kind.LAUNCH or turn.intent in PLAYER))
    left = course if course.plan else kept
    if course.is_on or not wanted or not -SKEW <= guiding.milliseconds(turn.at) - left.at <= KEPT_FOR:
        return course
    return left if left.doing == Doing.PLAY else replace(left, doing=Doing.REST)


def _move(scene: Scene) -> Move:
    if scene.turn.kind is not Kind.INTENT:
        return player.welcome if scene.course.is_on and not scene.turn.profile.unfinished else courtesy.launch
    if scene.library.asked_by(scene.turn.intent):
        return questions.asked_for
    doubted = scene.library.doubted_by(scene.turn.intent)
    if (doubted or scene.turn.intent in (guessing.REPORT, guessing.CHECK)) and guessing.is_aside(scene):
        return questions.aside
    return _doubted if doubted else MOVES.get(scene.turn.intent, courtesy.lost)


def _doubted(scene: Scene) -> Draft:
    """Words that might have been a sign, and aren't: they mean another thing, or were sorted out already."""
    if scene.wording.reader.is_mild(scene.turn.words) or guessing.is_soreness(scene):
        return tell(scene, scene.library[SORENESS])
    if scene.turn.is_less_sure_than(guessing.FAINT):
        return courtesy.lost(scene)
    return checking.start(scene) if scene.reading == Reading() else questions.symptom(scene)


def _reply(scene: Scene) -> Draft:
    """A warning sign first; then the check, if it asks; then whatever was wanted."""
    told = hearing.told(scene)
    caught = net.catch(scene, told)
    if caught:
        return caught
    if scene.session.progress.step:
        return _in_check(scene, told)
    moved = player.hear(scene)
    if moved:
        return outcome.heed(scene, moved)
    if complaint.is_told(scene):
        return outcome.heed(scene, complaint.heard(scene))
    if scene.session.offer == outcome.CHANGE and (changed := checking.change(scene)):
        return changed
    draft = outcome.heed(scene, _move(scene)(scene))
    return player.led_back(scene, net.noted(scene, told, draft))


def _in_check(scene: Scene, told: Mapping[str, str]) -> Draft:
    """A turn while the check asks."""
    intent = scene.turn.intent
    if scene.turn.kind is not Kind.INTENT:
        return checking.nudge(scene)
    faint = scene.turn.is_less_sure_than(guessing.FAINT)
    leaves = intent in LEAVING and not faint and not checking.is_measure(scene) and not answering.is_no_leave(scene)
    if leaves and not net.news(scene, told):
        return LEAVING[intent](scene)
    answered = checking.answer(scene, told)
    if answered:
        return player.led_back(scene, answered)
    named = _named_by_the_question(scene)
    if named:
        if named.id in (*scene.session.said, *scene.session.progress.sorted):
            return checking.named_again(scene, named)
        return checking.instead(scene, checking.meanwhile(scene, tell(scene, named)))
    command = checking.unheard if faint or scene.library.doubted_by(intent) else IN_CHECK.get(intent)
    reader, words = scene.wording.reader, scene.turn.words
    guessed = scene.library.asked_by(intent) is not None and not reader.is_question(words)
    if scene.turn.verbatim and (guessed or (intent == "Ask" and not reader.asks(words))):
        command = checking.unheard  # no question, whatever an ear made of it
    return checking.instead(scene, command(scene) if command else checking.meanwhile(scene, _move(scene)(scene)))


def _named_by_the_question(scene: Scene) -> Item | None:
    """The sign asked about that is named where no words arrive: nobody knows if it's told of or asked about.

    It is told about, and asked again; but only once.
    """
    item = scene.library.asked_by(scene.turn.intent) or scene.item("topic")
    return item if item and not scene.turn.verbatim and item.id in scene.session.progress.parts else None


def _finish(scene: Scene, draft: Draft) -> tuple[Reply, Session]:
    """Gives a draft its words, and the session what the draft changed."""
    text = scene.wording.text
    draft = telling.begun(scene, draft)
    question = text(draft.question) if draft.question else None
    kept = scene.library.get(draft.card)
    timeline = telling.timeline(scene, draft)
    plain = [*map(text, draft.lines), *([question] if question else [])]
    say = " ".join([spoken.text for spoken in timeline if spoken.text] or plain)
    session = _after(scene.session, draft)
    reply = Reply(
        said=draft.said,
        say=say,
        ask=question,
        reprompt=_reprompt(scene, draft, say) if question else None,
        title=kept.title if kept else "",
        card=" ".join((*kept.say, *kept.more)) if kept else "",
        timeline=timeline,
        picture=telling.picture(scene, draft),
        profile=telling.profile(scene, draft, session),
        forget=draft.forget,
    )
    return reply, session


def _reprompt(scene: Scene, draft: Draft, say: str) -> str:
    """What to ask after a silence: the variant whose turn it is, or the next that is no longer than what was said."""
    key = _asked_again(scene, draft)
    variants, longest = scene.wording.variants(key, scene.session.count), len(say.split())
    texts = map(scene.wording.text, variants)
    return next((text for text in texts if len(text.split()) <= longest), scene.wording.text(variants[0]))


def _asked_again(scene: Scene, draft: Draft) -> str:
    """The phrase that fits the open question, so that a yes after it answers what a yes before it would have."""
    progress, course = draft.progress or scene.session.progress, draft.course or scene.course
    if progress.step:
        if progress.asking == (signs.SIDE,):
            return "one-or-both"
        return "a-guess" if checking.is_measured(progress) else "short-answer"
    if draft.offer:
        return "short-answer" if draft.offer.startswith(NOW) else "yes-or-no"
    return "go-on" if course.is_on and course.doing in (Doing.PLAY, Doing.REST) else "still-there"


def _after(session: Session, draft: Draft) -> Session:
    topic = draft.topic or session.topic
    heard = tuple(dict.fromkeys((*session.heard, *((topic,) if topic else ()))))[-MOST_HEARD:]
    parts = [part for item_id, _, part in (line.partition("/") for line in draft.lines) if item_id == topic]
    told = dict.fromkeys((*(session.told if topic == session.topic else ()), *parts))
    progress, course = draft.progress or session.progress, draft.course or session.course
    if progress.disposition in player.BARRED:
        course = Course()
    going = STRETCH if course.is_on else OPEN
    return replace(
        session,
        state=CLOSED if not draft.question else CHECK if progress.step else going,
        course=course, cleared=session.cleared or draft.cleared,
        said=draft.said, lines=draft.lines, question=draft.question, offer=draft.offer,
        progress=progress, topic=topic, told=tuple(told), heard=heard,
        count=session.count + 1, misses=draft.misses,
    )
