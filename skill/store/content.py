"""Content files → items. The path is the id, the folder is the language, underscore means "not an item".

Rule 1: this module reads; what is wrong with a file is said by `skill.store.check`, in the author's words.
Rule 2: a locale is its language folder with the locale's own words (emergency number, "physio") filled in.
Rule 3: what was read is kept (`memo`) until somebody has it read anew; `stamp` tells that there is reason to.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from skill.domain.check import FEW_DAYS
from skill.domain.items import (
    Disposition,
    Figure,
    Follow,
    Guide,
    Item,
    Joints,
    Overview,
    Pose,
    Routine,
    Sign,
    Source,
    Stretch,
)
from skill.domain.library import Library
from skill.store import spoken
from skill.store.memo import kept

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
LOCALES = ("en-US", "en-GB", "en-AU", "en-CA", "en-IN")

KINDS: Mapping[str, type[Item]] = {
    "list": Overview, "stretch": Stretch, "routine": Routine, "sign": Sign, "risk": Sign,
}
"""Kinds with fields of their own; every other folder holds plain items."""

Card = Mapping[str, Any]
"""One content file as TOML gives it."""


class ContentError(ValueError):
    """A file that cannot be used: "content/en/sign/fever.toml: say is missing; write the answer there"."""


def language(locale: str) -> str:
    """"en-GB" → "en"."""
    return locale.partition("-")[0]


@kept
def cards(folder: str) -> Mapping[str, Card]:
    """Every card of a language folder by id."""
    return dict(_read_cards(CONTENT / folder))


def _read_cards(folder: Path) -> Iterator[tuple[str, Card]]:
    for path in sorted(folder.glob("*/*.toml")):
        if not path.name.startswith("_"):
            yield f"{path.parent.name}.{path.stem}", read(path)


def stamp(*further: Path) -> str:
    """Changes whenever a file of the content, or of further folders, does: its name, its size or its time."""
    return "\n".join(line for folder in (CONTENT, *further) for line in _stamps(folder))


def _stamps(folder: Path) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield f"{folder} {error.errno}"
        return
    for entry in entries:
        if entry.is_dir():
            yield from _stamps(Path(entry.path))
        else:
            found = entry.stat(follow_symlinks=False)
            yield f"{entry.path} {found.st_mtime_ns} {found.st_size}"


def read(path: Path) -> dict[str, Any]:
    """A TOML file; raises `ContentError` naming the file, the line and the cure."""
    return parse(text(path), path)


def text(path: Path) -> str:
    """The text of a file; raises `ContentError` naming the file and the cure."""
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ContentError(f"{_short(path)}: the file is missing; write it, or bring it back") from None
    except UnicodeDecodeError as error:
        raise _no_toml(path, error) from None


def parse(document: str, path: Path) -> dict[str, Any]:
    """The text of a TOML file as a table; raises `ContentError` naming the file, the line and the cure."""
    try:
        return tomllib.loads(document)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(path, error) from None


def _no_toml(path: Path, error: Exception) -> ContentError:
    return ContentError(f"{_short(path)}: this is not TOML ({error}); look at quotes and brackets there")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@kept
def commands(folder: str) -> Mapping[str, Any]:
    """The intents that ask for no item, as a language's `_intents.toml` has them."""
    return read(CONTENT / folder / "_intents.toml")


@kept
def types(folder: str) -> Mapping[str, Any]:
    """Slot types that are no lists of items, as a language's `_types.toml` has them."""
    return read(CONTENT / folder / "_types.toml")


@kept
def local_words(locale: str) -> Mapping[str, str]:
    """The locale's own words by blank: {"emergency_number": "nine one one"}."""
    words: Mapping[str, str] = read(CONTENT / locale / "_locale.toml")["words"]
    return words


@kept
def library(locale: str) -> Library:
    """The library of a locale, blanks filled."""
    local = local_words(locale)
    return Library(_item(item_id, card, local) for item_id, card in cards(language(locale)).items())


@kept
def phrases(locale: str) -> Mapping[str, tuple[str, ...]]:
    """What the coach says besides its items: variants by key."""
    local = local_words(locale)
    return {key: tuple(_fill_some(text, local) for text in variants)
            for key, variants in read(CONTENT / language(locale) / "_phrases.toml").items()}


@kept
def sources(locale: str) -> Mapping[str, str]:
    """How each source is called aloud, by its key."""
    return read(CONTENT / language(locale) / "_sources.toml")


@kept
def questionnaire(locale: str) -> Mapping[str, Any]:
    """The words of the warning-sign check, as `_check.toml` has them, the locale's own filled in."""
    local = {**local_words(locale), **check_figures()}
    filled: Mapping[str, Any] = _fill_all(read(CONTENT / language(locale) / "_check.toml"), local)
    return filled


