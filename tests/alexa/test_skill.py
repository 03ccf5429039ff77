"""Every intent in every state, with whatever may be in its slots: legal, sensible, and the same on every speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

import pytest

from skill import app
from skill.alexa.skill import Foreign
from skill.dialogue.coach import MOVES
from skill.dialogue.session import GUARD, Session
from skill.domain.course import Doing
from skill.domain.items import Follow
from skill.domain.profile import Profile
from skill.simulator.envelope import EITHER, SKILL_ID
from skill.simulator.meant import Filled
from skill.store import content, models
from skill.store.users import MemoryUsers
from tests.conftest import (
    ENDING,
    LAUNCH,
    PERSON,
    Json,
    Said,
    Spoken,
    Talk,
    asked,
    envelope,
    intents,
    judged,
    library,
)

LOST = "AMAZON.FallbackIntent"
STOP = "AMAZON.StopIntent"
HELP = "AMAZON.HelpIntent"
ICE = ("AskIntent", {"topic": "treat.ice"})
NO = "AMAZON.NoIntent"
PLANK = ("StartStretchIntent", {"stretch": "stretch.plank"})
FULL = ("StartRoutineIntent", {"routine": "routine.full"})
SADDLE = ("ReportSymptomIntent", {"symptom": "sign.saddle"})

MAY_END = {"AMAZON.NoIntent", "ThankIntent"}
"""What ends it in some states."""

CONVERSATIONS: Mapping[str, Sequence[Spoken]] = {
    "open-fresh": [LAUNCH],
    "after-an-answer": [LAUNCH, ICE],
    "after-an-offer": [LAUNCH, HELP, ICE],
    "waiting-for-an-item": [LAUNCH, "HowLongIntent"],
    "after-one-miss": [LAUNCH, LOST],
    "after-two-misses": [LAUNCH, LOST, LOST],
    "after-three-misses": [LAUNCH, LOST, LOST, LOST],
    "after-a-sign": [LAUNCH, SADDLE],
    "after-the-end": [LAUNCH, ICE, STOP],
    "before-a-stretch": [PLANK],
    "in-a-stretch": [FULL, NO],
    "in-a-pause": [FULL, NO, "AMAZON.PauseIntent"],
    "in-pain": [FULL, NO, "ThatHurtsIntent"],
    "going-gently": [FULL, NO, "ThatHurtsIntent", "StretchyIntent"],
    "stretch-left": [FULL, NO, STOP],
}
"""How each state comes about."""

ATTRIBUTES: Mapping[str, Json] = {
    "one-shot": {},
    "of-another-version": {"v": 99, "state": "dancing", "topic": 7},
    "of-another-content": {
        "v": 2, "state": "open", "said": ["treat.leeches"], "lines": ["treat.leeches/say", "=gone/0"],
        "question": "=offer-item/0/treat.leeches", "topic": "treat.leeches", "offer": "treat.leeches",
        "heard": ["treat.leeches"], "count": 3, "misses": 0,
    },
    "of-nobody's-making": {
        "v": 2, "lines": ["=offer-item/0"], "question": "?", "topic": "list.treatments", "offer": "more",
        "heard": ["", "?"], "count": -5, "misses": 99, "asking": "no",
    },
}
"""States that no conversation of today's skill leads to."""

SPEAKERS = tuple(product(EITHER, (0, 3)))
"""On what it is said, and after how many visits: they take turns, so that every intent and every state meet all."""

STATES = (*ATTRIBUTES, *CONVERSATIONS)
BEGINNING = ("one-shot", "open-fresh")
"""States in which it counts how often this person was here before."""


@cache
def attributes(state: str) -> Json:
    """The session attributes that a state leaves behind."""
    if state in ATTRIBUTES:
        return ATTRIBUTES[state]
    kept: Json = Talk().play(*CONVERSATIONS[state])[-1].response["sessionAttributes"]
    return kept


