"""References to texts, and their words.

A reply is kept as references, so that "repeat" can render it again and no word is ever stored:
`treat.ice/say`, `treat.ice/follow.how_long` for items, `=offer-item/2/treat.heat` for phrases
(key, variant, the item it speaks of and a number, if any), `?ask/toilet/…` for the warning-sign check (see
`questionnaire`), `stretch.cat-cow/guide.into.0` for the guidance through a stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skill.dialogue.questionnaire import Questionnaire
from skill.dialogue.reading import Reader
from skill.domain.errors import UnknownItem
from skill.domain.items import Follow, Item, Stretch
from skill.domain.library import Library

FOLLOW, GUIDE = "follow", "guide"
"""How parts begin that answer a follow-up, or guide through a stretch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What a locale says besides its items and its check."""

    phrases: Mapping[str, Sequence[str]]
    """Variants by key."""
    sources: Mapping[str, str]
    """How each source is called aloud."""
    labels: Mapping[str, Any]
    """What stands on a screen, as `_screen.toml` has it."""
    number: Callable[[int], str]
    """A figure in words."""


class Wording:
    """All words of one locale."""

    def __init__(self, library: Library, texts: Texts, questionnaire: Questionnaire, reader: Reader) -> None:
        self.library = library
        self.questionnaire = questionnaire
        self.reader = reader
        self.labels = texts.labels
        self._texts = texts
        self._phrases = texts.phrases

    def phrase(self, key: str, count: int, item: Item | None = None, number: int | None = None) -> str:
        """A reference to the variant of a phrase whose turn it is after `count` replies."""
        variant = count % len(self._phrases[key])
        about = "" if item is None and number is None else f"/{item.id if item else ''}"
        return f"={key}/{variant}{about}" + ("" if number is None else f"/{number}")

    def variants(self, key: str, count: int) -> list[str]:
        """References to all variants of a phrase, beginning with the one whose turn it is."""
        return [self.phrase(key, count + each) for each in range(len(self._phrases[key]))]

    def text(self, reference: str) -> str:
        """The words behind a reference; raises `UnknownItem` where there are none."""
        if reference.startswith("="):
            return self._phrase_text(reference[1:])
        if reference.startswith("?"):
            return self.questionnaire.text(reference)
        item_id, _, part = reference.partition("/")
        return self._item_text(self.library[item_id], part)

    def _phrase_text(self, reference: str) -> str:
        try:
            key, variant, *about = reference.split("/")
            blanks = dict(self._blanks(self.library[about[0]])) if about and about[0] else {}
            if len(about) > 1:
                blanks["seconds"] = blanks["number"] = self._texts.number(int(about[1]))
            told = self._phrases[key][int(variant)]
            filled = told.format_map(blanks)
            return filled[:1].upper() + filled[1:] if told.startswith("{") else filled
        except (KeyError, IndexError, ValueError):
            raise UnknownItem(reference) from None

    def _blanks(self, item: Item) -> Mapping[str, str]:
        source = item.sources[0]
        return {"called": item.called, "source": self._texts.sources[source.key], "section": source.section.lower()}

    @staticmethod
    def _item_text(item: Item, part: str) -> str:
        kind, _, rest = part.partition(".")
        try:
            if kind == FOLLOW:
                return item.follow[Follow(rest)]
            if kind == GUIDE:
                return _guided(item, rest)
            return " ".join({"say": item.say, "short": item.say[:1], "more": item.more, "why": item.why}[part])
        except (KeyError, IndexError, ValueError, AttributeError):
            raise UnknownItem(f"{item.id}/{part}") from None


def _guided(item: Item, part: str) -> str:
    """A sentence of the guidance through a stretch: "into.0", "out"."""
    field, *place = part.split(".")
    if not isinstance(item, Stretch):
        raise UnknownItem(f"{item.id}/{part}")
    told = getattr(item.guide, field)
    return str(told[int(place[0])] if place else told)


def follow_part(key: Follow) -> str:
    """How a follow-up is referred to: "follow.how_long"."""
    return f"{FOLLOW}.{key}"