def check_figures() -> Mapping[str, str]:
    """Figures of the check's rules as they are spoken, by their blank."""
    return {"few_days": f"{spoken.number(int(FEW_DAYS))} days"}


@kept
def screen(folder: str) -> Mapping[str, Any]:
    """What stands on a screen beside a stretch, as a language's `_screen.toml` has it."""
    return read(CONTENT / folder / "_screen.toml")


@kept
def reading(folder: str) -> Mapping[str, Any]:
    """What people say for signs, as a language's `_reading.toml` has it."""
    return read(CONTENT / folder / "_reading.toml")


def _fill_all(node: Any, local: Mapping[str, str]) -> Any:  # noqa: ANN401  # as TOML has it
    """The same with the locale's words filled into every text."""
    if isinstance(node, Mapping):
        return {key: _fill_all(each, local) for key, each in node.items()}
    if isinstance(node, list):
        return tuple(_fill_all(each, local) for each in node)
    return _fill_some(node, local)


def _fill_some(text: str, local: Mapping[str, str]) -> str:
    """Fills the locale's words; blanks of the moment (`{called}`) stay open."""
    for blank, word in local.items():
        text = text.replace("{" + blank + "}", word)
    return text


def _item(item_id: str, card: Card, local: Mapping[str, str]) -> Item:
    facts = {name: _figure(value) for name, value in card.get("facts", {}).items()}
    blanks = {**local, **{name: spoken.figure(value) for name, value in facts.items()}}
    try:
        return _build(item_id, card, facts, blanks)
    except (KeyError, ValueError) as error:
        path = f"content/en/{item_id.replace('.', '/', 1)}.toml"
        raise ContentError(f"{path}: {error} is missing or not known; see content/_schema/card.json") from error


def _build(item_id: str, card: Card, facts: Mapping[str, Figure], blanks: Mapping[str, str]) -> Item:
    kind = KINDS.get(item_id.partition(".")[0], Item)

    def sentences(key: str) -> tuple[str, ...]:
        return tuple(spoken.fill(line.strip(), blanks) for line in card.get(key, "").splitlines() if line.strip())

    return kind(
        id=item_id,
        title=card["title"],
        called=spoken.fill(card["called"], blanks),
        names=tuple(card["names"]),
        say=sentences("say") or sentences("sore") + sentences("well"),
        more=sentences("more"),
        why=sentences("why"),
        sources=_sources(card["source"]),
        follow={Follow(key): spoken.fill(text, blanks) for key, text in card.get("follow", {}).items()},
        facts=facts,
        goes_with=tuple(card.get("goes_with", ())),
        contradicts=tuple(card.get("contradicts", ())),
        draws_on=tuple(card.get("draws_on", ())),
        **_own_fields(kind, card),
    )


def _own_fields(kind: type[Item], card: Card) -> dict[str, Any]:
    """The fields that only this kind has."""
    if kind is Sign:
        return {"alone": Disposition(card["alone"])}
    if kind is Stretch:
        return {"position": card["position"], "area": tuple(card["area"]), "level": card["level"],
                "guide": _guide(card), "pose": _pose(card["pose"])}
    if kind is Overview:
        return {"parts": tuple(card["parts"])}
    return {"stretches": tuple(card["stretches"])} if kind is Routine else {}


def _guide(card: Card) -> Guide:
    """How a stretch is coached; its seconds and sides are facts where the content map has them."""
    told, facts = card["guide"], card.get("facts", {})
    return Guide(
        into=tuple(told["into"].strip().splitlines()), cues=tuple(told["cues"]), short=tuple(told.get("short", ())),
        beat=told.get("beat", 0), hold=_figure(facts["seconds"] if "seconds" in facts else told["hold"]),
        sides=facts.get("sides", 1), out=told["out"], easier=told["easier"], harder=told["harder"],
        gentler=told["gentler"],
    )


def _pose(drawn: Mapping[str, Any]) -> Pose:
    def joints(posture: Mapping[str, Any]) -> Joints:
        return {name: (float(across), float(down)) for name, (across, down) in posture.items()}

    return Pose(start=joints(drawn["start"]), end=joints(drawn["end"]), wall=drawn.get("wall"))


def _sources(source: Mapping[str, str]) -> tuple[Source, ...]:
    named = {"article": lambda value: Source(key="article", section=value),
             "guideline": lambda value: Source(key=value)}
    return tuple(named[key](value) for key, value in source.items())


def _figure(value: int | list[int]) -> Figure:
    return (value, value) if isinstance(value, int) else (value[0], value[1])
