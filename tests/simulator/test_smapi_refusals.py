"""What Amazon's skill management API on this machine turns away: each time in Amazon's shape, with what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skill.simulator.smapi import LONGEST
from tests.conftest import Json
from tests.simulator.conftest import HEADERS, LARGEST, PROFILE, SIMULATIONS, STAGE, asked, document, refused

JUNK = [b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{}", b"[" * 100_000]
"""Bodies that ask for nothing."""

ROUTES = [("GET", f"/v1{STAGE}/manifest"), ("GET", f"/v1{STAGE}/enablement"), ("POST", SIMULATIONS),
          ("GET", f"{SIMULATIONS}/simulation-1"), ("POST", PROFILE), ("GET", "/v1/vendors"), ("OPTIONS", SIMULATIONS)]


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=str)
def test_no_authorization(api: FlaskClient, method: str, path: str) -> None:
    """Without the header that a page can't set, nothing is answered, a preflight neither."""
    answer = api.open(path, method=method, json=asked("open back coach"))

    refused(answer, 401, "any token will do")
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118  # no dict


@pytest.mark.parametrize("host", ["example.com", "example.com:5000", "127.0.0.1.example.com", "10.0.0.7:5000"])
def test_another_host(api: FlaskClient, host: str) -> None:
    """A name that is made to lead to this machine is not believed."""
    refused(api.get(f"/v1{STAGE}/manifest", headers=HEADERS | {"Host": host}), 403, "127.0.0.1")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "[::1]:5000", "[::1]"])
def test_this_host(api: FlaskClient, host: str) -> None:
    """All names of this machine are."""
    assert api.get(f"/v1{STAGE}/manifest", headers=HEADERS | {"Host": host}).status_code == 200


@pytest.mark.parametrize("path", [SIMULATIONS, PROFILE])
@pytest.mark.parametrize("junk", JUNK)
def test_junk(api: FlaskClient, path: str, junk: bytes) -> None:
    """A body that asks for nothing is 400."""
    assert api.post(path, data=junk, headers=HEADERS).status_code == 400


@pytest.mark.parametrize(("body", "words"), [
    (asked(None), "input.content is missing"),
    (asked("  "), "input.content is missing"),
    (asked(7), "input.content is missing"),
    (asked("x" * (LONGEST + 1)), f"say {LONGEST} at most"),
    (asked("hello", locale="de-DE"), "en-US"),
    (asked("hello", locale=None), "en-US"),
    (asked("hello", locale=["en-US"]), "en-US"),
    (asked("hello", mode="AGAIN"), "FORCE_NEW_SESSION"),
    (asked("hello", mode=["DEFAULT"]), "FORCE_NEW_SESSION"),
    ({"input": "hello", "device": {"locale": "en-US"}}, "send an object"),
    ({**asked("hello"), "session": []}, "send an object"),
])
def test_bad_simulation(api: FlaskClient, body: Json, words: str) -> None:
    """What is wrong with a simulation is told, with what to do."""
    refused(api.post(SIMULATIONS, json=body, headers=HEADERS), 400, words)


@pytest.mark.parametrize(("path", "body", "words"), [
    (PROFILE, {"utterance": ""}, "utterance is missing"),
    (PROFILE, {"utterance": {}}, "utterance is missing"),
    (PROFILE, {"utterance": "hello", "multiTurnToken": "x"}, "leave it out"),
    (PROFILE.replace("en-US", "xx"), {"utterance": "hello"}, "en-US"),
    (PROFILE.replace("development", "beta"), {"utterance": "hello"}, "development or live"),
])
def test_bad_profile(api: FlaskClient, path: str, body: Json, words: str) -> None:
    """What is wrong with an utterance to profile is told, with what to do."""
    refused(api.post(path, json=body, headers=HEADERS), 400, words)


def test_too_large(api: FlaskClient) -> None:
    """A body larger than the server reads is 413, in the same shape."""
    refused(api.post(SIMULATIONS, data=b" " * (LARGEST + 1), headers=HEADERS), 413, "too long")


@pytest.mark.parametrize("ask", [
    lambda api: api.get(f"{SIMULATIONS}/simulation-7", headers=HEADERS),
    lambda api: api.get("/v1/vendors", headers=HEADERS),
    lambda api: api.delete(SIMULATIONS, headers=HEADERS),
])
def test_not_there(api: FlaskClient, ask: Callable[[FlaskClient], TestResponse]) -> None:
    """What isn't there is 404, in the same shape."""
    assert "violations" in document(ask(api))
    assert ask(api).status_code == 404
