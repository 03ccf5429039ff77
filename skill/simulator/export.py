"""Conversations for other people's programs: Bespoken's tests, and Amazon's `ask dialog --replay`.

Rule 1: neither program has our ear. Bespoken is told what was understood, `ask dialog` the words.
Rule 2: time, screen, locale and what was said word for word are put into Bespoken's requests, as they were sent.
Rule 3: what a program can't express is said, in the file or beside it; it is never left out quietly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from skill.simulator.move import LAUNCH
from skill.simulator.room import Taken
from skill.simulator.turn import Turn

NAME = "back coach"
"""What the skill is opened by."""

ENDED = "SessionEndedRequest"
INTENT = "IntentRequest"

_HEAD = """\
# For skill-testing-ml 1.4.8, "type": "unit"; it speaks to {skill} at your skillURL.
---
configuration:
  locale: {locale}
---
- test: {claim}
"""


class Dialog(NamedTuple):
    """A conversation for `ask dialog --replay`."""

    text: str
    """The file: JSON."""
    left_out: tuple[str, ...]
    """What of the conversation isn't in it, a line each."""


def bespoken(claim: str, taken: Iterable[Taken]) -> str:
    """A conversation as a `*.test.yml` of Bespoken's skill-testing-ml. Raises `ValueError` where nothing is left."""
    listed = tuple(taken)
    if not any(map(_sendable, listed)):
        raise ValueError("Bespoken can't play any of this; say something to the skill first")
    first = listed[0]
    head = _HEAD.format(skill=_skill(first.turn), locale=json.dumps(first.device.locale), claim=json.dumps(claim))
    return head + "".join(f"{line}\n" for line in _interactions(listed))


def dialog(taken: Iterable[Taken]) -> Dialog:
    """A conversation as a file for `ask dialog --replay` of ask-cli 2. Raises `ValueError` where nothing is left."""
    listed = tuple(taken)
    spoken = [words for each in listed if (words := _aloud(each))]
    if not spoken:
        raise ValueError("ask dialog plays words, and there are none here; say something to the skill first")
    document = {"skillId": _skill(next(each.turn for each in listed if each.sent)), "locale": listed[0].device.locale,
                "type": "text", "userInput": [*spoken, ".quit"]}
    return Dialog(json.dumps(document, indent=2, ensure_ascii=False) + "\n", tuple(_unspoken(listed)))


def _skill(turn: Turn) -> str:
    system: Mapping[str, Any] = turn.request.get("context", {}).get("System", {})
    return str(system.get("application", {}).get("applicationId", "the skill"))


# --- Bespoken ---


def _sendable(taken: Taken) -> bool:
    """Whether Bespoken can send it: a launch, an intent, or the end of a session."""
    return taken.sent and not taken.move.touch


def _interactions(listed: Sequence[Taken]) -> Iterator[str]:
    """Lines of YAML. Bespoken keeps the session by itself; where ours ended otherwise, it has to be told."""
    held = lost = False
    locale = listed[0].device.locale
    for each in listed:
        yield from _remarks(each)
        lost |= each.move.do == "drop"
        if not _sendable(each):
            continue
        kind = each.turn.request["request"]["type"]
        anew = held and each.turn.request["session"]["new"]
        if anew and kind == LAUNCH and not lost:
            yield f"- {ENDED}"
        sent = dict(_sent(each, locale))
        if anew and (lost or kind != LAUNCH):
            sent |= {"session.new": True, "session.attributes": {}}
        yield f"- {json.dumps(_said(each.turn))}:"
        yield from (f"  - {json.dumps('request.' + path)}: {json.dumps(value)}" for path, value in sent.items())
        yield from (f"  - {path}: {json.dumps(value)}" for path, value in _expected(each.turn))
        held, lost = kind != ENDED and each.turn.response["response"].get("shouldEndSession") is not True, False


def _remarks(taken: Taken) -> Iterator[str]:
    """Comments: what Bespoken can't play."""
    move = taken.move
    if move.store:
        yield f"# Turn {taken.number}: here the user store {_STORE[move.store]}, which can't be played."
    if move.touch:
        yield f"# Turn {taken.number}: {move.done}, which can't be played."
    elif not taken.sent:
        yield f"# Turn {taken.number}: {move.done}; nothing is sent."
    elif move.wait or move.later or move.do:
        yield f"# Turn {taken.number}: {move.done}, and the session ends."


