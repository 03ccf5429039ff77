"""Conversations as files: what was said and done, and by ids and states what came of it.

A file is a `claim`, what it begins with (`locale`, `device`, `visits`, `words`) and its turns. A turn is a move
(see `simulator.move`) and what is expected of it; what it leaves out is not looked at, but the state always is:

- `said`: the ids that the reply draws on, in order; or `coach`: the items told, where each stands for what it draws on
- `state`: "open" unless it says otherwise; `open`: whether the microphone is;
- `intent`, with words: what the ear makes of them;
- `asking`, `found`, `disposition`: what the warning-sign check keeps;
- `lines`: what is said, as references without their variant ("treat.ice/say", "=lost-1");
- `asks`: the phrase that is the question; `offer`: what "yes" would bring;
- `same`: word for word what was said before; `urgent`: the first sentence sends to emergency care.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from skill.domain.items import Item, Overview
from skill.domain.library import Library
from skill.domain.profile import Profile
from skill.simulator.move import Move
from skill.simulator.room import Parts, Room, Taken
from skill.simulator.turn import Turn

EXPECTED = ("said", "coach", "state", "open", "lines", "asks", "offer", "asking", "found", "disposition", "same",
            "urgent")
"""Keys that expect something; with words, `intent` does, too."""

MOVED = tuple(entry.name for entry in fields(Move))

Expected = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a file."""

    move: Move
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One conversation."""

    claim: str
    """What it shows, in a sentence."""
    steps: tuple[Step, ...]
    locale: str = "en-US"
    device: str = "echo-dot"
    visits: int = 0
    """How often this person was here before."""
    words: bool = True
    """Whether what was said is passed on word for word; a real Echo passes on intents and slots alone."""

    @classmethod
    def read(cls, text: str) -> Script:
        """The script in a text. Raises `ValueError` saying which turn is wrong, and the cure."""
        document = tomllib.loads(text)
        listed = document.pop("turn", [])
        for key, value in document.items():
            if key not in _BEGINNING:
                raise ValueError(f"a conversation has no {key!r}; use {', '.join(_BEGINNING)}, and [[turn]]")
            if type(value) is not _BEGINNING[key]:
                raise ValueError(f"{key} is {value!r}; write {_KINDS[_BEGINNING[key]]}")
        if not document.get("claim"):
            raise ValueError("claim is missing; say in a sentence what the conversation shows")
        if not (isinstance(listed, list) and listed and all(isinstance(turn, dict) for turn in listed)):
            raise ValueError("there are no turns; begin each with [[turn]]")
        return cls(steps=tuple(_step(number, turn) for number, turn in enumerate(listed, 1)), **document)


_BEGINNING: Mapping[str, type] = {"claim": str, "locale": str, "device": str, "visits": int, "words": bool}
_KINDS = {str: "text", int: "a whole number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Judge:
    """What judges a replay."""

    library: Callable[[str], Library]
    """The items of a locale."""
    urgent: Callable[[str, str], bool]
    """Whether a speech, in a locale, begins by sending to emergency care."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A step that was taken, and what is otherwise than expected, a line each."""

    taken: Taken
    differences: tuple[str, ...] = field(default=())


def entered(script: Script, parts: Parts) -> Room:
    """A room in which a conversation can begin. Raises `ValueError` for a device or a locale that there isn't."""
    return Room(parts, script.locale, script.device, verbatim=script.words, profile=Profile(visits=script.visits))


def replay(script: Script, parts: Parts, judge: Judge, room: Room | None = None) -> Iterator[Replayed]:
    """The conversation had again, in this room or one of its own. Raises `ValueError`, as `entered` and moves do."""
    room = room or entered(script, parts)
    before = ""
    for number, step in enumerate(script.steps, 1):
        taken = _done(room, number, step.move)
        yield Replayed(taken, tuple(_differences(step, taken, before, judge)))
        before = taken.turn.speech


def _done(room: Room, number: int, move: Move) -> Taken:
    try:
        return room.do(move)
    except ValueError as error:
        raise ValueError(f"turn {number}: {error}") from error


