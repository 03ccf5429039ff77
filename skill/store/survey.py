"""A locale's content as its authors look at it: every item with its texts, what leads to it, and what tests it.

Rule 1: a text is measured as it is heard: the locale's words filled in, the seconds as a calm voice takes.
Rule 2: what leads to an item is what Amazon is given: the model that content makes.
Rule 3: tests are looked for and never needed; where there are none, nothing is covered.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.domain.items import Guide, Item, Stretch
from skill.domain.speech import seconds
from skill.store import content, links, models, wording

TESTS = content.ROOT / "tests"

NAMING = ("said", "coach", "found", "asking")
"""Keys of a conversation's turn that name items."""

Names = Mapping[str, tuple[str, ...]]
"""Names by slot type, or by the item that has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text of an item, measured."""

    part: str
    """Which it is: "say", "short" (its first sentence), "more", "why", "follow.how_long", "guide.into"."""
    text: str
    """As it is heard, its sentences one after the other."""
    seconds: float
    """How long it takes to say."""
    words: int
    grade: float
    """The school year that reads it with ease (Flesch-Kincaid)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """An item, with all that one would want to see beside it."""

    id: str
    """`kind.name`: "treat.ice"."""
    kind: str
    """The folder it is in: "treat"."""
    title: str
    """The heading of its card."""
    file: str
    """Where it is written: "content/en/treat/ice.toml"."""
    texts: tuple[Told, ...]
    """Everything it may tell, the usual answer first."""
    asked: tuple[str, ...]
    """Samples of its own intent."""
    names: tuple[str, ...]
    """What people call it."""
    reported: tuple[str, ...]
    """How people report it, where it is a symptom."""
    doubtful: tuple[str, ...]
    """What people say that may be this symptom, or nothing."""
    slots: Names
    """Slot types that it is a value of, and what it is called there: {"Topic": ("ice", "ice pack")}."""
    commands: tuple[str, ...]
    """Intents with such a slot: "AskIntent"."""
    conversations: tuple[str, ...]
    """Conversations of the tests that name it: "conversations/en/more.toml"."""
    utterances: int
    """Utterances of the tests that expect it."""

    @property
    def is_covered(self) -> bool:
        """Whether any test asks for it."""
        return bool(self.conversations or self.utterances)


def survey(locale: str, tests: Path = TESTS) -> tuple[Surveyed, ...]:
    """Every item of a locale, as its content was last taken up, and what tests it now."""
    cards = content.cards(content.language(locale))
    language = models.build(locale)["interactionModel"]["languageModel"]
    slots, commands = _slots(language), _commands(language)
    told, expected = _conversations(tests, content.language(locale)), _utterances(tests)
    return tuple(Surveyed(
        id=item.id, kind=item.kind, title=item.title,
        file=links.home(item.id, f"content/{content.language(locale)}"),
        texts=tuple(map(_told, *zip(*_texts(item), strict=True))),
        asked=tuple(cards[item.id]["asked"]), names=item.names, reported=tuple(cards[item.id].get("reported", ())),
        doubtful=tuple(cards[item.id].get("doubtful", ())),
        slots=(taking := slots.get(item.id, {})),
        commands=tuple(name for name, kinds in commands.items() if not kinds.isdisjoint(taking)),
        conversations=told.get(item.id, ()), utterances=expected[item.id],
    ) for item in content.library(locale))


def uncovered(surveyed: Iterable[Surveyed]) -> tuple[str, ...]:
    """Ids of the items that no test asks for."""
    return tuple(each.id for each in surveyed if not each.is_covered)


# --- what it tells ---


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    """Every text that is there, by its part."""
    whole = {"say": item.say, "short": item.say[:1], "more": item.more, "why": item.why}
    yield from ((part, " ".join(sentences)) for part, sentences in whole.items() if sentences)
    yield from ((f"follow.{key}", text) for key, text in item.follow.items())
    if isinstance(item, Stretch):
        yield from ((f"guide.{part}", text) for part, text in _guide(item.guide) if text)


def _guide(guide: Guide) -> Iterator[tuple[str, str]]:
    for part in wording.GUIDED:
        told: str | tuple[str, ...] = getattr(guide, part)
        yield part, told if isinstance(told, str) else " ".join(told)


def _told(part: str, text: str) -> Told:
    return Told(part, text, seconds(text), len(wording.words(text)), wording.grade(text))


# --- what leads to it ---


def _slots(language: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """By item: the slot types that it is a value of, with its names."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in language["types"]:
        for value in kind["values"]:
            names = (value["name"]["value"], *value["name"]["synonyms"])
            found.setdefault(value["id"], {})[kind["name"]] = names
    return found


def _commands(language: Mapping[str, Any]) -> dict[str, set[str]]:
    """The types of the slots of each intent that has any."""
    return {intent["name"]: {slot["type"] for slot in intent["slots"]} for intent in language["intents"]}


# --- what tests it ---


def _conversations(tests: Path, folder: str) -> dict[str, tuple[str, ...]]:
    """By item: the conversations that name it; one that cannot be read names none."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((tests / "conversations" / folder).glob("*.toml")):
        for item_id in sorted(set(_named(path))):
            found[item_id] = (*found.get(item_id, ()), path.relative_to(tests).as_posix())
    return found


def _named(path: Path) -> Iterator[str]:
    try:
        turns = tomllib.loads(path.read_text("utf-8")).get("turn", [])
    except (OSError, ValueError):
        return
    for turn in turns:
        for key in NAMING:
            yield from turn.get(key, ())


def _utterances(tests: Path) -> Counter[str]:
    """By item: how many utterances expect it."""
    paths = sorted((tests / "utterances").glob("*.jsonl"))
    lines = (line for path in paths for line in path.read_text("utf-8").split("\n") if line)
    return Counter(item_id for line in lines for item_id in json.loads(line).get("expect", ()))