_STORE = {"down": "goes down", "up": "comes up again"}


def _said(turn: Turn) -> str:
    """What is sent, in Bespoken's short way: `AskIntent topic="cold pack"`."""
    asked = turn.request["request"]
    if asked["type"] != INTENT:
        return str(asked["type"])
    filled = ((name, re.sub(r'[\s="]+', " ", slot["value"]))
              for name, slot in asked["intent"]["slots"].items() if "value" in slot)
    return " ".join((asked["intent"]["name"], *(
        f"{name}={value}" if re.fullmatch(r"[\w-]+", value) else f'{name}="{value}"' for name, value in filled)))


def _sent(taken: Taken, locale: str) -> Iterator[tuple[str, Any]]:
    """What a request has that Bespoken wouldn't send by itself: path → value."""
    asked, context = taken.turn.request["request"], taken.turn.request["context"]
    yield "request.timestamp", asked["timestamp"]
    if asked["locale"] != locale:
        yield "request.locale", asked["locale"]
    if "reason" in asked:
        yield "request.reason", asked["reason"]
    if "Viewport" in context:
        yield "context.Viewport", context["Viewport"]
        yield "context.System.device.supportedInterfaces", context["System"]["device"]["supportedInterfaces"]
    if "BackCoach.Speech" in context:
        yield from ((f'context["BackCoach.Speech"].{name}', told) for name, told in context["BackCoach.Speech"].items())
    for name, slot in asked.get("intent", {}).get("slots", {}).items():
        if _unlike_its_words(slot):
            yield f"request.intent.slots.{name}.resolutions", slot["resolutions"]


def _unlike_its_words(slot: Mapping[str, Any]) -> bool:
    """Whether a slot was understood as something that doesn't go by just these words."""
    values = [value["value"]["name"] for found in slot.get("resolutions", {}).get("resolutionsPerAuthority", ())
              for value in found.get("values", ())]
    return bool(values) and [name.lower() for name in values] != [slot["value"].lower()]


def _expected(turn: Turn) -> Iterator[tuple[str, Any]]:
    """What has to come of it: path → value. Text between slashes has to fit as a whole; a list is joined by commas."""
    if turn.request["request"]["type"] == ENDED:
        return
    ends, kept = turn.response["response"].get("shouldEndSession"), turn.response.get("sessionAttributes") or {}
    if ends is not None:
        yield "sessionEnded", ends
    if "state" in kept:
        yield "sessionAttributes.state", f"/^{re.escape(kept['state'])}$/"
    if "said" in kept:
        yield "sessionAttributes.said", f"/^{re.escape(','.join(kept['said']))}$/"


# --- ask dialog ---


def _aloud(taken: Taken) -> str:
    """What somebody would have to say to a real Echo; nothing, where nothing would be said."""
    move = taken.move
    if move.intent == LAUNCH:
        return f"open {NAME}"
    if move.do == "leave" and taken.sent:
        return "exit"
    words = " ".join(re.sub(r"[,.!?]", " ", move.you.lower()).split())
    if not words or not taken.turn.request["session"]["new"] or NAME in words:
        return words.removeprefix("alexa ")
    return f"ask {NAME} {words}"


def _unspoken(listed: Iterable[Taken]) -> Iterator[str]:
    """What `ask dialog` has no words for."""
    locale = ""
    for each in listed:
        move, turn = each.move, f"turn {each.number}"
        if not _aloud(each):
            yield f"{turn}: {move.done}"
        if move.after is not None:
            yield f"{turn}: it's said {move.after:g} s into the answer before"
        if move.store:
            yield f"{turn}: the user store {_STORE[move.store]}"
        if locale and each.device.locale != locale:
            yield f"{turn}: the locale is {each.device.locale} from here on"
        if move.device:
            yield f"{turn}: the device is {move.device} from here on"
        locale = each.device.locale
