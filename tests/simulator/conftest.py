"""Amazon's skill management API on this machine: where it is, what is asked of it, and how its answers are read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skill import app
from skill.simulator import Speaker, smapi
from skill.store.content import LOCALES
from tests.conftest import Json

HEADERS = {"Authorization": "Bearer anything"}
STAGE = "/skills/back-coach/stages/development"
SIMULATIONS = f"/v2{STAGE}/simulations"
PROFILE = f"/v1{STAGE}/interactionModel/locales/en-US/profileNlu"

LARGEST = 256 * 1024
"""Bytes, as of the server that it stands on."""


@pytest.fixture
def speakers() -> list[Speaker]:
    """Every speaker that is switched on."""
    return []


@pytest.fixture
def api(speakers: list[Speaker]) -> Iterator[FlaskClient]:
    """The API of the real skill."""
    def new_echo(locale: str) -> Speaker:
        speakers.append(Speaker(locale))
        return speakers[-1]

    flask = Flask(__name__)
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST
    flask.register_blueprint(smapi.smapi(new_echo, app.listener, LOCALES))
    with flask.test_client() as client:
        yield client


def asked(content: object, *, locale: object = "en-US", mode: object = None) -> Json:
    """What starts a simulation."""
    session = {"session": {"mode": mode}} if mode else {}
    return {"input": {"content": content}, "device": {"locale": locale}, **session}


def document(answer: TestResponse) -> Json:
    """The JSON of an answer."""
    read = answer.json
    assert isinstance(read, dict)
    return read


def refused(answer: TestResponse, status: int, words: str) -> None:
    """It is turned away with Amazon's error, whose words help."""
    assert answer.status_code == status
    error = document(answer)
    assert words in error["message"]
    assert [violation["message"] for violation in error["violations"]] == [error["message"]]
