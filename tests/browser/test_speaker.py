"""The speaker's page in a real browser: asked, checked, stretched with, broken into, touched, kept and had again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from skill.simulator.script import load
from skill.workshop import RENDERER
from tests.browser.conftest import PHONE, Visit, served, shop

Open = Callable[..., Visit]

rendered = pytest.mark.skipif(not RENDERER.is_file(), reason="Amazon's renderer is missing; make setup says more")


def request(visit: Visit) -> dict[str, object]:
    """The request that the panel shows."""
    visit.tab.get_by_role("tab", name="Request").click()
    shown = visit.tab.locator("#panel-request pre")
    expect(shown).to_contain_text("{")
    found: dict[str, object] = json.loads(shown.inner_text())["request"]
    visit.tab.get_by_role("tab", name="Turn").click()
    return found


def test_question(visit: Open) -> None:
    """A question is answered, and it is told what was understood and what the answer draws on."""
    at = visit()
    at.say("what about ice")

    assert at.tab.locator("#transcript .coach").inner_text()
    assert at.told("Ids spoken") == "treat.ice"
    assert "AskIntent" in at.told("Intent")
    assert at.told("Amazon's rules") == "none broken"
    assert at.tab.locator("#light").inner_text() == "Listening"


def test_emergency(visit: Open) -> None:
    """The check ends at the first certain emergency, and the page says so."""
    at = visit()
    at.say("is my back pain serious")
    assert at.told("State").startswith("check")
    at.say("no")
    at.say("i can't feel it when i wipe")

    assert at.told("Disposition") == "emergency"
    expect(at.tab.locator("#transcript li").last.locator(".state")).to_have_class("state emergency")


@rendered
def test_routine(visit: Open) -> None:
    """A stretch is broken into at given seconds: in the middle of a hold, and in what is played after it."""
    at = visit()
    at.say("start the full routine")
    at.say("no")
    assert at.told("Ids spoken") == "stretch.childs-pose"
    at.play_to(45)
    expect(at.tab.locator("#barge")).to_be_visible()
    at.say("how long left")
    assert at.told("State").startswith("stretch")
    assert at.told("Intent").startswith("TimeLeftIntent")
    at.play_to(10)
    at.say("skip")

    assert at.told("Ids spoken") == "stretch.cat-cow"
    assert at.tab.locator("#transcript .you").last.inner_text() == "skip  (after 10 s)"


@rendered
def test_touch(visit: Open) -> None:
    """What is touched on the screen goes to the skill as Amazon's renderer sends it."""
    at = visit()
    at.choose("Device", "echo-show-5")
    at.say("start the full routine")
    at.say("no")
    inside = at.tab.frame_locator("iframe")
    expect(inside.get_by_text("Child's pose")).to_be_visible()
    at.tab.wait_for_timeout(600)  # the renderer ignores a mouse in its first half second
    at.turned(lambda: inside.get_by_text("Next", exact=True).click())

    asked = request(at)
    assert (asked["type"], asked["arguments"]) == ("Alexa.Presentation.APL.UserEvent", ["next"])
    assert at.told("Ids spoken") == "stretch.cat-cow"
    expect(inside.get_by_text("Cat cow")).to_be_visible()


@rendered
def test_touch_in_the_middle(visit: Open) -> None:
    """A touch breaks in where the playhead is, as words do: the place is kept to the second."""
    at = visit()
    at.say("start cat cow")
    at.say("no")
    at.play_to(40)
    inside = at.tab.frame_locator("iframe")
    expect(inside.get_by_text("Pause", exact=True)).to_be_visible()
    at.tab.wait_for_timeout(600)
    at.turned(lambda: inside.get_by_text("Pause", exact=True).click())
    touched = at.tab.locator("#transcript .coach").last.inner_text()
    assert at.tab.locator("#transcript .did").last.inner_text().endswith("(after 40 s)")
    at.tab.get_by_role("button", name="Go back to here: turn 2").click()
    expect(at.tab.locator("#transcript li")).to_have_count(2)
    at.play_to(40)
    at.say("pause")

    assert at.tab.locator("#transcript .coach").last.inner_text() == touched
    assert "left?" in touched


@rendered
@pytest.mark.parametrize("device", ["echo-show", "echo-show-8", "echo-show-10", "echo-spot", "tv"])
def test_screens(visit: Open, device: str) -> None:
    """Every screen shows the stretch, within its frame."""
    at = visit()
    at.choose("Device", device)
    at.say("start the plank")
    at.say("no")

    expect(at.tab.frame_locator("iframe").get_by_text("Plank", exact=True)).to_be_visible()
    frame, screen = at.tab.locator("#frame").bounding_box(), at.tab.locator("#frame iframe").bounding_box()
    assert frame
    assert screen
    assert screen["width"] <= frame["width"] + 1
    assert screen["height"] <= frame["height"] + 1


def test_without_renderer(visit: Open, kept: Path) -> None:
    """Without Amazon's renderer the screen is text with buttons, and the page says how to get it."""
    with served(shop(kept, renderer=kept / "nothing.js")) as address:
        at = visit(at=address)
        at.say("start the full routine")
        at.say("no")
        expect(at.tab.locator("#words-shown")).to_contain_text("Child's pose")
        expect(at.tab.get_by_text("npm ci --prefix web")).to_be_visible()
        at.press("Next")

        assert at.told("Ids spoken") == "stretch.cat-cow"


