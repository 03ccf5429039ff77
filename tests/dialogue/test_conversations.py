"""Conversations as files: tests/conversations/<language>/*.toml, each played through the handler.

A file is a `claim` and its turns. A turn says what is meant (`intent`, `slots`: an id, several ids, or words that
mean nothing) and what comes of it; what it leaves out is not looked at, but `coach`, `state` and legality always are:

- `coach`: the items told, in order; each stands for what its answer draws on as well, a group for its parts;
- `state`: "open" unless it says otherwise;
- `lines`: what is said, as references without their variant ("treat.ice/say", "=lost-1");
- `asks`: the phrase that is the question; `offer`: what "yes" would bring;
- `asking`, `found`, `disposition`: what the warning-sign check keeps;
- `same`: word for word what was said before; `urgent`: the first sentence sends to emergency care.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from skill.dialogue.scene import ids
from skill.domain.profile import Profile
from skill.simulator.meant import Filled
from skill.store.users import MemoryUsers
from tests.conftest import LAUNCH, PERSON, TESTS, Said, Talk, is_urgent, library, session

FILES = sorted((TESTS / "conversations").glob("*/*.toml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn of a file."""

    intent: str
    """As in the interaction model; "LaunchRequest" opens the skill."""
    slots: dict[str, str | list[str]] = field(default_factory=dict)
    coach: list[str]
    state: str = "open"
    lines: list[str] | None = None
    asks: str | None = None
    offer: str | None = None
    asking: list[str] | None = None
    found: list[str] | None = None
    disposition: str = ""
    same: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One file."""

    claim: str
    """What it shows, in a sentence."""
    turn: list[Step]
    locale: str = "en-US"
    visits: int = 0
    """How often this person was here before."""

    @classmethod
    def read(cls, path: Path) -> Conversation:
        """The conversation in a file; raises `TypeError` for a key that none has."""
        document = tomllib.loads(path.read_text("utf-8"))
        return cls(**{**document, "turn": [Step(**turn) for turn in document["turn"]]})


def slots(step: Step) -> dict[str, Said]:
    """A turn's slots; a list is several things it may mean."""
    return {name: said if isinstance(said, str) else Filled("something", tuple(said))
            for name, said in step.slots.items()}


def without_variant(reference: str) -> str:
    """A phrase's reference without the number of its variant: "=offer-item/2/treat.ice" → "=offer-item/treat.ice"."""
    return re.sub(r"^(=[^/]*)/\d+", r"\1", reference)


def whole(told: list[str]) -> list[str]:
    """The ids of the items told, groups in their parts."""
    return list(dict.fromkeys(item_id for named in told for item_id in ids(library()[named])))


def spare(said: Iterable[str], told: list[str]) -> list[str]:
    """What was said, without what the items told draw on besides."""
    besides = {other for named in told for other in library()[named].draws_on} - set(whole(told))
    return [item_id for item_id in said if item_id not in besides]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_conversation(path: Path) -> None:
    """Every conversation goes as its file says."""
    told = Conversation.read(path)
    users = MemoryUsers()
    users.save(PERSON, Profile(), Profile(visits=told.visits))
    talk, before = Talk(locale=told.locale, users=users), ""

    for step in told.turn:
        turn = talk.launch() if step.intent == LAUNCH else talk.say(step.intent, **slots(step))
        after = session(turn)

        assert (spare(turn.said, step.coach), turn.state) == (whole(step.coach), step.state), step.intent
        assert step.asking in (None, list(turn.asking))
        assert step.found in (None, list(turn.found))
        assert step.disposition in ("", turn.disposition)
        assert step.lines in (None, [without_variant(line) for line in after.lines])
        assert step.asks in (None, without_variant(after.question).removeprefix("=").partition("/")[0])
        assert step.offer in (None, after.offer)
        assert not step.same or turn.speech == before
        assert not step.urgent or is_urgent(turn.speech, told.locale), turn.speech
        before = turn.speech


def test_claims() -> None:
    """Every file has its own claim, a whole sentence."""
    claims = [Conversation.read(path).claim for path in FILES]

    assert len(set(claims)) == len(claims)
    assert all(claim[0].isupper() and claim.endswith(".") for claim in claims)
