"""A turn in, a reply out, in no platform's terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from skill.domain.picture import Picture
from skill.domain.profile import Profile


class Kind(StrEnum):
    """What happened."""

    LAUNCH = "launch"
    """The skill was opened without a question."""
    INTENT = "intent"
    """Something was said and understood, if only as "not understood"."""
    TOUCH = "touch"
    """Something on the screen was touched."""
    LEFT = "left"
    """The conversation ended by itself; nobody is listening any more."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in what was said."""

    words: str
    """As it was heard; may be anything."""
    ids: tuple[str, ...] = ()
    """What it may mean, likeliest first; empty where nothing matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the person."""

    kind: Kind
    locale: str
    at: datetime
    """When it was said."""
    intent: str = ""
    """The intent's name as in the interaction model, without "AMAZON." and "Intent": "TreatIce", "Yes"."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    words: str = ""
    """What was said, tidied, as far as the speaker passes it on: all of it, or what the slots heard."""
    verbatim: bool = False
    """Whether these words are all that was said."""
    sure: float = 0.0
    """How sure the speaker is of the intent, from 0 to 1, where it passes on the words and tells; else 0."""
    warns: Mapping[str, float] = field(default_factory=dict)
    """Where the speaker tells: of which sign the words tell ("sign.saddle"), or may ("maybe sign.saddle"), or of
    "nothing" to worry about, that they are a "no", or that something is "asked", and how sure of
    each.
    """
    affirms: float = 0.0
    """Where the speaker tells: how likely the words mean yes, as an answer, from 0 to 1."""
    denies: float = 0.0
    """The same of a no; a wish or an aside is neither."""
    opens: bool = False
    """Whether the conversation begins with it."""
    profile: Profile = field(default_factory=Profile)
    """What is kept of this person."""
    remembers: bool = True
    """Whether anything can be kept; False while the store is down."""
    can: frozenset[str] = frozenset()
    """What the speaker can do besides speaking: "apl"."""

    def is_less_sure_than(self, least: float) -> bool:
        """Whether the speaker tells that it is less sure than this; one that tells nothing is believed."""
        return 0 < self.sure < least


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A piece of a timeline in words."""

    seconds: float
    """How long it takes; of speech, as estimated."""
    text: str = ""
    """Plain words; empty is silence."""
    item: str = ""
    """Id of the stretch it belongs to."""
    side: str = ""
    """"left" or "right" where the stretch has sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the coach answers."""

    said: tuple[str, ...]
    """Ids of the items it draws on, in order: ("treat.ice",). Tests assert these."""
    say: str
    """The words, plain text. SSML is the speaker's business."""
    ask: str | None = None
    """The one question left open, already the end of `say`; None closes the conversation."""
    reprompt: str | None = None
    """What to ask after a silence; there whenever `ask` is."""
    title: str = ""
    """A heading for the card; empty where there is nothing worth keeping."""
    card: str = ""
    """What is worth reading later."""
    timeline: tuple[Spoken, ...] = ()
    """All that is heard, in time, where silences matter: `say` with its pauses; empty where it's plain speech."""
    picture: Picture | None = None
    """What a screen may show meanwhile."""
    profile: Profile = field(default_factory=Profile)
    """What is to be kept of this person from now on."""
    forget: bool = False
    """The person wants to be forgotten."""
