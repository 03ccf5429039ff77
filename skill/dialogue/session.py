"""What is remembered within one conversation: ids and counts, never words.

Rule 1: `Session.load(json.loads(json.dumps(s.dump()))) == s`.
Rule 2: junk, or another version, is a fresh session, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from skill.dialogue.questionnaire import SORT, THEY, YOU
from skill.domain import plain, signs
from skill.domain.check import BY_NAME, FEW_DAYS, Case, add_up
from skill.domain.course import Course, Doing

VERSION = 2

SIDE_STEP = "side"
"""The question whether it is one leg or both."""

STEPS = frozenset({*BY_NAME, SORT})
"""Whatever may be open in a check."""

GUARD = (signs.NUMBNESS, signs.LEG_WEAKNESS, signs.RADIATING)
"""What is asked about before the first stretch of a conversation."""

ASKING: Mapping[str, tuple[str, ...]] = {Doing.SAFE: GUARD, Doing.HURT: (signs.STABBING,)}
"""Questions of a routine that are about signs."""


@dataclass(frozen=True, kw_only=True)  # no slots: the answers are added up once, however often they're asked for
class Progress:
    """How far the warning-sign check has come. It lives in the conversation alone."""

    answers: tuple[str, ...] = ()
    """What was answered and volunteered so far, in order (see `domain.check.entry`)."""
    step: str = ""
    """Name of the question that is open; empty where none of the check is."""
    form: str = ""
    """How it is put: "ask", "each" (its parts one by one) or "test" (in other words)."""
    parts: tuple[str, ...] = ()
    """What it is about, as the rules name it: signs, risks, details."""
    asked: int = 0
    """Questions put so far."""
    sorted: tuple[str, ...] = ()
    """Signs that a sorting question was about: each is sorted out once."""
    passing: bool = False
    """The open question sorts out a remark made in passing: after a no there is nothing more to ask."""
    begun: bool = False
    """The rule for emergencies was said, and the questions are under way."""
    disposition: str | None = None
    """What the check concluded; None while it has not."""

    @property
    def asking(self) -> tuple[str, ...]:
        """What the open question is about, as it is told outside.

        Ids of signs and risks, or "duration", "trend", "severity", "side".
        """
        if self.step == SIDE_STEP:
            return (signs.SIDE,)
        lasting = signs.SEVERE in self.parts and len(self.parts) > 1 and (self.case.days or 0) > FEW_DAYS
        outside = {signs.THINNERS: signs.FRAGILE, signs.BLEEDING: signs.BELLY}
        outside |= {signs.SEVERE: signs.SEVERE_72H} if lasting else {}
        return tuple(outside.get(part, part) for part in self.parts)

    @cached_property
    def case(self) -> Case:
        """The answers, added up."""
        return add_up(self.answers)

    @property
    def whose(self) -> str:
        """Whose back it is: the person's own, or somebody else's."""
        return THEY if signs.OTHER in self.case.said else YOU


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One conversation, as it travels in the session attributes."""

    state: str = "open"
    """"open", "check", "stretch" or "closed"."""
    said: tuple[str, ...] = ()
    """Ids that the last reply drew on."""
    lines: tuple[str, ...] = ()
    """The last reply, as references to texts (see `dialogue.wording`): what "repeat" renders again."""
    question: str = ""
    """Reference of the question left open; empty where none is."""
    topic: str = ""
    """Id of the item that "why" and "how long" are about."""
    told: tuple[str, ...] = ()
    """Parts of that item told so far: "say", "more", "follow.how_long"."""
    offer: str = ""
    """What "yes" would bring: an item's id, "again", or a follow-up key waiting for its item."""
    heard: tuple[str, ...] = ()
    """Ids of items told in this conversation, so that none is offered twice."""
    count: int = 0
    """Replies given, counted on from earlier visits; picks the variant of a phrase."""
    misses: int = 0
    """Turns in a row that were not understood, or, in the check, that were no answer."""
    progress: Progress = Progress()
    """The warning-sign check."""

    course: Course = field(default_factory=Course)
    """The routine that is under way."""
    cleared: bool = False
    """In this conversation it was said that nothing speaks against stretching."""

    @property
    def asking(self) -> tuple[str, ...]:
        """What the open question is about, as it is told outside."""
        if self.progress.step:
            return self.progress.asking
        return ASKING.get(self.course.doing, ())

    def dump(self) -> dict[str, Any]:
        """A plain dictionary, ready for JSON; what it tells others is always there."""
        progress = self.progress
        return {"v": VERSION, **plain.dump(self), "said": list(self.said), "state": self.state,
                "asking": list(self.asking), "found": list(progress.case.found), "disposition": progress.disposition}

    @staticmethod
    def load(attributes: Mapping[str, Any] | None) -> Session:
        """The session of a dump; a fresh one for anything that is none."""
        if not isinstance(attributes, Mapping) or attributes.get("v") != VERSION:
            return Session()
        session = plain.load(Session, attributes)
        progress = session.progress
        asks = progress.step in STEPS and progress.parts
        if not asks and (progress.step or progress.parts):
            session = replace(session, progress=replace(progress, step="", parts=()))  # nothing to ask again
        return session