def test_record_and_replay(visit: Open, kept: Path) -> None:
    """A conversation is kept as a file of ids and states, and had again from the page."""
    at = visit()
    at.say("what about ice")
    at.say("how long")
    at.tab.get_by_text("Keep it as a test").click()
    at.tab.get_by_label("Name").fill("ice-and-how-long")
    at.tab.get_by_label("What it shows").fill("after ice somebody can ask how long")
    at.tab.get_by_role("button", name="Save").click()
    expect(at.tab.locator("#outcome")).to_contain_text("tests/conversations/en/ice-and-how-long.toml")

    script = load(kept / "en" / "ice-and-how-long.toml")
    assert script.claim == "After ice somebody can ask how long."
    assert [step.expected["said"] for step in script.steps] == [["treat.ice"], ["treat.ice"]]
    assert script.device == "echo-show-8"
    assert not any(step.move.device or step.move.locale or step.move.store for step in script.steps)
    at.tab.get_by_role("button", name="Replay").click()
    expect(at.tab.locator("#outcome")).to_have_class("good")
    assert at.tab.locator("#transcript li").count() == 2


def test_replay_tells_differences(visit: Open, kept: Path) -> None:
    """What goes otherwise than the file says is told at its turn."""
    (kept / "en").mkdir(parents=True)
    wrong = 'claim = "Wrong."\n[[turn]]\nyou = "what about ice"\nsaid = ["treat.heat"]\n'
    (kept / "en" / "wrong.toml").write_text(wrong)
    at = visit()
    at.tab.get_by_text("Keep it as a test").click()
    at.tab.get_by_role("button", name="Replay").click()

    expect(at.tab.locator("#outcome")).to_have_class("bad")
    expect(at.tab.locator("#transcript .bad")).to_contain_text("treat.heat")


def test_name_taken(visit: Open, kept: Path) -> None:
    """A conversation is never written over; the page says what to do."""
    (kept / "en").mkdir(parents=True)
    (kept / "en" / "mine.toml").write_text('claim = "Mine."\n')
    at = visit()
    at.say("what about ice")
    at.tab.get_by_text("Keep it as a test").click()
    at.tab.get_by_label("Name").fill("mine")
    at.tab.get_by_label("What it shows").fill("Another.")
    at.tab.get_by_role("button", name="Save").click()

    expect(at.tab.locator("#outcome")).to_contain_text("choose another name")
    assert (kept / "en" / "mine.toml").read_text() == 'claim = "Mine."\n'


def test_exports(visit: Open) -> None:
    """A conversation can be taken to Bespoken's runner and to `ask dialog`."""
    at = visit()
    at.say("what about ice")
    at.tab.get_by_text("Keep it as a test").click()
    for button, holds in (("For Bespoken", "AskIntent"), ("For ask dialog", "what about ice")):
        with at.tab.expect_download() as got:
            at.tab.get_by_role("button", name=button).click()
        assert holds in Path(got.value.path()).read_text()


def test_moved(visit: Open) -> None:
    """Locale and device change in the middle of a conversation, and it goes on."""
    at = visit()
    at.say("is my back pain serious")
    at.choose("Locale", "en-GB")
    at.choose("Device", "echo-dot")
    at.say("i can't feel it when i wipe")

    assert at.told("Disposition") == "emergency"
    assert at.told("On") == "echo-dot, en-GB"
    assert "nine nine nine" in at.tab.locator("#transcript .coach").last.inner_text()
    expect(at.tab.locator("#frame")).to_be_hidden()


def test_two_tabs(visit: Open) -> None:
    """Two tabs are two people: neither hears anything of the other."""
    one, other = visit(), visit()
    one.say("is my back pain serious")
    other.say("what about ice")
    one.say("no")

    assert one.told("State").startswith("check")
    assert other.told("State").startswith("open")
    assert other.tab.locator("#transcript li").count() == 1


def test_documents(visit: Open) -> None:
    """Request, response, what changed and the session are shown; the tabs go by arrow keys."""
    at = visit()
    at.say("what about ice")
    at.say("what about heat")
    at.tab.get_by_role("tab", name="Turn").focus()
    for name, holds in (("request", "AskIntent"), ("response", "shouldEndSession"), ("changes", "treat.heat"),
                        ("session", "What the user store keeps")):
        at.tab.keyboard.press("ArrowRight")
        expect(at.tab.locator(f"#panel-{name} pre")).to_contain_text(holds)

    assert at.tab.locator("#panel-changes ins").count()
    at.tab.get_by_role("button", name="Turn 1", exact=True).click()
    expect(at.tab.locator("#which")).to_have_text("in turn 1")


def test_by_keyboard(visit: Open) -> None:
    """Everything can be reached without a mouse."""
    at = visit(viewport=PHONE)
    at.tab.keyboard.type("what about ice")
    at.turned(lambda: at.tab.keyboard.press("Enter"))
    reached = set()
    for _ in range(40):
        at.tab.keyboard.press("Tab")
        reached.add(at.tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))

    assert {"devices", "locales", "voices", "speeds", "playhead", "play", "tab-turn", "down", "restart"} <= reached
