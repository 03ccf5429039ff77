"""The authors' pages in a real browser: found, judged while it's edited, heard, and spoken from the next turn on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from skill.store import content
from tests.browser.conftest import Visit
from tests.browser.test_looks import findings, judged, ways, wider
from tests.conftest import Edit

ICE = "content/en/treat/ice.toml"
NEW = "Cold peas are lovely."

Open = Callable[..., Visit]


def ice() -> Path:
    """The file about ice, in the copy of the content that is worked on."""
    return content.CONTENT.parent / ICE


def rows(at: Visit) -> Locator:
    """The items that the table shows."""
    return at.tab.locator("#items tbody tr:visible")


@judged
@ways
def test_looks(visit: Open, dark: bool, viewport: ViewportSize) -> None:
    """Both pages: axe finds nothing, nothing is cut off."""
    at = visit(dark=dark, viewport=viewport)
    for path in ("/content", "/content/stretch.kneeling-lunge?locale=en-GB"):
        at.open(path)

        assert findings(at.tab) == []
        assert wider(at.tab) == 0


def test_found(visit: Open) -> None:
    """Items are found by words, sorted by what is measured, and lead to their page."""
    at = visit()
    at.open("/content")
    everything = rows(at).count()
    at.tab.get_by_label("Find").fill("stretch.")
    assert 0 < rows(at).count() < everything
    column = at.tab.get_by_role("button", name="Longest, s")
    column.click()
    column.click()
    lengths = [float(row.locator("td").nth(1).inner_text()) for row in rows(at).all()]
    assert lengths == sorted(lengths, reverse=True)
    rows(at).first.get_by_role("link").click()

    expect(at.tab.locator("main[data-item^='stretch.']")).to_be_visible()


def test_another_locale(visit: Open) -> None:
    """An item is shown as its locale says it."""
    at = visit()
    at.open("/content/seek.emergency?locale=en-GB")

    expect(at.tab.locator("td.text").first).to_contain_text("nine nine nine")


@pytest.mark.usefixtures("edit")
def test_draft(visit: Open) -> None:
    """What is wrong with a draft is told while it is written, in plain words; nothing is saved by that."""
    before = ice().read_text()
    at = visit()
    at.open("/content/treat.ice")
    file = at.tab.get_by_label("The file")
    file.fill(before.replace("{minutes}", "{hours}"))
    told = at.tab.locator("#findings")
    expect(told).to_contain_text(ICE)
    expect(told).to_contain_text("put it under [facts]")
    file.fill(before)
    expect(at.tab.locator("#findings .good")).to_be_visible()

    assert ice().read_text() == before


@pytest.mark.usefixtures("edit")
def test_saved(visit: Open) -> None:
    """What is saved on one page is spoken on the other, in the conversation that is under way."""
    speaker, author = visit(), visit()
    speaker.say("is my back pain serious")
    author.open("/content/treat.ice")
    file = author.tab.get_by_label("The file")
    file.fill(file.input_value().replace('say = """\n', f'say = """\n{NEW}\n'))
    author.tab.get_by_role("button", name="Save").click()
    expect(author.tab.locator("td.text").first).to_contain_text(NEW)
    speaker.say("what about ice")

    assert NEW in speaker.tab.locator("#transcript .coach").last.inner_text()
    assert NEW in ice().read_text()


def test_broken_file(visit: Open, edit: Edit) -> None:
    """A file broken in an editor is told by file, field and cure; the skill goes on; mended, it is spoken."""
    at = visit()
    edit(ICE, "why =", "whi =")
    news = at.tab.locator("#news")
    expect(news).to_contain_text(f"{ICE}: why is missing; write it")
    at.say("what about ice")
    assert at.told("Ids spoken") == "treat.ice"
    edit(ICE, "whi =", "why =")
    edit(ICE, 'say = """\n', f'say = """\n{NEW}\n')
    expect(news).to_be_hidden()
    at.say("what about ice")

    assert NEW in at.tab.locator("#transcript .coach").last.inner_text()


def test_two_authors(visit: Open, edit: Edit) -> None:
    """Nobody's change is written over: it is told, and the draft stays."""
    at = visit()
    at.open("/content/treat.ice")
    at.tab.get_by_label("The file").fill("mine")
    edit(ICE, 'say = """\n', f'say = """\n{NEW}\n')
    at.tab.get_by_role("button", name="Save").click()
    expect(at.tab.locator("#notice")).to_contain_text("changed by somebody else")

    assert at.tab.get_by_label("The file").input_value() == "mine"
    assert NEW in ice().read_text()


def test_new_question(visit: Open, edit: Edit) -> None:
    """Where people may ask otherwise than the ear has learnt, the page offers to have it learn."""
    at = visit()
    edit(ICE, '"is cold good for this",', '"is cold good for this", "shall i freeze the old spine",')

    expect(at.tab.locator("#news").get_by_role("button", name="Learn it")).to_be_visible()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_heard(visit: Open) -> None:
    """Every length of an item is played, one after the other, until it's enough."""
    at = visit()
    at.open("/content/treat.ice")
    with at.tab.expect_response(lambda answer: "part=say" in answer.url) as first:
        at.tab.get_by_role("button", name="Hear all of it").click()
    assert first.value.headers["content-type"] == "audio/wav"
    expect(at.tab.locator(".hear[data-part=say]")).to_have_attribute("aria-pressed", "true")
    at.tab.locator(".hear[data-part=why]").click()
    expect(at.tab.locator(".hear[data-part=why]")).to_have_attribute("aria-pressed", "true")
    at.tab.get_by_role("button", name="Stop").click()

    expect(at.tab.locator(".hear[aria-pressed]")).to_have_count(0)
