"""Every intent in every state, with whatever may be in its slots: legal, sensible, and the same on every speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import pytest

from skill import app
from skill.alexa.exchange import Exchange
from skill.dialogue.session import Session
from skill.domain.items import Follow, Sign
from skill.domain.profile import Profile
from skill.domain.library import Library
from skill.simulator.envelope import DEVICES
from skill.store import models
from skill.store.users import MemoryUsers
from tests.conftest import LAUNCH, PERSON, Filled, Json, Said, Talk, asked, intents, judged, library

SAID = "IntentRequest"
LOST = "AMAZON.FallbackIntent"
ICE = ("AskIntent", {"topic": "treat.ice"})
SADDLE = ("ReportSymptomIntent", {"symptom": "sign.saddle"})

ENDING = {"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent", "ForgetMeIntent"}
"""What always ends the conversation."""

MAY_END = {"AMAZON.NoIntent"}
"""What ends it in some states."""

CONVERSATIONS: Mapping[str, tuple[str | tuple[str, dict[str, Said]], ...]] = {
    "open-fresh": (LAUNCH,),
    "after-an-answer": (LAUNCH, ICE),
    "after-an-offer": (LAUNCH, "AMAZON.HelpIntent", ICE),
    "waiting-for-an-item": (LAUNCH, "HowLongIntent"),
    "after-one-miss": (LAUNCH, LOST),
    "after-two-misses": (LAUNCH, LOST, LOST),
    "after-three-misses": (LAUNCH, LOST, LOST, LOST),
    "after-a-sign": (LAUNCH, SADDLE),
    "after-the-end": (LAUNCH, ICE, "AMAZON.StopIntent"),
}
"""How each state comes about."""

ATTRIBUTES: Mapping[str, Json] = {
    "one-shot": {},
    "of-another-version": {"v": 99, "state": "dancing", "topic": 7},
    "of-another-content": {
        "v": 1, "state": "open", "said": ["treat.leeches"], "lines": ["treat.leeches/say", "=gone/0"],
        "question": "=offer-item/0/treat.leeches", "topic": "treat.leeches", "offer": "treat.leeches",
        "heard": ["treat.leeches"], "count": 3, "misses": 0,
    },
    "of-nobody-s-making": {
        "v": 1, "lines": ["treat.ice", "=", "=what", "=what/x", "=offer-item/0", "/", ""], "question": "?",
        "topic": "list.treatments", "offer": "more", "heard": ["", "?"], "count": -5, "misses": 99, "asking": "no",
    },
}
"""States that no conversation of today's skill leads to."""

STATES = (*ATTRIBUTES, *CONVERSATIONS)


@cache
def attributes(state: str) -> Json:
    """The session attributes that a state leaves behind."""
    if state in ATTRIBUTES:
        return ATTRIBUTES[state]
    kept: Json = Talk().play(*CONVERSATIONS[state]).response["sessionAttributes"]
    return kept


@cache
def values(kind: str) -> tuple[str, ...]:
    """The ids of a slot type; none for Amazon's own."""
    types = models.model("en-US")["interactionModel"]["languageModel"]["types"]
    return tuple(value["id"] for each in types if each["name"] == kind for value in each["values"])


def fillings(kind: str) -> tuple[Filled | None, ...]:
    """Everything that may come in a slot of this type."""
    known = values(kind)
    return (
        None,
        Filled("my elbow", kind=kind),
        Filled("?", kind=kind),
        Filled("leeches", ("treat.leeches",), kind),
        Filled("something", known[:2], kind),
        Filled("PT10M" if kind.startswith("AMAZON.") else "something", known[-1:], kind),
    )


def slots_of(name: str) -> Iterator[dict[str, Said]]:
    """An intent's slots, filled alike, and each filled where the others are empty."""
    kinds = intents().get(name, {})
    together = zip(*(fillings(kind) for kind in kinds.values()), strict=True) if kinds else [()]
    for filling in together:
        yield dict(zip(kinds, filling, strict=True))
    if len(kinds) > 1:
        for slot, kind in kinds.items():
            yield from ({slot: filling} for filling in fillings(kind)[1:])


def told(name: str, state: str, slots: dict[str, Said], device: str, visits: int) -> tuple[Exchange, Session]:
    """What comes of an intent in a state: the exchange, and the session after it."""
    users = MemoryUsers()
    users.save(PERSON, Profile(visits=visits))
    request = asked(name, slots, attributes(state), new=state == "one-shot", device=device)
    given = judged(request, app.skill(users))
    return Exchange.of(request, given), Session.load(given["sessionAttributes"])


@pytest.mark.parametrize("state", CONVERSATIONS)
def test_states(state: str) -> None:
    """The states below are what their names say."""
    after = Session.load(attributes(state))

    assert {
        "open-fresh": (after.topic, after.offer, after.state) == ("", "", "open"),
        "after-an-answer": (after.topic, after.offer) == ("treat.ice", ""),
        "after-an-offer": after.topic == "treat.ice" and after.offer in library(),
        "waiting-for-an-item": after.offer == Follow.HOW_LONG,
        "after-one-miss": after.misses == 1,
        "after-two-misses": after.misses == 2,
        "after-three-misses": after.misses == 0 and after.count == 4,
        "after-a-sign": isinstance(library()[after.topic], Sign),
        "after-the-end": after.state == "closed",
    }[state]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [LAUNCH, *intents()])
def test_every_intent_in_every_state(name: str, state: str) -> None:
    """Every intent is answered from every state, whatever its slots hold, and the answer makes sense."""
    before = Session.load(attributes(state))

    for slots, device, visits in product(slots_of(name), DEVICES, (0, 3)):
        exchange, after = told(name, state, slots, device, visits)

        assert after.count != before.count, "an apology, not an answer"
        assert all(item in library() for item in after.said)
        assert len(set(after.said)) == len(after.said)
        assert exchange.closed if name in ENDING else exchange.open or name in MAY_END
        assert after.state == ("closed" if exchange.closed else "open")
