"""python -m skill check: every finding in content/ and interaction_models/, a line each.

Rule 1: a line is for the author: the file, the field, what is wrong, the cure. Whatever a file holds, no traceback.
Rule 2: a file out of shape is told so and left aside; the others are judged as if it were in order.
Rule 3: the rules themselves are elsewhere: `shape` (fields), `wording`, `phrasebook` and `checklist` (what is spoken),
`links` (between files), `lint` (what Amazon takes).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from skill.domain.items import doubt_name, intent_name
from skill.store import checklist, content, links, lint, models, patterns, phrasebook, shape, wording
from skill.store.content import CONTENT, LOCALES, Card, ContentError, language

FOLDERS = sorted({language(locale) for locale in LOCALES})
"""The languages' folders."""


class Shelf:
    """One language folder and its locales, as far as they can be read."""

    def __init__(self, root: Path, folder: str, drafts: Mapping[Path, str] | None = None) -> None:
        self.root = root
        self.drafts = drafts or {}
        """Texts that stand for what is in a file: an author's, not yet saved."""
        self.folder = f"{root.name}/{folder}"
        """The language's folder, as authors know it: "content/en"."""
        self.found: list[str] = []
        """What could not be read, or is out of shape."""
        there = {*filter(Path.is_file, (root / folder).glob("*/*.toml")), *self.drafts}
        paths = sorted(path for path in there if path.name[0] != "_")
        self.ids = frozenset(f"{path.parent.name}.{path.stem}" for path in paths)
        """Every card there is a file of, readable or not."""
        read_cards = {f"{path.parent.name}.{path.stem}": self._document(path, "card", kind=path.parent.name)
                      for path in paths}
        self.cards: Mapping[str, Card] = {item_id: card for item_id, card in read_cards.items() if card}
        (self.commands, self.types, self.phrases, self.sources, self.check, self.reading, self.people,
         self.answers, _) = (
            self._document(root / folder / f"_{name}.toml", name)
            for name in ("intents", "types", "phrases", "sources", "check", "reading", "people", "answers", "screen"))
        self.locales = [locale for locale in LOCALES if language(locale) == folder]
        locales = {locale: self._document(root / locale / "_locale.toml", "locale") for locale in self.locales}
        self.local: Mapping[str, wording.Blanks] = {name: given["words"] for name, given in locales.items() if given}

    def home(self, item_id: str) -> str:
        """The file of a card."""
        return links.home(item_id, self.folder)

    def _document(self, path: Path, schema: str, **more: str) -> dict[str, Any]:
        """A file in shape; empty where it isn't, and why is told."""
        try:
            text = self.drafts[path] if path in self.drafts else content.text(path)
            document, found = _shaped(text, path, schema, shape.schema(schema), tuple(more.items()))
        except ContentError as error:
            self.found.append(str(error).replace(f"{self.root.parent}/", ""))
            return {}
        self.found += at(str(path.relative_to(self.root.parent)), found)
        return {} if found else document


@lru_cache(maxsize=1024)
def _shaped(text: str, path: Path, schema: str, _rules: str,
            more: tuple[tuple[str, str], ...]) -> tuple[dict[str, Any], list[str]]:
    """The document in a text, and what is wrong with its shape; known as long as neither it nor its rules change."""
    document = shape.plain({**content.parse(text, path), **dict(more)})
    return document, shape.flaws(document, schema)


def at(file: str, found: Iterable[str]) -> Iterator[str]:
    """Findings with their file before them."""
    return (f"{file}: {line}" for line in found)


def findings(root: Path = CONTENT, documents: Path = models.MODELS) -> list[str]:
    """Everything that is wrong, a line a finding; `root` and `documents` may be copies."""
    found: list[str] = []
    for folder in FOLDERS:
        shelf = Shelf(root, folder)
        found += [*content_flaws(shelf), *_models(shelf, documents)]
    return list(dict.fromkeys(found))


def content_flaws(shelf: Shelf) -> Iterator[str]:
    """What is wrong with a language's content, the models aside."""
    yield from (*shelf.found, *_cards(shelf), *_commands(shelf), *locale_flaws(shelf))


def card_flaws(shelf: Shelf, item_id: str) -> Iterator[str]:
    """What is wrong with one card in shape, the words that people say aside."""
    yield from at(shelf.home(item_id), wording.card_flaws(shelf.cards[item_id], shelf.local))
    yield from at(shelf.home(item_id), links.card_flaws(shelf.cards[item_id], item_id, shelf.ids, shelf.sources))


