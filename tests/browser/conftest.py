"""A real browser at the simulator's page, served by a real server.

Rule 1: in every test the browser asks nobody but that server, and its console stays free of errors.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from skill.simulator.page import Shop, page
from skill.workshop import RENDERER, Workshop
from tests.conftest import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required")
"""The browser itself asks nobody for anything either; and it may play what a test wants to be played."""

REFUSALS = (400, 403, 404)
"""What the server says in words, and the page tells; the browser's own line about it in the console is no error."""

DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser there is nothing to be tested here."""
    if CHROMIUM is None:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium refuses to be root in its sandbox
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield started
        started.close()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder in which conversations are kept."""
    return tmp_path / "tests" / "conversations"


@contextmanager
def served(shop: Shop) -> Iterator[str]:
    """The address of a server with the page."""
    flask = Flask(__name__, static_folder=None)
    flask.register_blueprint(page(shop))
    with serving(flask) as address:
        yield address


def shop(kept: Path, renderer: Path = RENDERER) -> Shop:
    """What the page is made of, with a folder of its own for conversations."""
    return replace(Workshop().shop, renderer=renderer, conversations=kept)


@pytest.fixture
def address(kept: Path) -> Iterator[str]:
    """Where the page is."""
    with served(shop(kept)) as where:
        yield where


class Visit:
    """Somebody at the page."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab = tab
        self._address = address
        tab.set_default_timeout(10_000)
        self.open()

    def open(self, path: str = "/") -> None:
        """Goes to a page, and waits until it can be used."""
        self.tab.goto(self._address + path)
        self.tab.wait_for_selector("body[data-ready]")

    def say(self, words: str) -> None:
        """Types something, and waits until it is answered."""
        self.tab.get_by_label("What you say").fill(words)
        self.turned(lambda: self.tab.get_by_role("button", name="Say it").click())

    def turned(self, action: Callable[[], object]) -> None:
        """Does something, and waits until it has become a turn."""
        before = self.tab.locator("#transcript li").count()
        action()
        grown = "before => document.querySelectorAll('#transcript li').length > before"
        self.tab.wait_for_function(grown, arg=before)

    def told(self, name: str) -> str:
        """What the panel says of the turn: "Intent", "State", …; empty where it says nothing of the kind."""
        row = self.tab.locator("#panel-turn dt", has_text=re.compile(f"^{name}$")).locator("+ dd")
        return row.first.inner_text() if row.count() else ""

    def choose(self, label: str, value: str) -> None:
        """Chooses a value in a list."""
        self.tab.get_by_label(label, exact=True).select_option(value)

    def press(self, name: str) -> None:
        """Presses a button that makes a turn."""
        self.turned(lambda: self.tab.get_by_role("button", name=name, exact=True).click())

    def play_to(self, second: float) -> None:
        """Moves the playhead."""
        self.tab.locator("#playhead").fill(str(second))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens the page in a tab of its own; what any of them asked for, and complained of, is judged at the end."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    complaints: list[str] = []
    refused: list[int] = []

    def opened(*, dark: bool = False, viewport: ViewportSize = DESK, at: str = address) -> Visit:
        context = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light",
                                      reduced_motion="reduce")
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        tab.on("response", lambda answer: refused.append(answer.status) if answer.status in REFUSALS else None)
        return Visit(tab, at)

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
    assert [line for line in complaints if not any(f"status of {status}" in line for status in refused)] == []
