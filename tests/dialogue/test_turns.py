"""Long conversations of any kind: what must hold from turn to turn, whatever is said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from skill.dialogue.checking import PATIENCE
from skill.dialogue.coach import MOST_HEARD
from skill.dialogue.outcome import RELIEF
from skill.dialogue.questionnaire import MANY
from skill.dialogue.scene import ids
from skill.dialogue.session import Session
from skill.domain.items import intent_name
from skill.simulator.turn import Turn
from skill.store import models
from tests.conftest import ENDING, LAUNCH, Spoken, Talk, intents, library, session

AGAIN = ("AMAZON.RepeatIntent", "AMAZON.YesIntent", "WhyIntent", "ExplainIntent", "BasisIntent")
"""Intents that may bring the same once more: again, yes to "should I say that again?", and a reason asked for twice."""

ITEMS = {f"{intent_name(item.id)}Intent" for item in library()}
COMMANDS = sorted(intents().keys() - ITEMS - ENDING)


def filled(kind: str) -> st.SearchStrategy[str | None]:
    """What may be in a slot of this type: nothing, something unknown, or an item."""
    types = models.model("en-US")["interactionModel"]["languageModel"]["types"]
    known = [value["id"] for each in types if each["name"] == kind for value in each["values"]]
    return st.sampled_from([None, "my elbow", *known])


def spoken(name: str) -> st.SearchStrategy[Spoken]:
    """An intent with anything in its slots."""
    slots = {slot: filled(kind) for slot, kind in intents()[name].items()}
    return st.tuples(st.just(name), st.fixed_dictionaries(slots))


TURNS = st.lists(
    st.one_of(st.sampled_from(COMMANDS), st.sampled_from(COMMANDS), st.sampled_from(sorted(ITEMS))).flatmap(spoken),
    min_size=20, max_size=30,
)
"""Up to thirty turns; commands come more often than questions about an item."""

talking = settings(max_examples=12, deadline=None, derandomize=True)


def phrases(turn: Turn) -> set[str]:
    """References to the phrases of an answer."""
    after = session(turn)
    return {line for line in (*after.lines, after.question) if line.startswith("=")}


def about(reference: str) -> Iterable[str]:
    """The ids that a reference draws on: "treat.ice/say", "=from-article/0/treat.ice"."""
    if reference.startswith("?"):
        return in_the_check(reference)
    first, *others = reference.split("/")
    named = others[1] if first.startswith("=") and len(others) > 1 else others[-1] if first.startswith("=") else first
    item = library().get(named)
    if item is None or (first.startswith("=") and first[1:].startswith("was-")):
        return ()  # where somebody was is about the routine, not about what the stretch is good for
    return (*ids(item), *item.draws_on) if others == ["say"] else ids(item)


def in_the_check(reference: str) -> Iterable[str]:
    """The ids that a text of the warning-sign check draws on: where to turn, and the signs that it names."""
    form, key, parts, *_ = reference.removeprefix("?").split("/")
    named = [part.removeprefix("?") for part in parts.replace("|", "+").split("+")]
    if form == "outcome":
        relief = RELIEF if key == "self-care" else ()
        return ({"see-doctor": "seek.doctor"}.get(key, f"seek.{key}"), *filter(library().get, named), *relief)
    signs = [part for part in named[:MANY] if library().get(part)] if form == "remark" else []
    return ["seek.emergency", *signs] if key == "again" else signs


def steps(turns: list[Spoken]) -> list[tuple[Session, Turn, Turn]]:
    """A conversation in steps that belong together: the session before, an answer, and the next answer."""
    heard = Talk().play(LAUNCH, *turns)
    return [(session(one), one, other) for one, other in pairwise(heard) if one.open]


@talking
@given(TURNS)
def test_phrases_take_turns(turns: list[Spoken]) -> None:
    """No phrase comes twice running, save where a repetition is asked for."""
    for _, one, other in steps(turns):
        assert other.intent in AGAIN or not phrases(one) & phrases(other)


@talking
@given(TURNS)
def test_no_parrot(turns: list[Spoken]) -> None:
    """No answer is word for word the one before, save where a repetition is asked for."""
    for _, one, other in steps(turns):
        assert other.intent in AGAIN or one.speech != other.speech


@talking
@given(TURNS)
def test_said_is_what_is_said(turns: list[Spoken]) -> None:
    """The ids of an answer are those of the items it quotes, in the order in which it quotes them."""
    for turn in Talk().play(LAUNCH, *turns):
        coached = [cue["item"] for cue in turn.timeline if cue["item"]]
        quoted = [*(item_id for line in session(turn).lines for item_id in about(line)), *coached]

        assert turn.said == tuple(dict.fromkeys(quoted))


@talking
@given(TURNS)
def test_nothing_is_offered_twice(turns: list[Spoken]) -> None:
    """What was told before isn't offered after an answer."""
    for before, _, other in steps(turns):
        after = session(other)
        if other.intent not in AGAIN and after.question.startswith("=offer-item") and other.said:
            assert after.offer not in before.heard


@talking
@given(TURNS)
def test_memory_stays_small(turns: list[Spoken]) -> None:
    """What is remembered doesn't grow with the conversation."""
    for before, _, other in steps(turns):
        after = session(other)

        assert after.count == before.count + 1
        assert len(after.heard) == len(set(after.heard)) <= MOST_HEARD
        assert len(after.told) == len(set(after.told)) <= 12
        assert 0 <= after.misses <= PATIENCE


def test_the_longest_memory() -> None:
    """After every item was told, the attributes still fit into an answer, and old items may be offered again."""
    last = Talk().play(*(("AskIntent", {"topic": item.id}) for item in library()), "WhatElseIntent")[-1]

    assert len(session(last).heard) == MOST_HEARD
