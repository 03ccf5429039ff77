"""The outcome in words: for everything that the rules can conclude, in every locale."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from skill import app
from skill.alexa.wording import MOST_WORDS
from skill.dialogue.questionnaire import AND, OUTCOME, REMARK, THEY, YOU, reference
from skill.domain.items import Disposition, Sign
from skill.domain.signs import unsure
from skill.domain.triage import RULES, disposition
from skill.store import content
from skill.store.wording import sentences, words

DETAILS = ("long",)


def reasons() -> set[str]:
    """What an outcome may name: for every rule, one fact of each of its sets, at most two and both legs."""
    found = set()
    for rule in RULES:
        for facts in product(*(sorted(need) for need in rule.needs)):
            sure = [fact for fact in facts if not fact.startswith("?")][:2]
            found.add(AND.join(sure or facts[:2]))
    return found


@pytest.mark.parametrize("locale", content.LOCALES)
def test_every_outcome(locale: str) -> None:
    """What to do is the first sentence, in one breath, with the number of the country where it's urgent."""
    texts, number = app.wordings()[locale], content.local_words(locale)["emergency_number"]
    for because, whose in product(sorted(reasons()), (YOU, THEY)):
        level = disposition(frozenset(because.split(AND)))
        first = texts.text(reference(OUTCOME, level, because, 0, whose))
        again = [texts.text(reference(REMARK, "again", because, variant, whose)) for variant in range(3)]

        for text in (first, *again):
            assert [one for one in sentences(text) if len(words(one)) > MOST_WORDS] == []
        assert level is not Disposition.EMERGENCY or (number in first and "now" in first)


@pytest.mark.parametrize("whose", [YOU, THEY])
def test_two_reasons(whose: str) -> None:
    """Of two signs that are told at once, as many are named as a breath holds."""
    texts = app.wordings()["en-US"]
    facts = [item.id for item in content.library("en-US") if isinstance(item, Sign)]
    for first, second in permutations(facts, 2):
        level = disposition(frozenset((first, second)))
        text = texts.text(reference(OUTCOME, level, AND.join((first, second)), 0, whose))

        assert [one for one in sentences(text) if len(words(one)) > MOST_WORDS] == []
        assert "because of" in text


def test_unsure_is_said_so() -> None:
    """Who isn't sure hears that this is the reason."""
    text = app.wordings()["en-US"].text(reference(OUTCOME, Disposition.URGENT, unsure("sign.saddle")))

    assert "weren't sure" in text


def test_both_legs() -> None:
    """What is in both legs is told so."""
    text = app.wordings()["en-US"].text(reference(OUTCOME, Disposition.EMERGENCY, "sign.numbness+sign.both-legs"))

    assert "numbness in both legs" in text
