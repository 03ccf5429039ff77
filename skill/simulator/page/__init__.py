"""The simulator's page: the skill seen, heard and tested in a browser on this machine.

Rule 1: nothing is decided here. A route reads what the browser sends, asks a room, and says what came of it.
Rule 2: what is wrong with a request is answered in a sentence with the cure; a room's conversation goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, render_template

from skill.simulator.envelope import DEVICES
from skill.simulator.page.answers import told_in_words
from skill.simulator.page.authors import Content, authors
from skill.simulator.page.conversations import conversations
from skill.simulator.page.guard import SCREEN, guard
from skill.simulator.page.rooms import Rooms
from skill.simulator.page.seen import screens
from skill.simulator.page.talking import talking
from skill.simulator.room import Parts
from skill.simulator.script import Judge
from skill.simulator.voice import audible

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What the page is made of."""

    parts: Parts
    judge: Judge
    locales: tuple[str, ...]
    renderer: Path
    """Amazon's APL renderer; it needn't be there."""
    content: Content
    conversations: Path
    """The folder in which conversations are kept."""


def page(shop: Shop) -> Blueprint:
    """The page and what it asks for."""
    blueprint = Blueprint("simulator", __name__, static_folder="static", template_folder="templates",
                          static_url_path="/simulator/static")
    token = guard(blueprint)
    rooms = Rooms()
    told_in_words(blueprint)

    @blueprint.get("/")
    def speaker() -> str:
        return render_template("speaker.html", token=token, locales=shop.locales, devices=DEVICES, screens=screens(),
                               voice=audible(), renderer=shop.renderer.is_file())

    @blueprint.get("/simulator/screen")
    def screen() -> Response:
        return Response(render_template("screen.html"), headers={"Content-Security-Policy": SCREEN})

    @blueprint.get("/simulator/apl.js")
    def apl() -> Response:
        """The renderer and its host in one file: it has to be started in the tick in which it is loaded."""
        host = HERE / "static" / "apl-host.js"
        code = shop.renderer.read_bytes() + b"\n;" + host.read_bytes()
        return Response(code, mimetype="text/javascript", headers={"Cache-Control": "private, max-age=3600"})

    talking(blueprint, shop.parts, rooms)
    conversations(blueprint, shop.parts, shop.judge, rooms, shop.conversations)
    authors(blueprint, shop.content, shop.locales, token)
    return blueprint
