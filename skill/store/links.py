"""Rules between content files: every id, source and slot type that is named exists, and every name has one owner.

Rule 1: people's words lead to one card; where two cards own them, the first file keeps them.
Rule 2: a near miss is told with what was probably meant.
Rule 3: `folder` is a language's folder as authors know it: "content/en".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from skill.domain.items import intent_name
from skill.store.content import Card
from skill.store.models import TOPICS
from skill.store.voices import ANY

OWN = ("Topic", "Stretch", "Routine", "Symptom")
"""Slot types that are lists of cards."""

BUILT_IN = ("AMAZON.DURATION", "AMAZON.NUMBER")
"""Amazon's slot types that the ear understands."""

Found = tuple[str, str]
"""Where (file), and what is wrong."""


def home(item_id: str, folder: str) -> str:
    """The file of a card: "treat.ice" → content/en/treat/ice.toml."""
    return f"{folder}/{item_id.replace('.', '/', 1)}.toml"


def card_flaws(card: Card, item_id: str, ids: Collection[str], sources: Collection[str]) -> Iterator[str]:
    """Ids and sources that a card names and nobody has."""
    for field in ("goes_with", "contradicts", "draws_on", "parts", "stretches"):
        for other in card.get(field, ()):
            if other not in ids:
                yield f'{field} names "{other}", and there is no such card; {_meant(other, ids)}'
            elif other == item_id:
                yield f"{field} names the card itself; name another, or take it out"
            elif field == "stretches" and not other.startswith("stretch."):
                yield f'stretches names "{other}", which is no stretch; name one of the folder stretch'
    yield from _guide_flaws(card.get("guide", {}), card.get("facts", {}), item_id, ids)
    key = card["source"].get("guideline")
    if key is not None and sources and key not in sources:
        yield f'source.guideline is "{key}", and _sources.toml has no such key; {_meant(key, sources)}'


def _guide_flaws(guide: Card, facts: Card, item_id: str, ids: Collection[str]) -> Iterator[str]:
    """What the guidance through a stretch names, and where its seconds are."""
    gentler = guide.get("gentler", "")
    if guide and gentler not in ids:
        yield f'guide.gentler names "{gentler}", and there is no such card; {_meant(gentler, ids)}'
    elif guide and (gentler == item_id or not gentler.startswith("stretch.")):
        yield f'guide.gentler names "{gentler}"; name another card of the folder stretch'
    if guide and ("hold" in guide) == ("seconds" in facts):
        there = "is there twice, here and in facts.seconds; keep facts" if "hold" in guide else "is missing; write it"
        yield f"guide.hold {there}"


def _meant(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f'did you mean "{near[0]}"?' if near else "write it, or take it out here"


def type_flaws(types: Mapping[str, Mapping[str, Any]], ids: Collection[str]) -> Iterator[str]:
    """Values of our own slot types that stand for cards nobody wrote."""
    for name, values in types.items():
        if name in OWN:
            yield f"{name} is made from the cards; take it out here"
        for value in values:
            if "." in value and value not in ids:
                yield f'{name} has "{value}", and there is no such card; {_meant(value, ids)}'


def command_flaws(commands: Mapping[str, Any], types: Collection[str], ids: Collection[str]) -> Iterator[str]:
    """Intents that have a card's name, and slots of types that nobody has."""
    cards = {f"{intent_name(item_id)}Intent": item_id for item_id in ids}
    known = (*OWN, *types, *BUILT_IN)
    for name, entry in commands.items():
        if name in cards:
            yield f"{name} asks for the card {cards[name]}; put its samples into that card's asked"
        for slot, kind in entry.get("slots", {}).items():
            if kind not in known:
                yield f'{name}.slots.{slot} is of type "{kind}", which is unknown; {_meant(kind, known)}'


def people_flaws(people: Mapping[str, Mapping[str, Iterable[str]]], ids: Collection[str]) -> Iterator[str]:
    """Lines of people's under signs that there aren't, and lines that stand twice."""
    owners: dict[str, str] = {}
    for table, lists in people.items():
        for name, lines in lists.items():
            if table in ("told", "maybe") and name not in ids:
                yield f'{table} has "{name}", and there is no such card; {_meant(name, ids)}'
            for line in lines:
                if line in owners:
                    yield f'{table}.{name} has "{line}", and so has {owners[line]}; delete one'
                owners.setdefault(line, f"{table}.{name}")


def answer_flaws(answers: Mapping[str, Mapping[str, Iterable[str]]], people: Mapping[str, Any],
                 check: Mapping[str, Any]) -> Iterator[str]:
    """Answers to questions that are never put, and lines that stand twice under one of them, or in another file."""
    elsewhere = {line: f"answered.{answer} of _people.toml" for answer, lines in people["answered"].items()
                 for line in lines}
    for asked, by_answer in answers.items():
        if check and asked not in (ANY, *check["part"]):
            yield f'has "{asked}", and nothing asks about that; {_meant(asked, check["part"])}'
        owners = dict(elsewhere)
        for answer, lines in by_answer.items():
            for line in lines:
                if line in owners:
                    yield f'{asked}.{answer} has "{line}", and so has {owners[line]}; delete one'
                owners.setdefault(line, f"{asked}.{answer}")


def name_flaws(folder: str, cards: Mapping[str, Card], types: Mapping[str, Mapping[str, Any]]) -> Iterator[Found]:
    """Names that two values of one slot type own; a plural is no other name."""
    lists = {
        "Topic": {key: card["names"] for key, card in cards.items() if key.partition(".")[0] in TOPICS},
        "Symptom": {key: [*card["names"], *card["reported"]] for key, card in cards.items() if "reported" in card},
    }
    for kind, values in lists.items():
        for owner, name, first in _shared(values):
            yield home(owner, folder), f'"{name}" is a name of {first}, too (in {kind}); take it out of one of them'
    for kind, own in types.items():
        for owner, name, first in _shared(own):
            yield f"{folder}/_types.toml", f'{kind} has "{name}" under {first} and {owner}; take it out of one of them'


def _shared(values: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str]]:
    owners: dict[str, str] = {}
    for owner, names in values.items():
        for name in names:
            first = owners.setdefault(name.removesuffix("s"), owner)
            if first != owner:
                yield owner, name, first


def sample_flaws(folder: str, cards: Mapping[str, Card], commands: Mapping[str, Any]) -> Iterator[Found]:
    """Samples that stand twice, be it in one list or in two."""
    owners: dict[str, str] = {}
    for place, samples in places(folder, cards, commands).items():
        for text in samples:
            file, _, field = place.partition(": ")
            if text in owners:
                first = "twice" if owners[text] == place else f"as does {owners[text]}"
                yield file, f'{field} has "{text}" {first}; delete one'
            owners.setdefault(text, place)


def places(folder: str, cards: Mapping[str, Card], commands: Mapping[str, Any]) -> dict[str, list[str]]:
    """All samples by where they are written: "content/en/treat/ice.toml: asked"."""
    return {
        **{f"{folder}/_intents.toml: {name}": entry["samples"] for name, entry in commands.items()},
        **{f"{home(item_id, folder)}: {field}": card[field] for item_id, card in cards.items()
           for field in ("asked", "doubtful") if field in card},
    }
