"""Conversations as files, from the page: kept, had again, exported.

Rule 1: a file is never written over, and never outside the folder of conversations.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Blueprint

from skill.simulator import export
from skill.simulator.page.answers import Answer, body
from skill.simulator.page.rooms import Rooms
from skill.simulator.page.seen import seen
from skill.simulator.room import Parts
from skill.simulator.script import Judge, entered, load, recorded, replay

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
"""Characters of a name."""


def conversations(blueprint: Blueprint, parts: Parts, judge: Judge, rooms: Rooms, folder: Path) -> None:
    """Adds the routes; `folder` holds a folder a language, and they hold the files."""

    @blueprint.get("/simulator/conversations")
    def listed() -> Answer:
        return {"names": [f"{path.parent.name}/{path.stem}" for path in sorted(folder.glob("*/*.toml"))]}

    @blueprint.post("/simulator/rooms/<name>/record")
    def record(name: str) -> Answer:
        given = body()
        room = rooms[name]
        path = _free(folder / room.device.locale.partition("-")[0], _text(given, "name"))
        text = recorded(_sentence(_text(given, "claim")), room.taken)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return {"name": f"{path.parent.name}/{path.stem}", "file": _short(path, folder)}

    @blueprint.post("/simulator/replays")
    def again() -> Answer:
        name = _text(body(), "name")
        path = folder / f"{name}.toml"
        if path not in folder.glob("*/*.toml"):
            raise LookupError(f"there is no conversation {name!r} in {folder.name}/")
        script = load(path)
        room = entered(script, parts)
        turns = [{**seen(step.taken), "differences": step.differences} for step in replay(script, parts, judge, room)]
        return {"room": rooms.add(room), "name": name, "claim": script.claim, "turns": turns}

    @blueprint.get("/simulator/rooms/<name>/export/<any(bespoken, dialog):kind>")
    def exported(name: str, kind: str) -> Answer:
        taken = list(rooms[name].taken)
        if kind == "bespoken":
            return {"file": "back-coach.test.yml", "text": export.bespoken("A conversation from the simulator", taken)}
        made = export.dialog(taken)
        return {"file": "back-coach.json", "text": made.text, "left_out": made.left_out}


def _free(folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise ValueError(f"name is {name[:LONGEST]!r}; use small letters and digits, with hyphens between, "
                         f"{LONGEST} at most")
    path = folder / f"{name}.toml"
    if path.exists():
        raise ValueError(f"there is a conversation {name} already; choose another name, or delete its file")
    return path


def _sentence(claim: str) -> str:
    claim = claim.strip()
    return f"{claim[0].upper()}{claim[1:].removesuffix('.')}."


def _text(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is missing")
    return value


def _short(path: Path, folder: Path) -> str:
    """The file as one would type it in the repository."""
    return str(path.relative_to(folder.parents[1]))
