"""How fast the simulator's page is, in a real browser, and whether it can be left running: figures of the README.

Run: .venv/bin/python tests/bench/page.py
Ends with 1 where a bar is missed. Needs Chromium. A server of its own is started, on a free port.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402  # found only now

from tests.browser.conftest import CHROMIUM, QUIET  # noqa: E402

USABLE, TURN = 2_000.0, 100.0
"""Milliseconds from navigation until something can be said, and from typed to answered."""

GROWTH = 0.05
"""Share by which the most memory of the second half may be above that of the first."""

TURNS, EVERY = 500, 20
"""Turns, and from one look at the memory to the next: it goes up and down with the renderer, which is renewed."""

STRETCH = ("start the full routine", "no", *["next"] * 5, "stop")
WORDS = ("what about ice", "how long", "is my back pain serious", "no", "my left leg is tingling", "no", "stop",
         *STRETCH)
"""A conversation, again and again, with everything that is shown."""

ANSWERED = """
words => new Promise(done => {
  const list = document.getElementById("transcript");
  const last = list.lastElementChild;
  const began = performance.now();
  new MutationObserver((_, watch) => {
    if (list.lastElementChild === last) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  }).observe(list, { childList: true });
  document.getElementById("words").value = words;
  document.getElementById("say").requestSubmit();
})
"""
"""Milliseconds from typed to seen."""


def main() -> int:
    """Prints a table; 1 where a bar is missed."""
    with sync_playwright() as play, served() as (address, process_id):
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--no-sandbox"])
        usable = [opened(browser, address) for _ in range(7)]
        turns, growth = lived(browser, address, process_id)
        browser.close()
    print("| what | median | least | most | bar |\n| --- | --- | --- | --- | --- |")
    report("from navigation to usable", usable, USABLE)
    report("from typed to answered", turns, TURN)
    print(f"\n| most memory in turns | 1 to {TURNS // 2} | to {TURNS} | growth |\n| --- | --- | --- | --- |")
    for what, (before, after) in growth.items():
        print(f"| {what} | {before:.1f} MB | {after:.1f} MB | {100 * (after / before - 1):+.1f} % |")
    slow = statistics.median(usable) > USABLE or statistics.median(turns) > TURN
    return int(slow or any(after > before * (1 + GROWTH) for before, after in growth.values()))


def opened(browser: Browser, address: str) -> float:
    """Milliseconds from navigation until something can be said, in a browser that has nothing of the page."""
    page = browser.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("body[data-ready]")
    milliseconds = float(page.evaluate("performance.now()"))
    page.close()
    return milliseconds


def lived(browser: Browser, address: str, process_id: int) -> tuple[list[float], dict[str, tuple[float, float]]]:
    """Milliseconds of each of many turns, and the most memory of page and server in either half."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    page.evaluate(ANSWERED, "what about ice")  # the first words of a server read the content
    turns: list[float] = []
    heaps, server = [], []
    for number in range(1, TURNS + 1):
        turns.append(float(page.evaluate(ANSWERED, WORDS[number % len(WORDS)])))
        if number % EVERY == 0:
            heaps.append(heap(page))
            server.append(resident(process_id))
    return turns, {"the page's heap": halves(heaps), "the server": halves(server)}


def halves(seen: list[float]) -> tuple[float, float]:
    """The most of the first half, and of the second."""
    middle = len(seen) // 2
    return max(seen[:middle]), max(seen[middle:])


def heap(page: Page) -> float:
    """MB of the page's own memory, once what nobody needs is gone."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1e6


def resident(process_id: int) -> float:
    """MB of a process."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1e3


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The address of a new server, and its process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "skill", "serve", "--port", "0"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                                  env={**os.environ, "BACK_COACH_DB": f"{folder}/people.db"})
        assert server.stdout
        address = server.stdout.readline().split()[-1]
        try:
            yield address, server.pid
        finally:
            server.terminate()
            server.wait()


def report(what: str, milliseconds: list[float], bar: float) -> None:
    """One row."""
    cells = " | ".join(f"{each:.0f} ms" for each in (
        statistics.median(milliseconds), min(milliseconds), max(milliseconds)))
    print(f"| {what} | {cells} | {bar:.0f} ms |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
