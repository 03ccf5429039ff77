"""What the certification list is judged by: the skill on stage, the package, and every text.

Rule 1: the package is read from its bytes, as Amazon would: what lies in content may be otherwise.
Rule 2: whatever is costly is made once, when the first judge asks for it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from skill import app, packaging
from skill.domain.profile import Users
from skill.rehearsing import Played, Stage, whole
from skill.simulator.echo import Handler
from skill.store import content, lint

PROSE = ("say", "more", "why", "follow", "guide")
"""Fields of an item that are spoken."""

TEMPLATE = content.ROOT / "infra" / "template.yaml"

Json = dict[str, Any]

Maker = Callable[[Users | None, str | None], Handler]
"""Makes the skill: of whoever keeps the profiles, and the id of the skill whose requests are answered."""


class Evidence:
    """One skill with its package; tests hand in broken ones."""

    def __init__(self, skill: Maker = app.skill, package: Mapping[str, bytes] | None = None,
                 template: str | None = None, door: Callable[[Path], Any] | None = None) -> None:
        self.skill = skill
        """Makes the skill."""
        self.stage = Stage(lambda users: skill(users, None))
        """Where it's played."""
        self.door = door or _door
        """Makes the web application, with the file of the profiles."""
        self.package = packaging.files() if package is None else package
        """The files of the package by their path in it."""
        self.template = TEMPLATE.read_text("utf-8") if template is None else template
        """What is deployed on AWS."""
        self.locales = content.LOCALES
        """Where it's published."""
        self.grammar = cache(self._grammar)
        """The model of a locale, as it is in the package."""

    @cached_property
    def plays(self) -> tuple[Played, ...]:
        """Every intent in every state."""
        with overheard():
            return tuple(whole(self.stage))

    @cached_property
    def manifest(self) -> Json:
        """The manifest in the package."""
        document: Json = json.loads(self.package[packaging.MANIFEST])["manifest"]
        return document

    @property
    def published(self) -> Mapping[str, Json]:
        """The skill's page in the store by locale."""
        pages: Mapping[str, Json] = self.manifest["publishingInformation"]["locales"]
        return pages

    @property
    def testing(self) -> str:
        """What reviewers are told."""
        return str(self.manifest["publishingInformation"]["testingInstructions"])

    def _grammar(self, locale: str) -> lint.Grammar:
        return lint.Grammar(json.loads(self.package[f"{packaging.METADATA}/interactionModels/custom/{locale}.json"]))

    @cached_property
    def grammars(self) -> Mapping[str, lint.Grammar]:
        """Models that differ in what is said, each by the first locale that has it."""
        judged: dict[str, tuple[str, lint.Grammar]] = {}
        for locale in self.locales:
            grammar = self.grammar(locale)
            judged.setdefault(str(grammar.samples.all), (locale, grammar))
        return dict(judged.values())

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Everything that is spoken or read in the store, by where it is written and for which locale."""
        return {f"{place} ({locale})": text for locale in self.locales
                for place, text in (*_spoken(locale), *_leaves(self.published[locale], "skill.json"))}


def _door(database: Path) -> Any:  # noqa: ANN401  # Flask's, which is not imported before somebody knocks
    from skill.web import create_app  # noqa: PLC0415

    return create_app(database=database)


def _spoken(locale: str) -> Iterator[tuple[str, str]]:
    """The texts of a locale as they are heard."""
    yield from _leaves(content.phrases(locale), "_phrases.toml")
    yield from _leaves(content.questionnaire(locale), "_check.toml")
    for item in content.library(locale):
        yield from _leaves({key: getattr(item, key) for key in PROSE if hasattr(item, key)}, item.id)


def _leaves(node: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # as content has it
    """Every text in it, with its place."""
    if isinstance(node, str):
        yield place, node
    for key, each in _parts(node):
        yield from _leaves(each, f"{place} {key}")


def _parts(node: Any) -> list[tuple[object, Any]]:  # noqa: ANN401  # as content has it
    if isinstance(node, Mapping):
        return list(node.items())
    if isinstance(node, list | tuple):
        return list(enumerate(node))
    return [(field.name, getattr(node, field.name)) for field in fields(node)] if is_dataclass(node) else []


@contextmanager
def overheard() -> Iterator[list[str]]:
    """What the skill logs meanwhile, a text a record; nothing of it is printed."""
    logger, records = logging.getLogger("skill"), _Records()
    level, goes_on = logger.level, logger.propagate
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(records)
    try:
        yield records.lines
    finally:
        logger.removeHandler(records)
        logger.setLevel(level)
        logger.propagate = goes_on


class _Records(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