def _cards(shelf: Shelf) -> Iterator[str]:
    for item_id in shelf.cards:
        yield from card_flaws(shelf, item_id)
    if shelf.phrases:
        yield from at(f"{shelf.folder}/_phrases.toml", phrasebook.flaws(shelf.phrases, shelf.local))
    if shelf.check:
        yield from at(f"{shelf.folder}/_check.toml", checklist.flaws(shelf.check, shelf.local))
    if shelf.reading:
        yield from at(f"{shelf.folder}/_reading.toml", patterns.flaws(shelf.reading))
    for key, text in shelf.sources.items():
        yield from at(f"{shelf.folder}/_sources.toml", (f"{key} {flaw}" for flaw in wording.text_flaws(text)))


def _commands(shelf: Shelf) -> Iterator[str]:
    yield from at(f"{shelf.folder}/_types.toml", links.type_flaws(shelf.types, shelf.ids))
    yield from at(f"{shelf.folder}/_intents.toml", links.command_flaws(shelf.commands, shelf.types, shelf.ids))
    yield from said_flaws(shelf, shelf.cards)
    if shelf.people:
        yield from at(f"{shelf.folder}/_people.toml", links.people_flaws(shelf.people, shelf.ids))
        yield from at(f"{shelf.folder}/_answers.toml", links.answer_flaws(shelf.answers, shelf.people, shelf.check))


def said_flaws(shelf: Shelf, cards: Mapping[str, Card]) -> Iterator[str]:
    """What people say that stands twice; of two cards the later one is told."""
    for file, line in links.name_flaws(shelf.folder, cards, shelf.types):
        yield f"{file}: {line}"
    for file, line in links.sample_flaws(shelf.folder, cards, shelf.commands):
        yield f"{file}: {line}"


def locale_flaws(shelf: Shelf) -> Iterator[str]:
    """Words that one locale has and another lacks."""
    counted = Counter(blank for words in shelf.local.values() for blank in words)
    for locale, words in shelf.local.items():
        file = f"content/{locale}/_locale.toml"
        for blank, count in sorted(counted.items()):
            usual = count * 2 > len(shelf.local)
            if usual and blank not in words:
                yield f"{file}: words.{blank} is missing, and other locales have it; write it there"
            if not usual and blank in words:
                yield f"{file}: words.{blank} is in few other locales; rename it, or write it there, too"


def _models(shelf: Shelf, documents: Path) -> Iterator[str]:
    """The models, as content makes them where it can; the five are mostly alike, so each is judged once."""
    judged: set[str] = set()
    for locale in shelf.locales:
        path = documents / f"{locale}.json"
        file = f"interaction_models/{locale}.json"
        if not path.is_file():
            yield f"{file}: the model is missing; run python -m skill model"
            continue
        text = path.read_text("utf-8", "replace")
        current = text if shelf.found else models.dump(models.build(locale))
        if text != current:
            yield f"{file}: the model is out of date; run python -m skill model"
            text = current
        if text not in judged:
            judged.add(text)
            yield from _model(file, text, shelf)


def _model(file: str, text: str, shelf: Shelf) -> Iterator[str]:
    try:
        grammar = lint.Grammar(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{file}: this is no interaction model; run python -m skill model"
        return
    homes = _homes(shelf)
    for line in (*lint.flaws(grammar, homes), *lint.said(grammar, _told(shelf))):
        yield line if line.startswith("content/") else f"{file}: {line}"


def _homes(shelf: Shelf) -> dict[str, str]:
    """Where the samples of each intent are written."""
    return {
        **{name: f"{shelf.folder}/_intents.toml: {name}" for name in shelf.commands},
        **{f"{intent_name(item_id)}Intent": f"{shelf.home(item_id)}: asked" for item_id in shelf.ids},
        **{f"{doubt_name(item_id)}Intent": f"{shelf.home(item_id)}: doubtful" for item_id in shelf.ids},
    }


def _told(shelf: Shelf) -> dict[str, str]:
    """Every text that is spoken, by where it is written."""
    return {
        **{f"{shelf.home(item_id)}: {field}": text for item_id, card in shelf.cards.items()
           for field, text in wording.texts(card)},
        **{f"{shelf.folder}/_phrases.toml: {key}": "\n".join(variants) for key, variants in shelf.phrases.items()},
    }
