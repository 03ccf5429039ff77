"""What a move sees, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skill.dialogue.reading import Reading
from skill.dialogue.session import Progress, Session
from skill.dialogue.turn import Slot, Turn
from skill.dialogue.wording import Wording
from skill.domain.check import Answer
from skill.domain.course import Course
from skill.domain.items import Disposition, Follow, Item, Overview, Routine, Sign, Stretch
from skill.domain.library import Library

STRETCHES, GENTLE = "list.stretches", "routine.relief"
"""What there is to do, and what of it suits most."""

SORENESS = "normal.soreness"
"""What reassures somebody who is sore from training."""

EASED = "return.resume"
"""What somebody whose back is on the mend does next."""

EMPTY = Slot(words="")
NOTHING_READ = Reading()

NOW = "now:"
"""The offer to take the sign that was asked about as reported, before its id."""

DO = "do:"
"""The offer to coach somebody through a stretch or a routine, before its id."""

CHECK = "check"
"""The offer to go through the warning signs."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply in references, before it has words."""

    lines: tuple[str, ...] = ()
    """What is said, in order."""
    said: tuple[str, ...] = ()
    """Ids of the items drawn on."""
    question: str = ""
    """Reference of the one question; empty closes the conversation."""
    offer: str = ""
    """What "yes" to the question brings (see `Session.offer`)."""
    topic: str = ""
    """Id of the item in focus from now on; empty keeps the one there is."""
    misses: int = 0
    """Turns in a row not understood, this one counted."""
    card: str = ""
    """Id of the item worth keeping as a card."""
    progress: Progress | None = None
    """How far the warning-sign check is from now on; None leaves it as it is."""
    unfinished: bool = False
    """The check was left in the middle."""
    forget: bool = False
    course: Course | None = None
    """The routine from now on; None leaves it as it is."""
    plays: bool = False
    """The block that the course is at is played after the lines."""
    after: tuple[str, ...] = ()
    """What is said after it, before the question."""
    still: float = 0.0
    """Seconds of silence before the question."""
    cleared: bool = False
    """It was just said that nothing speaks against stretching."""
    left_out: str = ""
    """Id of a stretch that is never wanted again."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One turn, in its conversation, with everything there is to say."""

    turn: Turn
    session: Session
    wording: Wording
    reading: Reading = NOTHING_READ
    """What the words say about warning signs."""
    playing: bool = False
    """Whether a block was being played, or had just ended, when this was said."""
    done: bool = False
    """Whether that block had come to its end."""
    heard: str = ""
    """Id of the stretch whose instructions that block told in full, if they were heard to their end."""

    @property
    def course(self) -> Course:
        """The routine that is under way, as it stands now."""
        return self.session.course

    @property
    def found(self) -> tuple[str, ...]:
        """Signs, risks and details known so far."""
        return tuple(fact for fact, answer in self.session.progress.case.said.items() if answer is Answer.YES)

    @property
    def whose(self) -> str:
        """Whose back it is (see `Progress.whose`)."""
        return self.session.progress.whose

    @property
    def library(self) -> Library:
        """The items."""
        return self.wording.library

    def phrase(self, key: str, item: Item | None = None, number: int | None = None) -> str:
        """Reference of a phrase in the variant whose turn it is, or in the next where that was heard just before."""
        due = self.wording.phrase(key, self.session.count, item, number)
        heard = due in (*self.session.lines, self.session.question)  # it was repeated meanwhile
        return self.wording.phrase(key, self.session.count + 1, item, number) if heard else due

    def slot(self, name: str) -> Slot:
        """A slot of the turn; an empty one where it is not filled."""
        return self.turn.slots.get(name, EMPTY)

    def items(self, slot: str) -> list[Item]:
        """The items that a slot may name, by their ids or else by its words, likeliest first."""
        value = self.slot(slot)
        known = [self.library[item_id] for item_id in value.ids if item_id in self.library]
        named = self.library.named(value.words)
        return known or ([named] if named else [])

    def item(self, slot: str) -> Item | None:
        """The item that a slot likeliest names; None where it names none."""
        return next(iter(self.items(slot)), None)

    @property
    def topic(self) -> Item | None:
        """The item the turn is about: the one it names, else the one last told."""
        named = self.item("topic")
        if named or self.slot("topic").words:
            return named
        return self.library.get(self.session.topic)


Move = Callable[[Scene], Draft]
"""What the coach does in a turn."""


def ids(item: Item) -> tuple[str, ...]:
    """Ids that what is told of an item draws on: itself; an overview's parts."""
    return item.parts if isinstance(item, Overview) else (item.id,)


def is_emergency(item: Item) -> bool:
    """Whether it is a sign that can't wait."""
    return isinstance(item, Sign) and item.alone is Disposition.EMERGENCY


def tell(scene: Scene, item: Item, *parts: str) -> Draft:
    """An item's answer (or other parts of it), with the question that fits afterwards."""
    question, offer = _invite(scene, item)
    lines = tuple(f"{item.id}/{part}" for part in parts or ("say",))
    said = ids(item) if parts else (*ids(item), *item.draws_on)
    return Draft(lines=lines, said=said, question=question, offer=offer, topic=item.id, card=item.id)


def _invite(scene: Scene, item: Item) -> tuple[str, str]:
    """The question after an answer, and what "yes" to it brings."""
    if is_emergency(item):
        return scene.phrase("is-it-you"), NOW + item.id
    if isinstance(item, Sign):
        return scene.phrase("offer-check"), CHECK
    if isinstance(item, Stretch | Routine):
        return scene.phrase("offer-do", item), DO + item.id
    if item.id == STRETCHES:
        return scene.phrase("offer-do", scene.library[GENTLE]), DO + GENTLE
    unheard = [other for other in item.goes_with if other not in scene.session.heard]
    if unheard and scene.session.count % 2 == 0:
        return scene.phrase("offer-item", scene.library[unheard[0]]), unheard[0]
    return scene.phrase("anything"), ""


def ask(scene: Scene, question: str, *lines: str, offer: str = "") -> Draft:
    """A remark and a question, both phrases."""
    return Draft(lines=tuple(scene.phrase(line) for line in lines), question=scene.phrase(question), offer=offer)


FOLLOWS = {
    "HowLong": Follow.HOW_LONG, "HowOften": Follow.HOW_OFTEN, "HowMany": Follow.HOW_MANY, "When": Follow.WHEN,
    "Where": Follow.WHERE, "HowTo": Follow.HOW, "Instead": Follow.INSTEAD, "Bruising": Follow.BRUISING,
    "IfItHurts": Follow.HURTS,
}
"""Follow-up intents and what they ask for."""
