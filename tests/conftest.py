"""What the tests share: a person who talks in intents, envelopes as Alexa sends them, one judge of every answer.

Rule 1: nothing of ours is replaced. An envelope goes in, a response comes out, as on Lambda.
Rule 2: every answer that a test gets has been judged by `skill.alexa.rules`; it needn't say that it's legal.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from werkzeug.serving import make_server

from skill import app
from skill.alexa.rules import findings
from skill.dialogue.session import Session
from skill.domain.library import Library
from skill.domain.profile import Users
from skill.simulator import Speaker
from skill.simulator.echo import START, Echo
from skill.simulator.envelope import Device, intent
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from skill.store import content, models

settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])  # its first text takes seconds
settings.load_profile("any machine")

Json = dict[str, Any]
Handler = Callable[[Mapping[str, Any]], Json]

TESTS = Path(__file__).parent
PERSON = "amzn1.ask.account.SOMEBODY"
LAUNCH = "LaunchRequest"

Edit = Callable[[str, str, str], None]
"""(file, what is in it, what shall be): changes a content file."""

ENDING = frozenset({"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent", "ForgetMeIntent"})
"""Intents that always end the conversation."""


Said = Filled | str | None
"""A slot as a test writes it: an id of the library, or words that mean nothing to Alexa; None is empty."""

Spoken = str | tuple[str, Mapping[str, Said]]
"""A turn as a test writes it: an intent, with its slots if it has any; "LaunchRequest" opens the skill."""


@contextmanager
def serving(flask: Flask) -> Iterator[str]:
    """A web application on a free port of this machine; its address."""
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def library() -> Library:
    """The items of en-US."""
    return content.library("en-US")


@cache
def intents() -> Mapping[str, Mapping[str, str]]:
    """Every intent of the en-US model, with the types of its slots."""
    listed = models.model("en-US")["interactionModel"]["languageModel"]["intents"]
    return {each["name"]: {slot["name"]: slot["type"] for slot in each["slots"]} for each in listed}


def filled(said: Said) -> Filled | None:
    """A slot as Alexa fills it."""
    if not isinstance(said, str):
        return said
    return Filled(next(iter(library()[said].names), said), (said,)) if said in library() else Filled(said)


def understood(name: str, slots: Mapping[str, Said]) -> Meant:
    """An intent with all of its slots; those not named are empty."""
    return Meant(name, {slot: filled(slots.get(slot)) for slot in {**intents().get(name, {}), **slots}})


def judged(asked: Json, handler: Handler) -> Json:
    """The answer to an envelope, once it is found to be legal."""
    given = handler(asked)
    assert findings(asked, given) == [], json.dumps(given.get("response"), indent=1)
    return given


class Talk:
    """A conversation in intents instead of words."""

    def __init__(self, device: str = "echo-dot", *, locale: str = "en-US", users: Users | None = None) -> None:
        handler = app.skill(users)
        self._heard = understood("AMAZON.FallbackIntent", {})
        self._echo = Echo(lambda asked: judged(dict(asked), handler), lambda *_: self._heard,
                          Device(device, locale, PERSON, verbatim=False))

    def launch(self) -> Turn:
        """Opens the skill."""
        return self._echo.launch()

    def say(self, name: str, **slots: Said) -> Turn:
        """Says something that means this intent; a one-shot where no session is."""
        self._heard = understood(name, slots)
        return self._echo.say(name)

    def barge_in(self, second: float, name: str, **slots: Said) -> Turn:
        """Says something so many seconds into what is being played."""
        self._heard = understood(name, slots)
        return self._echo.say(name, after=second)

    def silence(self, seconds: float) -> Turn:
        """Says nothing."""
        return self._echo.wait(seconds)

    def leave(self) -> None:
        """Walks away."""
        self._echo.leave()

    def later(self, span: timedelta) -> None:
        """Lets time pass with nobody there."""
        self._echo.now += span

    def touch(self, *arguments: str) -> Turn:
        """Touches what sends these arguments."""
        return self._echo.touch(*arguments)

    def play(self, *turns: Spoken) -> list[Turn]:
        """Several turns, and what came of each."""
        return [self._turn(*((turn, {}) if isinstance(turn, str) else turn)) for turn in turns]

    def _turn(self, name: str, slots: Mapping[str, Said]) -> Turn:
        return self.launch() if name == LAUNCH else self.say(name, **slots)


def to_the_end(talk: Talk, *spoken: Spoken) -> list[Turn]:
    """The blocks of a routine, with no word but "yes" between them."""
    turns = talk.play(*spoken)
    while turns[-1].timeline:
        turns.append(talk.say("AMAZON.YesIntent"))
    return [turn for turn in turns if turn.timeline]


def session(turn: Turn) -> Session:
    """What the skill keeps after a turn."""
    return Session.load(turn.response["sessionAttributes"])


def asked(name: str, slots: Mapping[str, Said], attributes: Json, *, new: bool = False,
          device: str = "echo-dot") -> Json:
    """An envelope with an intent (or a launch), in a session with these attributes."""
    echo = Device(device, "en-US", PERSON)
    heard = understood(name, slots)
    parts = {} if name == LAUNCH else {"intent": intent(heard.intent, heard.slots)}
    request = echo.request(LAUNCH if name == LAUNCH else "IntentRequest", 1, START, **parts)
    return echo.envelope(request, echo.session("session", attributes, new=new))


def envelope(name: str) -> Json:
    """An envelope from tests/envelopes/."""
    document: Json = json.loads((TESTS / "envelopes" / f"{name}.json").read_text("utf-8"))
    return document


def heard(*said: str, locale: str = "en-US") -> list[Turn]:
    """A conversation in words, with the ear."""
    speaker = Speaker(locale=locale)
    return [speaker.say(words) for words in said]


def phrases(key: str) -> set[str]:
    """All that a phrase may say, in en-US."""
    wording = app.wordings()["en-US"]
    return {wording.text(variant) for variant in wording.variants(key, 0)}


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """A way to change files, in a copy of content and models that the skill runs on meanwhile."""
    monkeypatch.setattr(content, "CONTENT", shutil.copytree(content.CONTENT, tmp_path / "content"))
    monkeypatch.setattr(models, "MODELS", shutil.copytree(models.MODELS, tmp_path / "interaction_models"))

    def change(file: str, old: str, new: str) -> None:
        text = (tmp_path / file).read_text("utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new), "utf-8")

    app.reload()
    assert app.refresh() == []
    yield change
    app.reload()
