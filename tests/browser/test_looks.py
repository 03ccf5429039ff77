"""How the pages look: for whoever can't see well, on a phone and a desktop, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, PHONE, Visit
from tests.conftest import TESTS

AXE = TESTS / "clients" / "node_modules" / "axe-core" / "axe.min.js"

Open = Callable[..., Visit]

WAYS = list(product((False, True), (DESK, PHONE)))
"""In the light and in the dark, on a desktop and on a phone."""

ways = pytest.mark.parametrize(("dark", "viewport"), WAYS, ids=["desk", "phone", "desk-dark", "phone-dark"])
judged = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is missing; make setup says more")


def findings(tab: Page) -> list[str]:
    """What axe finds against every rule it has, best practices too; what is in Amazon's frame is Amazon's."""
    tab.evaluate(AXE.read_text("utf-8"))
    found = tab.evaluate("() => axe.run({ exclude: ['iframe'] })")
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


def wider(tab: Page) -> int:
    """Pixels by which a page is wider than its window."""
    pixels: int = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels


@judged
@ways
def test_speaker(visit: Open, dark: bool, viewport: ViewportSize) -> None:
    """The speaker's page, from its beginning to an emergency and a stretch: axe finds nothing, nothing is cut off."""
    at = visit(dark=dark, viewport=viewport)
    assert findings(at.tab) == []
    at.say("start the full routine")
    at.say("no")
    at.play_to(20)
    at.tab.get_by_text("Keep it as a test").click()
    assert findings(at.tab) == []
    at.say("i can't feel it when i wipe")
    at.tab.get_by_role("tab", name="Changes").click()

    assert findings(at.tab) == []
    assert wider(at.tab) == 0
