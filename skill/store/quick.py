"""What is wrong with content while it is being edited: as `check` says it, the models aside, and fast.

Rule 1: every line is one of `check`'s; nothing is judged here.
Rule 2: a draft is judged in place of its file, among all the others as they are.
Rule 3: a text is no reason to stop the skill; what nothing can be made of is, and what it would stumble over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from skill.store import check, checklist, links, patterns, phrasebook
from skill.store.content import CONTENT


def quick(root: Path = CONTENT) -> list[str]:
    """Everything that is wrong with content; `check.findings` judges the models, too."""
    return _once(line for folder in check.FOLDERS for line in check.content_flaws(check.Shelf(root, folder)))


def card_findings(item_id: str, text: str | None = None, root: Path = CONTENT, folder: str = "en") -> list[str]:
    """What is wrong with one card, as it is saved or as a draft of its file has it.

    Where its names or samples are another card's, it is this card that is told so.
    """
    file = links.home(item_id, folder)
    shelf = check.Shelf(root, folder, {} if text is None else {root / file: text})
    home = shelf.home(item_id)
    if item_id not in shelf.ids:
        return [f"{home}: the file is missing; write it, or bring it back"]
    if item_id not in shelf.cards:
        return [line for line in shelf.found if line.startswith(f"{home}: ")]
    others = {other: card for other, card in shelf.cards.items() if other != item_id}
    said = check.said_flaws(shelf, {**others, item_id: shelf.cards[item_id]})
    return _once((*check.card_flaws(shelf, item_id), *(line for line in said if line.startswith(f"{home}: "))))


def broken(root: Path = CONTENT) -> list[str]:
    """What keeps the skill from being made of this content, or what it would stumble over."""
    return _once(line for folder in check.FOLDERS for line in _broken(check.Shelf(root, folder)))


def _broken(shelf: check.Shelf) -> Iterator[str]:
    yield from (*shelf.found, *check.locale_flaws(shelf))
    for item_id, card in shelf.cards.items():
        yield from check.at(shelf.home(item_id), links.card_flaws(card, item_id, shelf.ids, shelf.sources))
    if shelf.phrases:
        yield from check.at(f"{shelf.folder}/_phrases.toml", phrasebook.missing(shelf.phrases))
    if shelf.check:
        yield from check.at(f"{shelf.folder}/_check.toml", checklist.missing(shelf.check))
    if shelf.reading:
        yield from check.at(f"{shelf.folder}/_reading.toml", patterns.flaws(shelf.reading))


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