@cache
def values(kind: str) -> tuple[str, ...]:
    """The ids of a slot type; none for Amazon's own."""
    types = models.model("en-US")["interactionModel"]["languageModel"]["types"]
    return tuple(value["id"] for each in types if each["name"] == kind for value in each["values"])


def fillings(kind: str) -> Sequence[Said]:
    """Everything that may come in a slot of this type."""
    known = values(kind)
    return (
        None,
        Filled("my elbow", kind=kind),
        Filled("?", kind=kind),
        Filled("leeches", ("treat.leeches",), kind),
        Filled("something", known[:2], kind),
        Filled("something" if known else "PT10M", known[-1:], kind),
    )


def slots_of(name: str) -> Iterator[Mapping[str, Said]]:
    """An intent's slots, all filled alike, then each filled where the others are empty."""
    kinds = intents().get(name, {})
    for filling in zip(*map(fillings, kinds.values()), strict=True) if kinds else [()]:
        yield dict(zip(kinds, filling, strict=True))
    if len(kinds) > 1:
        yield from ({slot: filling} for slot, kind in kinds.items() for filling in fillings(kind)[1:])


USERS = MemoryUsers()
SKILL = app.skill(USERS)


def answer(name: str, slots: Mapping[str, Said], state: str, device: str = "echo-dot", visits: int = 0) -> Json:
    """The answer to an intent in a state."""
    USERS.forget(PERSON)
    USERS.save(PERSON, Profile(), Profile(visits=visits))
    return judged(asked(name, slots, attributes(state), new=state == "one-shot", device=device), SKILL)


@pytest.mark.parametrize("state", CONVERSATIONS)
def test_states(state: str) -> None:
    """The states of these tests are what their names say."""
    after = Session.load(attributes(state))
    topic = library().get(after.topic)

    assert {
        "open-fresh": not topic and not after.offer and after.state == "open",
        "after-an-answer": topic is library()["treat.ice"] and not after.offer,
        "after-an-offer": topic is library()["treat.ice"] and after.offer in library(),
        "waiting-for-an-item": after.offer == Follow.HOW_LONG,
        "after-one-miss": after.misses == 1,
        "after-two-misses": after.misses == 2,
        "after-three-misses": after.misses == 0 and after.count == 4,
        "after-a-sign": after.progress.disposition == "emergency",
        "after-the-end": after.state == "closed",
        "before-a-stretch": after.course.doing == Doing.SAFE and after.asking == GUARD,
        "in-a-stretch": after.course.doing == Doing.PLAY and after.state == "stretch",
        "in-a-pause": after.course.doing == Doing.REST,
        "in-pain": after.course.doing == Doing.HURT,
        "going-gently": after.course.doing == Doing.EASE,
        "stretch-left": after.course.is_on and after.state == "closed",
    }[state]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [LAUNCH, *intents()])
def test_every_intent_in_every_state(name: str, state: str) -> None:
    """Every intent is answered from every state, whatever its slots hold, and the answer makes sense."""
    before = Session.load(attributes(state))

    for number, slots in enumerate(slots_of(name), len(name) + STATES.index(state)):
        given = answer(name, slots, state, *SPEAKERS[number % len(SPEAKERS)])
        after, closed = Session.load(given["sessionAttributes"]), given["response"]["shouldEndSession"]

        assert after.count > before.count, "an apology, not an answer"
        assert all(item in library() for item in after.said)
        assert len(set(after.said)) == len(after.said)
        assert closed if name in ENDING else not closed or name in MAY_END
        going = "check" if after.progress.step else "stretch" if after.course.is_on else "open"
        assert after.state == ("closed" if closed else going)


@pytest.mark.parametrize("state", BEGINNING)
def test_asking_for_an_item(state: str) -> None:
    """Whoever asks for an item hears that item."""
    for item in library():
        told = Session.load(answer("AskIntent", {"topic": item.id}, state)["sessionAttributes"])

        assert told.topic == item.id
        assert set(told.said) & {item.id, *getattr(item, "parts", ())}


