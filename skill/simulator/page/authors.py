"""The pages for whoever writes content: every item with what it says and what leads to it, judged while it's edited.

Rule 1: only the files of items are ever written, and only over what the author has seen.
Rule 2: a file that is wrong is saved all the same and the skill goes on with what it had: it's the author's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Protocol

from flask import Blueprint, Response, render_template, request

from skill.simulator.page.answers import Answer, body
from skill.simulator.voice import audible, wav


class Told(Protocol):
    """A text of an item."""

    @property
    def part(self) -> str:
        """Which it is: "say", "follow.how_long"."""

    @property
    def text(self) -> str:
        """As it is heard."""


class Entry(Protocol):
    """An item, with all that its author looks at."""

    @property
    def id(self) -> str:
        """"treat.ice"."""

    @property
    def file(self) -> str:
        """"content/en/treat/ice.toml"."""

    @property
    def texts(self) -> Sequence[Told]:
        """Everything it may tell."""


@dataclass(frozen=True, slots=True)
class News:
    """How the content stands that the skill speaks from."""

    stamp: str
    """Another one whenever a file has changed."""
    findings: Sequence[str]
    """What keeps the files from being taken up; empty where they are."""
    stale: bool
    """Whether what people say has changed since the ear learnt it."""
    learning: bool
    """Whether it is learning right now."""


class Content(Protocol):
    """The content, for its authors."""

    def entries(self, locale: str) -> Sequence[Entry]:
        """Every item of a locale. Raises `ValueError` for one that there isn't."""

    def path(self, file: str) -> Path:
        """Where a file is."""

    def judged(self, item_id: str, text: str) -> Sequence[str]:
        """What is wrong with a draft of an item's file, a line each."""

    def news(self) -> News:
        """How it stands; files that changed are taken up."""

    def learn(self) -> Sequence[str]:
        """Has the ear learn what people say now, in a few minutes; what is in the way, a line each."""


def authors(blueprint: Blueprint, content: Content, locales: Sequence[str], token: str) -> None:
    """Adds the routes."""
    desk = Desk(content, locales, token)
    item = "/simulator/content/<item_id>"
    blueprint.get("/content")(desk.all_items)
    blueprint.get("/content/<item_id>")(desk.one_item)
    blueprint.get("/simulator/news")(desk.news)
    blueprint.post("/simulator/learn")(desk.learn)
    blueprint.get(f"{item}/voice.wav")(desk.hear)
    blueprint.post(f"{item}/judge")(desk.judge)
    blueprint.post(f"{item}/save")(desk.save)


class Desk:
    """What an author works at."""

    def __init__(self, content: Content, locales: Sequence[str], token: str) -> None:
        self._content, self._locales, self._token = content, locales, token
        self._learning = Lock()
        self._in_the_way: Sequence[str] = ()

    def all_items(self) -> str:
        """Every item, in a table."""
        locale = self._locale()
        return render_template("content.html", token=self._token, locale=locale, locales=self._locales,
                               entries=self._content.entries(locale), findings=self._content.news().findings)

    def one_item(self, item_id: str) -> str:
        """One item: its file, its texts, what leads to it."""
        locale = self._locale()
        entry = self._entry(locale, item_id)
        text = self._content.path(entry.file).read_text("utf-8")
        return render_template("item.html", token=self._token, locale=locale, locales=self._locales, entry=entry,
                               text=text, findings=self._content.judged(item_id, text), voice=audible())

    def hear(self, item_id: str) -> Response:
        """One of its texts as it sounds."""
        part = request.args.get("part", "say")
        for told in self._entry(self._locale(), item_id).texts:
            if told.part == part:
                return Response(wav([{"kind": "speech", "text": told.text, "seconds": 0}]), mimetype="audio/wav")
        raise LookupError(f"{item_id} has no {part}")

    def judge(self, item_id: str) -> Answer:
        """What is wrong with a draft."""
        return {"findings": list(self._content.judged(item_id, _text(body().get("text"))))}

    def save(self, item_id: str) -> Answer:
        """Writes the file, unless it has changed since the author read it."""
        given = body()
        path = self._content.path(self._entry(self._locales[0], item_id).file)
        if path.read_text("utf-8") != _text(given.get("before")):
            raise ValueError(f"{path.name} was changed by somebody else meanwhile; "
                             "copy your text, and load the page again")
        path.write_text(_text(given.get("text")).replace("\r\n", "\n"), "utf-8")
        return self.news()

    def news(self) -> Answer:
        """How the content stands."""
        news = self._content.news()
        return {"stamp": news.stamp, "findings": [*news.findings, *self._in_the_way], "stale": news.stale,
                "learning": news.learning or self._learning.locked()}

    def learn(self) -> Answer:
        """The ear begins to learn; the news tell when it's done."""
        if self._learning.acquire(blocking=False):
            Thread(target=self._learn, daemon=True).start()
        return self.news()

    def _learn(self) -> None:
        try:
            self._in_the_way = self._content.learn()
        finally:
            self._learning.release()

    def _locale(self) -> str:
        return request.args.get("locale", self._locales[0])

    def _entry(self, locale: str, item_id: str) -> Entry:
        for entry in self._content.entries(locale):
            if entry.id == item_id:
                return entry
        raise LookupError(f"there is no item {item_id}; /content lists all there are")


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("send the text of the file")  # noqa: TRY004  # of a request it is the value that is wrong
    return given
