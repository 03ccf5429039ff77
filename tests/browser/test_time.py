"""Time on the speaker's page: it passes by itself or is moved, is broken into and heard, and can be gone back in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

Open = Callable[..., Visit]


def light(tab: Page) -> str:
    """What the ring of light shows."""
    return tab.locator("#light").inner_text()


def test_loaded_again(visit: Open) -> None:
    """A page that is loaded again is still in its conversation."""
    at = visit()
    at.say("is my back pain serious")
    at.open()
    assert at.tab.locator("#transcript li").count() == 1
    at.say("no")

    assert at.told("State").startswith("check")


def test_branch(visit: Open) -> None:
    """From any turn the conversation can go another way; the first way is still there."""
    at = visit()
    at.say("is my back pain serious")
    at.say("no")
    at.say("no")
    at.tab.get_by_role("button", name="Go back to here: turn 1").click()
    expect(at.tab.locator("#transcript li")).to_have_count(1)
    at.say("i can't feel it when i wipe")
    assert at.told("Disposition") == "emergency"
    at.choose("Branch", at.tab.locator("#branches option").first.get_attribute("value") or "")
    expect(at.tab.locator("#transcript li")).to_have_count(3)

    assert at.told("Disposition") == ""


def test_time_machine(visit: Open) -> None:
    """Silence, a day, a lost session, a store that is down: the page moves them, and the conversation says so."""
    at = visit()
    at.say("what about ice")
    at.press("Wait")
    assert at.told("State") == "open, microphone open"
    at.tab.get_by_label("Silence, s").fill("20")
    at.press("Wait")
    assert at.told("State").startswith("closed")
    assert light(at.tab) == "Idle"
    before = at.told("At")
    at.press("Next day")
    assert at.told("At")[:10] > before[:10]
    at.tab.get_by_label("The user store is down").check()
    at.say("open back coach")
    assert at.told("On").endswith("the user store down")
    at.press("Drop the session")
    assert at.told("State").startswith("closed")
    at.tab.get_by_role("button", name="Start anew").click()

    expect(at.tab.locator("#transcript li")).to_have_count(0)


def test_silence_by_itself(visit: Open) -> None:
    """At a speed, time passes by itself: spoken to the end, asked again after eight seconds, ended after sixteen."""
    at = visit()
    at.tab.clock.install()
    at.choose("Speed", "4")
    at.say("what about ice")
    assert light(at.tab) == "Speaking"
    at.turned(lambda: at.tab.clock.run_for(6_000))
    assert at.tab.locator("#transcript .did").last.inner_text() == "8 s of silence"
    at.turned(lambda: at.tab.clock.run_for(6_000))

    assert at.told("State").startswith("closed")
    assert light(at.tab) == "Idle"


def test_nobody_is_hurried(visit: Open) -> None:
    """While somebody types no silence counts."""
    at = visit()
    at.tab.clock.install()
    at.choose("Speed", "4")
    at.say("what about ice")
    at.tab.get_by_label("What you say").fill("how lo")
    at.tab.clock.run_for(60_000)

    assert at.tab.locator("#transcript li").count() == 1


def test_break_in_while_speaking(visit: Open) -> None:
    """What is said while something is played breaks in where it is."""
    at = visit()
    at.tab.clock.install()
    at.say("start the plank")
    at.choose("Speed", "1")
    at.say("no")
    at.tab.clock.run_for(30_000)
    at.say("how long left")

    said = at.tab.locator("#transcript .you").last.inner_text()
    second = re.fullmatch(r"how long left  \(after (\d+) s\)", said)
    assert second
    assert 28 <= int(second[1]) <= 32


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_heard(visit: Open) -> None:
    """With a voice the answer sounds, and the playhead goes with the sound."""
    at = visit()
    at.choose("Voice", "server")
    at.say("what about ice")
    expect(at.tab.locator("#light")).to_have_text("Speaking")
    at.tab.wait_for_function("() => Number(document.getElementById('playhead').value) > 0.5")

    at.say("stop")
    assert at.tab.locator("#transcript .you").last.inner_text().startswith("stop  (after ")


def test_server_restarted(visit: Open) -> None:
    """A page that is older than its server goes on by itself, in a new conversation."""
    at = visit()
    at.say("what about ice")
    at.tab.evaluate("document.querySelector('meta[name=token]').content = 'old'")
    with at.tab.expect_response(lambda answer: answer.status == 200 and answer.url.endswith("/moves")):
        at.say("how long")

    assert at.told("Ids spoken") == "treat.ice"