def test_a_screen_changes_nothing() -> None:
    """What is said does not depend on there being a screen."""
    for name, state in product((LAUNCH, *intents()), BEGINNING):
        *_, slots = slots_of(name)
        heard = [answer(name, slots, state, device) for device in EITHER]

        assert heard[0]["response"]["outputSpeech"] == heard[1]["response"]["outputSpeech"]
        assert heard[0]["sessionAttributes"] == heard[1]["sessionAttributes"]


@pytest.mark.parametrize("name", {move: name for name, move in MOVES.items()}.values())
def test_every_variant(name: str) -> None:
    """Whichever variants' turn it is, what is said fits together: 60 replies bring every combination."""
    for count in range(60):
        judged(asked(f"{name}Intent", {}, {"v": 2, "question": "=what/1", "count": count}), SKILL)


@pytest.mark.parametrize("locale", content.LOCALES)
def test_every_item_in_every_locale(locale: str) -> None:
    """Whatever is asked about an item is answered, in the words of every country."""
    more = ("MoreIntent", "WhyIntent", "SourceIntent") if locale == "en-US" else ()
    for item in content.library(locale):
        turns = Talk(locale=locale).play(("AskIntent", {"topic": item.id}), *more)

        assert all(turn.said for turn in turns)


def test_lost_again_and_again() -> None:
    """Not being understood never brings the same reply twice running."""
    heard = [turn.speech for turn in Talk().play(LAUNCH, *[LOST] * 12)]

    assert all(one != other for one, other in pairwise(heard))


def test_opening_it_day_after_day() -> None:
    """Who comes back is greeted in other words than last time, and shorter than the first time."""
    users = MemoryUsers()
    heard = [Talk(users=users).launch().speech for _ in range(9)]

    assert all(one != other for one, other in pairwise(heard))
    assert all(len(later) < len(heard[0]) for later in heard[1:])


def test_visits_are_counted() -> None:
    """A conversation counts as one visit, however long, and however it begins."""
    users = MemoryUsers()
    for opening in ([LAUNCH, ICE, "MoreIntent"], [ICE, HELP], [LAUNCH]):
        Talk(users=users).play(*opening)

    assert users.load(PERSON) == Profile(visits=3)


def test_forget_me() -> None:
    """Who asks to be forgotten is deleted, also in the first breath of a visit."""
    users = MemoryUsers()
    for opening in ([LAUNCH, "ForgetMeIntent"], ["ForgetMeIntent"]):
        Talk(users=users).play(LAUNCH)
        Talk(users=users).play(*opening)

        assert users.load(PERSON) == Profile()


def test_the_skill_is_disabled() -> None:
    """Switching the skill off deletes what was kept."""
    users, event = MemoryUsers(), envelope("skill-disabled")
    users.save(event["context"]["System"]["user"]["userId"], Profile(), Profile(visits=7))

    judged(event, app.skill(users))

    assert users.load(event["context"]["System"]["user"]["userId"]) == Profile()


def test_could_you_changes_nothing() -> None:
    """Being asked whether the skill could is no visit."""
    users, event = MemoryUsers(), envelope("can-you")
    event["session"]["user"] = {"userId": PERSON}

    judged(event, app.skill(users))

    assert users.load(PERSON) == Profile()


@pytest.mark.parametrize("broken", [{}, {"context": None}, {"context": {"System": None}}, {"session": None}])
def test_another_skill_s_request(broken: Json) -> None:
    """A request to another skill is refused, and so is one to nobody in particular."""
    ours = asked(LAUNCH, {}, {})
    foreign = {**envelope("launch"), **broken}

    assert judged(ours, app.skill(skill_id=SKILL_ID))
    with pytest.raises(Foreign):
        app.skill(skill_id=SKILL_ID)(foreign)


def test_two_skills_named() -> None:
    """Where context and session name different skills, nobody is answered."""
    both = {**asked(LAUNCH, {}, {}), "session": envelope("launch")["session"]}

    with pytest.raises(Foreign):
        app.skill(skill_id=SKILL_ID)(both)
