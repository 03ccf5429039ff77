"""The content of this project: complete, true to the content map's figures, alike in every locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from skill.domain.items import Disposition, Figure, Follow, Item
from skill.ear import words
from skill.store import content, models, shape, spoken, voices
from tests.played import PEOPLE, read

IDS = (Path(__file__).parents[1] / "content_ids.txt").read_text("utf-8").split()

FIGURES: Mapping[str, Mapping[str, Figure]] = {
    "normal.push-through": {"days": (1, 2)},
    "prevent.core": {"times_a_week": (2, 3)},
    "prevent.warm-up": {"minutes": (5, 10)},
    "treat.rest": {"days": (1, 2)},
    "treat.ice": {"minutes": (10, 15)},
    "treat.heat": {"hours": (48, 48)},
    "stretch.childs-pose": {"seconds": (30, 60)},
    "stretch.knee-to-chest": {"seconds": (20, 20)},
    "sign.severe-72h": {"hours": (72, 72)},
    "sign.week": {"weeks": (1, 1)},
    "risk.fragile": {"age": (70, 70)},
    "risk.child": {"age": (16, 16)},
    "routine.quick": {"minutes": (3, 3)},
    "routine.relief": {"minutes": (6, 6)},
    "routine.full": {"minutes": (10, 10)},
}
"""The figures of the content map."""

REPEATED = {
    ("cause.strain", "days"): "treat.rest", ("cause.overuse", "days"): "treat.rest",
    ("cause.warm-up", "minutes"): "prevent.warm-up", ("cause.core", "times_a_week"): "prevent.core",
    ("list.ice-or-heat", "hours"): "treat.heat", ("meaning.doctor", "weeks"): "sign.week",
    ("sign.trauma", "age"): "risk.fragile", ("sign.stabbing", "age"): "risk.fragile",
}
"""Cards that repeat a figure of another, and whose it is."""

TEXTS = ("called", "say", "more", "why", "follow")


def texts(item: Item) -> str:
    """Everything that is spoken of an item, in lower case."""
    return " ".join((*item.say, *item.more, *item.why, *item.follow.values())).lower()


def test_content_map_is_complete() -> None:
    """Every item of the content map is there; further ones are welcome."""
    assert len(IDS) == 81
    assert sorted(IDS) == IDS
    assert [item_id for item_id in IDS if item_id not in content.library("en-US")] == []


@pytest.mark.parametrize("item_id", FIGURES)
def test_figures(item_id: str) -> None:
    """A card's facts are the content map's figures."""
    assert dict(content.library("en-US")[item_id].facts).items() >= FIGURES[item_id].items()


@pytest.mark.parametrize(("item_id", "fact"), REPEATED)
def test_repeated_figures(item_id: str, fact: str) -> None:
    """Where a card repeats another's figure, both say the same."""
    library = content.library("en-US")

    assert library[item_id].facts[fact] == library[REPEATED[item_id, fact]].facts[fact]


@pytest.mark.parametrize("locale", content.LOCALES)
def test_figures_are_spoken(locale: str) -> None:
    """Every figure is heard in words, whatever the locale."""
    silent = [(item.id, name) for item in content.library(locale) for name, figure in item.facts.items()
              if spoken.figure(figure) not in texts(item)]

    assert silent == []


@pytest.mark.parametrize("locale", content.LOCALES)
def test_no_blank_is_left(locale: str) -> None:
    """No text comes out of the store with a blank of the locale or of a figure open."""
    local = content.local_words(locale)

    assert [item.id for item in content.library(locale) if "{" in item.called + texts(item)] == []
    assert [key for key, variants in content.phrases(locale).items() for text in variants
            if any("{" + blank + "}" in text for blank in local)] == []


@pytest.mark.parametrize("locale", content.LOCALES[1:])
def test_locales_differ_in_words_alone(locale: str) -> None:
    """A locale changes the words of its blanks and nothing else: no figure, no sign, no sentence."""
    here, there = content.library(locale), content.library("en-US")

    assert [item.id for item in here] == [item.id for item in there]
    for item in here:
        for field in fields(item):
            if field.name not in TEXTS:
                assert getattr(item, field.name) == getattr(there[item.id], field.name)
        assert _with_blanks(item, locale) == _with_blanks(there[item.id], "en-US")


def _with_blanks(item: Item, locale: str) -> str:
    """An item's texts with the locale's words taken out again."""
    said = f"{item.called} {texts(item)}".lower()
    for blank, local in content.local_words(locale).items():
        if "{" + blank + "}" in str(content.cards("en")[item.id]):
            said = said.replace(local.lower(), "{" + blank + "}")
    return said


def test_locales_have_the_same_words() -> None:
    """Every locale fills the same blanks."""
    assert len({frozenset(content.local_words(locale)) for locale in content.LOCALES}) == 1


@pytest.mark.parametrize("locale", content.LOCALES)
def test_models_are_fresh(locale: str) -> None:
    """The models are what content makes of them."""
    assert models.is_fresh(locale)


def test_schema_knows_what_the_code_knows() -> None:
    """What the schema allows is what the store reads: kinds, dispositions, follow-up questions."""
    known = shape.card_fields()

    assert set(known["kind"]["enum"]) == set(models.TOPICS)
    assert known["alone"]["enum"] == list(Disposition)
    assert list(known["follow"]["properties"]) == list(Follow)
    assert all(field.get("description") for field in known.values())


@pytest.mark.parametrize("value", range(100))
def test_number_words(value: int) -> None:
    """A number that is spoken is a number that is understood."""
    assert words.number(spoken.number(value)) == value


def test_number_words_above_hundred() -> None:
    """Up to a hundred and ninety nine, each number has words of its own."""
    assert spoken.number(100) == "one hundred"
    assert [spoken.number(100 + value) for value in range(1, 100)] == [
        f"one hundred {spoken.number(value)}" for value in range(1, 100)]
    assert len({spoken.number(value) for value in range(200)}) == 200
    assert spoken.number(1000) == "1000"


@pytest.mark.parametrize(("figure", "said"), [
    ((10, 15), "ten to fifteen"), ((48, 48), "forty eight"), ((0, 1), "zero to one"), ((72, 72), "seventy two")])
def test_figure_words(figure: Figure, said: str) -> None:
    """A range is heard as one, a single number as itself."""
    assert spoken.figure(figure) == said


@pytest.mark.parametrize(("text", "filled"), [
    ("{minutes} minutes.", "Ten minutes."), ("Wait {minutes} minutes.", "Wait ten minutes."), ("Wait.", "Wait.")])
def test_fill(text: str, filled: str) -> None:
    """A sentence that begins with a blank begins in upper case."""
    assert spoken.fill(text, {"minutes": "ten"}) == filled


@pytest.mark.parametrize("name", ["blurted-report", "blurted-everyday", "openings-report"])
def test_what_is_counted_is_not_learnt(name: str) -> None:
    """No words that the benchmarks count with are among those that the ear learns from."""
    learnt = {words.tidy(line) for lines in voices.people("en").values() for line in lines}

    assert learnt.isdisjoint(words.tidy(row["text"]) for row in read(PEOPLE / f"{name}.jsonl"))