def load(path: Path) -> Script:
    """The script in a file. Raises `ValueError` naming the file."""
    try:
        return Script.read(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _step(number: int, turn: Mapping[str, Any]) -> Step:
    heard = {"intent", "slots"} if "you" in turn else set()
    moved = {key: value for key, value in turn.items() if key in MOVED and key not in heard}
    expected = {key: value for key, value in turn.items() if key not in moved}
    if unknown := expected.keys() - {*EXPECTED, *heard}:
        raise ValueError(f"turn {number} has no {', '.join(sorted(unknown))}; use {', '.join((*MOVED, *EXPECTED))}")
    try:
        return Step(Move.read(moved), expected)
    except ValueError as error:
        raise ValueError(f"turn {number}: {error}") from error


# --- what is otherwise than expected ---


def _differences(step: Step, taken: Taken, before: str, judge: Judge) -> Iterator[str]:
    turn, expected = taken.turn, step.expected
    for key, wanted in {"state": "open", **expected}.items():
        if key in ("same", "urgent"):
            continue
        if (found := _found(key, wanted, taken, judge)) != wanted:
            yield f"{key} is {found!r}, not {wanted!r}"
    if expected.get("same") and turn.speech != before:
        yield "it isn't what was said before"
    if expected.get("urgent") and not judge.urgent(turn.speech, taken.device.locale):
        yield f"the first sentence doesn't send to emergency care: {turn.speech!r}"
    yield from (f"Amazon's rules: {breach}" for breach in taken.breaches)


def _found(key: str, wanted: Any, taken: Taken, judge: Judge) -> Any:  # noqa: ANN401  # as the key has it
    turn = taken.turn
    kept = turn.response.get("sessionAttributes") or {}
    if key == "coach":
        return wanted if _tells(turn, wanted, judge.library(taken.device.locale)) else list(turn.said)
    if key == "lines":
        return [_without_variant(line) for line in kept.get("lines", ())]
    if key == "asks":
        return _without_variant(kept.get("question", "")).removeprefix("=").partition("/")[0]
    if key == "offer":
        return kept.get("offer", "")
    found = getattr(turn, key)
    return list(found) if isinstance(found, tuple) else found


def _tells(turn: Turn, told: Any, library: Library) -> bool:  # noqa: ANN401  # as a file has it
    """Whether a reply tells these items and nothing else but what they draw on."""
    if not isinstance(told, list) or not all(isinstance(item_id, str) and item_id in library for item_id in told):
        return False
    items = [library[item_id] for item_id in told]
    whole = list(dict.fromkeys(part for item in items for part in _parts(item)))
    besides = {other for item in items for other in item.draws_on} - set(whole)
    return [item_id for item_id in turn.said if item_id not in besides] == whole


def _parts(item: Item) -> tuple[str, ...]:
    return item.parts if isinstance(item, Overview) else (item.id,)


def _without_variant(reference: str) -> str:
    """A phrase's reference without the number of its variant: "=offer-item/2/treat.ice" → "=offer-item/treat.ice"."""
    return re.sub(r"^(=[^/]*)/\d+", r"\1", reference)


# --- writing ---


def recorded(claim: str, taken: Iterable[Taken]) -> str:
    """The file of a conversation that was had: its moves, and what came of each.

    Raises `ValueError` where there was none, or where its beginning is no longer kept.
    """
    listed = list(taken)
    if not listed:
        raise ValueError("nothing was said yet; have a conversation first")
    first = listed[0].device
    if listed[0].number > 1:
        raise ValueError("this conversation is too long to keep: its first turns are gone; start a new one")
    parts = [f"claim = {_value(claim)}"]
    parts += [f"{key} = {_value(value)}" for key, value, usual in (
        ("locale", first.locale, "en-US"), ("device", first.name, "echo-dot"),
        ("visits", listed[0].visits, 0), ("words", first.verbatim, True),
    ) if value != usual]
    return "\n".join(parts) + "\n" + "".join(f"\n[[turn]]\n{_table(_recorded(each))}" for each in listed)


def _recorded(taken: Taken) -> dict[str, Any]:
    move = {entry.name: value for entry in fields(Move)
            if (value := getattr(taken.move, entry.name)) not in (entry.default, {}, ())}
    if not taken.sent:
        return {**move, "state": taken.turn.state}
    turn = taken.turn
    heard = {"intent": turn.intent} if taken.move.you and turn.intent else {}
    usual = {"asking": (), "found": (), "disposition": None}
    kept = {key: value for key, none in usual.items() if (value := getattr(turn, key)) != none}
    return {**move, **heard, "said": turn.said, "state": turn.state, **kept}


def _table(table: Mapping[str, Any]) -> str:
    width = max(map(len, table))
    return "".join(f"{key:<{width}} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:  # noqa: ANN401  # whatever TOML has
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")  # the one character that TOML escapes and JSON doesn't


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)
