"""References and their words: whatever a session may hold, there are whole words behind it, or none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill import app
from skill.alexa.wording import MOST_WORDS
from skill.dialogue.asking import sort_out
from skill.dialogue.checking import answer
from skill.dialogue.questionnaire import TEST
from skill.dialogue.scene import Scene
from skill.dialogue.session import Session
from skill.dialogue.turn import Kind, Turn
from skill.domain.errors import UnknownItem
from skill.domain.items import Disposition
from skill.store import content
from skill.store.wording import words

WORDING = app.wordings()["en-US"]
PIECES = st.sampled_from(
    ["=", "/", "-1", "0", "1", "99", "", "say", "short", "more", "follow.how_long", "x", "treat.ice", "seek.emergency",
     *content.phrases("en-US"), "?", "?ask/toilet//0/you", "?outcome/urgent/sign.fever/0/you", "/0/they",
     "?test/sign.saddle", "+sign.both-legs", "|sign.numbness", "?sort/",
     "stretch.plank", "guide.into.0", "guide.out", "guide.beat", "guide.", "=left-to-go/0/stretch.plank/30", "30"])


@given(st.lists(PIECES, max_size=6).map("".join))
def test_any_reference(reference: str) -> None:
    """A reference has words with no blank left in them, or it's unknown; nothing else can happen."""
    try:
        text = WORDING.text(reference)
    except UnknownItem:
        return

    assert text
    assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("reference", [
    "", "=", "/", "=what", "=what/x", "=what/99", "=offer-item/0", "=offer-item/0/x", "=gone/0",
    "treat.ice", "treat.ice/x", "treat.leeches/say", "?", "?ask/x//0/you", "?ask/toilet//x/you", "?ask/toilet//0/we",
    "?outcome/urgent/x/0/you", "?outcome/urgent//9/you", "?outcome/urgent//0", "?x/toilet//0/you",
])
def test_unknown(reference: str) -> None:
    """What has no words says so."""
    with pytest.raises(UnknownItem):
        WORDING.text(reference)


def test_variants_take_turns() -> None:
    """Every variant of a phrase has its turn, and then the first again."""
    for key, variants in content.phrases("en-US").items():
        references = [WORDING.phrase(key, count) for count in range(len(variants) + 1)]

        assert len(set(references)) == len(variants)
        assert references[0] == references[-1]


DOUBTS = sorted({tuple(each["about"]) for each in content.reading("en")["maybe"]})


@pytest.mark.parametrize("locale", content.LOCALES)
@pytest.mark.parametrize("about", DOUBTS, ids=" ".join)
def test_sorting_out(about: tuple[str, ...], locale: str) -> None:
    """Whatever words may mean, the question that sorts it out is said in a breath, in each of its variants."""
    turn = Turn(kind=Kind.INTENT, locale=locale, at=datetime(2026, 3, 1, tzinfo=UTC))
    for count in range(4):
        scene = Scene(turn, Session(count=count), app.wordings()[locale])
        question = scene.wording.text(sort_out(scene, about).question)

        assert question.endswith("?")
        assert len(words(question)) <= MOST_WORDS


@pytest.mark.parametrize("sign", sorted({fact for about in DOUBTS for fact in about}))
def test_unsure_what_is_meant(sign: str) -> None:
    """Who isn't sure is asked in other words; of living there are none, as it isn't asked twice."""
    turn = Turn(kind=Kind.INTENT, locale="en-US", at=datetime(2026, 3, 1, tzinfo=UTC))
    asked = sort_out(Scene(turn, Session(), WORDING), (sign,)).progress
    assert asked is not None
    draft = answer(Scene(replace(turn, intent="Unsure"), Session(progress=asked), WORDING), {})

    assert draft is not None
    assert draft.progress is not None
    assert all(WORDING.text(each) for each in (*draft.lines, draft.question))
    assert draft.progress.form == TEST or draft.progress.disposition is Disposition.EMERGENCY
