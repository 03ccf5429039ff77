"""What the skill knows: one frozen item a fact of the content map.

Rule 1: an item is made of sentences that are ready to be spoken; no blank is left in them.
Rule 2: the id is `kind.name`; the kind says which class it is (see `KINDS` in the store).
Rule 3: sentences are in the order in which they may stop: the first one alone is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Figure = tuple[int, int]
"""A figure from the content map: lowest and highest, equal where it is one number."""


class Disposition(StrEnum):
    """Where a person should turn, gravest first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SEE_DOCTOR = "see-doctor"
    SELF_CARE = "self-care"


class Follow(StrEnum):
    """What people ask next about something they were just told."""

    HOW_LONG = "how_long"
    HOW_OFTEN = "how_often"
    HOW_MANY = "how_many"
    WHEN = "when"
    WHERE = "where"
    HOW = "how"
    INSTEAD = "instead"
    BRUISING = "bruising"
    HURTS = "hurts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    key: str
    """"article", or the key of a guideline in `_sources.toml`."""
    section: str = ""
    """The article's section; empty for a guideline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact, in words for the ear."""

    id: str
    """`kind.name`, as in the content map: "treat.ice"."""
    title: str
    """A heading for cards and screens."""
    called: str
    """How the coach names it in mid-sentence: "warming up"."""
    names: tuple[str, ...]
    """What people call it; the first is the usual name."""
    say: tuple[str, ...]
    """The normal answer, one to three sentences; the first stands alone."""
    more: tuple[str, ...]
    """What "tell me more" adds."""
    why: tuple[str, ...]
    """The reason behind it."""
    sources: tuple[Source, ...]
    follow: Mapping[Follow, str] = field(default_factory=dict)
    """One sentence for each follow-up question it can answer."""
    facts: Mapping[str, Figure] = field(default_factory=dict)
    """Figures by unit: {"minutes": (10, 15)}."""
    goes_with: tuple[str, ...] = ()
    """Ids that are natural to hear next."""
    contradicts: tuple[str, ...] = ()
    """Ids that say the opposite for another situation; `say` names both situations."""

    draws_on: tuple[str, ...] = ()
    """Ids of other items whose facts its normal answer tells as well."""

    @property
    def kind(self) -> str:
        """The first part of the id: "treat"."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Item):
    """A warning sign, or a risk that makes one weigh more."""

    alone: Disposition
    """Where to turn with this sign and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """How one is coached through a stretch. Sentences, ready to be spoken."""

    into: tuple[str, ...]
    """How to get into position, one thing to do a sentence."""
    cues: tuple[str, ...]
    """What is said in the hold, in turn; of a stretch that moves, the two halves of a round."""
    short: tuple[str, ...] = ()
    """The two halves in a word each, once they are known; of a stretch that moves."""
    beat: int = 0
    """Seconds for half a round; 0 is a stretch that is held still."""
    hold: Figure
    """Seconds on each side, shortest and longest."""
    sides: int = 1
    """2 where it is done left and right."""
    out: str
    """How to come out of it."""
    easier: str
    harder: str
    """A gentler and a harder way of doing it."""
    gentler: str
    """Id of the stretch to do in its place where it hurts."""


Joints = Mapping[str, tuple[float, float]]
"""A person seen from the side: joint → across and down, from 0 to 100; the floor is at 92."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """The drawn figure: it moves between two postures."""

    start: Joints
    end: Joints
    wall: float | None = None
    """Where a wall stands, across; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Item):
    """A stretch or relief exercise."""

    position: str
    """Where the body is: "floor", "hands-and-knees", "kneeling" or "standing"."""
    area: tuple[str, ...]
    """What it works on: "lower-back", "upper-back", "hips", "core", "glutes"."""
    level: int
    """1 is the gentlest, 3 the hardest."""
    guide: Guide
    pose: Pose


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine(Item):
    """Stretches in an order."""

    stretches: tuple[str, ...]
    """Ids, as they are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Item):
    """A whole group in a breath."""

    parts: tuple[str, ...]
    """Ids of the group: an answer from here draws on all of them."""


def doubt_name(sign_id: str) -> str:
    """The intent of words that may mean a sign, or nothing: "sign.chest" → "MaybeSignChest"."""
    return f"Maybe{intent_name(sign_id)}"


def intent_name(item_id: str) -> str:
    """The intent that asks for an item: "treat.ice" → "TreatIce". Amazon allows letters alone."""
    digits = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    words = item_id.replace(".", "-").split("-")
    return "".join(
        "".join(digits[int(mark)] if mark.isdigit() else mark for mark in word[:1].upper() + word[1:])
        for word in words
    )
