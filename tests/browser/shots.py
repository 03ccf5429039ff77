"""The pictures of the README, taken anew.

Run: .venv/bin/python tests/browser/shots.py
Needs Chromium, and Amazon's renderer (`make setup`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, ViewportSize, sync_playwright  # noqa: E402  # found only now

from tests.browser.conftest import CHROMIUM, PHONE, QUIET, Visit, served, shop  # noqa: E402

PICTURES = ROOT / "docs" / "images"
DESK = ViewportSize(width=1360, height=850)


def main() -> None:
    """Takes both."""
    with sync_playwright() as play, TemporaryDirectory() as folder, served(shop(Path(folder))) as address:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--no-sandbox"])
        stretch(visit(browser, address, DESK, dark=False))
        emergency(visit(browser, address, PHONE, dark=True))
        browser.close()


def visit(browser: Browser, address: str, viewport: ViewportSize, *, dark: bool) -> Visit:
    """Somebody at the page."""
    context = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light")
    return Visit(context.new_page(), address)


def stretch(at: Visit) -> None:
    """In the middle of a stretch, on a desktop, in the light."""
    at.say("something for my hips")
    at.say("no")
    at.tab.wait_for_timeout(1500)
    at.play_to(41)
    at.tab.wait_for_timeout(1500)
    at.tab.screenshot(path=PICTURES / "stretch.png")


def emergency(at: Visit) -> None:
    """A warning sign in the middle of a check, on a phone, in the dark."""
    at.say("is my back pain serious")
    at.say("no")
    at.say("and i can't feel it when i wipe")
    at.tab.screenshot(path=PICTURES / "emergency.png")


if __name__ == "__main__":
    main()
