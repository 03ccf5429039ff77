"""The skill on a server of one's own: from a signed POST to the answer, and every way to be turned away."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skill.__main__ import main
from skill.alexa.verify import Verifier
from skill.store.sqlite import SqliteUsers
from skill.web import LARGEST_BODY, create_app, serve
from tests.alexa import authority
from tests.alexa.authority import NOW, SKILL, Post, as_body, good_chain, pem
from tests.conftest import TESTS, Json, judged

PERSON = "amzn1.ask.account.SOMEBODY"

JUNK = [
    b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{}", b'{"request": 1}', b'{"request": {"type": 7}}',
    b"[" * 100_000, b'{"request": {"type": "LaunchRequest"}, "version": NaN}',
]
"""Bodies that are no request."""


def launch() -> Json:
    """Somebody opens the skill."""
    asked = authority.envelope(locale="en-US")
    asked["session"] |= {"sessionId": "session", "user": {"userId": PERSON}}
    return asked


def client(database: Path, *, verify: bool = True) -> FlaskClient:
    """Somebody who sends requests to a server that trusts our authority."""
    verifier = Verifier(pem(authority.root()), fetch=lambda _: good_chain(), now=lambda: NOW)
    return create_app(verifier, verify=verify, database=database).test_client()


@pytest.fixture
def server(tmp_path: Path) -> FlaskClient:
    """A server that verifies."""
    return client(tmp_path / "people.db")


@pytest.fixture
def trusting(tmp_path: Path) -> FlaskClient:
    """A server that does not."""
    return client(tmp_path / "people.db", verify=False)


def document(answer: TestResponse) -> Json:
    """The JSON of an answer."""
    read: Json = json.loads(answer.data)
    return read


def send(server: FlaskClient, post: Post) -> TestResponse:
    """The answer to a signed request."""
    headers, body = post.arriving()
    return server.post("/alexa", data=body, headers=headers)


def test_signed(server: FlaskClient) -> None:
    """A request that Alexa signed is answered, and nobody keeps the answer on the way."""
    answer = send(server, Post(body=as_body(launch())))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert judged(launch(), lambda _: document(answer))["response"]["shouldEndSession"] is False


@pytest.mark.parametrize("post", [
    Post(headers={"Signature-256": None, "SignatureCertChainUrl": None}),
    Post(headers={"Signature-256": "bm8="}),
    Post(altered=as_body(authority.envelope(locale="en-GB"))),
    Post(key="somebody-else"),
    authority.at("https://example.com/echo.api/cert.pem"),
    Post(body=authority.sent(-3_600)),
], ids=["unsigned", "bad-signature", "tampered", "other-key", "other-address", "stale"])
def test_not_alexa(server: FlaskClient, post: Post, caplog: pytest.LogCaptureFixture) -> None:
    """What isn't proven to be Alexa's is 400, with one line in the log and nothing of the request in it."""
    answer = send(server, post)

    assert answer.status_code == 400
    assert document(answer).keys() == {"error"}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert SKILL not in caplog.text


@pytest.mark.parametrize("junk", JUNK)
def test_signed_junk(server: FlaskClient, junk: bytes) -> None:
    """Junk is 400, signed or not."""
    assert send(server, Post(body=junk)).status_code == 400


@pytest.mark.parametrize("junk", JUNK)
def test_unsigned_junk(trusting: FlaskClient, junk: bytes) -> None:
    """Junk is 400, also where nobody looks at signatures."""
    assert trusting.post("/alexa", data=junk).status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_only_post(server: FlaskClient, method: str) -> None:
    """Requests are posted; anything else is 405."""
    assert server.open("/alexa", method=method).status_code == 405


@pytest.mark.parametrize("verify", [True, False])
def test_too_large(tmp_path: Path, verify: bool) -> None:
    """More than any request of Alexa's is 413, and isn't read."""
    answer = client(tmp_path / "people.db", verify=verify).post("/alexa", data=b" " * (LARGEST_BODY + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize("verify", [True, False])
def test_another_skill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verify: bool) -> None:
    """A request to another skill than SKILL_ID is 400, and one to it is answered."""
    monkeypatch.setenv("SKILL_ID", "amzn1.ask.skill.another")
    foreign = send(client(tmp_path / "people.db", verify=verify), Post(body=as_body(launch())))
    monkeypatch.setenv("SKILL_ID", SKILL)
    ours = send(client(tmp_path / "people.db", verify=verify), Post(body=as_body(launch())))

    assert (foreign.status_code, ours.status_code) == (400, 200)


def test_amazon_s_roots(tmp_path: Path) -> None:
    """Without a verifier of one's own, the roots that browsers trust are trusted, and ours is none of them."""
    assert send(create_app(database=tmp_path / "people.db").test_client(), Post()).status_code == 400


@pytest.mark.parametrize("path", sorted((TESTS / "envelopes").glob("*.json")), ids=lambda path: path.stem)
def test_every_envelope(trusting: FlaskClient, path: Path) -> None:
    """Whatever Alexa sends is 200 with a legal answer."""
    answer = trusting.post("/alexa", data=path.read_bytes())

    assert answer.status_code == 200
    judged(json.loads(path.read_bytes()), lambda _: document(answer))


@pytest.mark.parametrize("figure", [2**53, 2**63, 2**64 - 1, 2**64, 10**30, -(10**30)])
def test_large_figures(trusting: FlaskClient, figure: int) -> None:
    """A figure that not every reader of JSON can read is none, wherever it stands, and never a 500."""
    envelope = json.loads((TESTS / "envelopes" / "yes.json").read_bytes())
    envelope["session"]["attributes"] |= {"count": figure, "misses": figure, "course": {"at": figure, "held": figure}}

    answer = trusting.post("/alexa", data=as_body(envelope))

    assert answer.status_code == 200
    judged(envelope, lambda _: document(answer))


def test_unverified_is_said_loudly(trusting: FlaskClient, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """A server that answers anybody says so when it starts."""
    assert trusting.post("/alexa", data=as_body(launch())).status_code == 200
    caplog.set_level(logging.WARNING)
    client(tmp_path / "people.db", verify=False)

    assert "NOT VERIFIED" in caplog.text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com", ""])
def test_unverified_on_loopback_only(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can serve unverified answers to others by mistake."""
    with pytest.raises(ValueError, match="loopback"):
        serve(host, 0, verify=False)

    assert main(["serve", "--unverified", "--host", host]) == 2
    assert "loopback" in capsys.readouterr().err


def test_health(server: FlaskClient) -> None:
    """Whoever watches the server can ask how it is."""
    answer = server.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"ok": True})


def test_nothing_else(server: FlaskClient) -> None:
    """There is nothing else to be found."""
    assert server.get("/").status_code == 404


def test_visits_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is known the next time, also to the next server, and BACK_COACH_DB says where."""
    monkeypatch.setenv("BACK_COACH_DB", str(tmp_path / "deep" / "people.db"))
    for _ in range(2):
        server = create_app(verify=False).test_client()
        assert server.post("/alexa", data=as_body(launch())).status_code == 200

    assert SqliteUsers(tmp_path / "deep" / "people.db").load(PERSON).visits == 2


def test_store_out_of_order(tmp_path: Path) -> None:
    """A database that can't be opened costs nobody an answer."""
    (tmp_path / "file").write_text("")
    server = client(tmp_path / "file" / "people.db", verify=False)

    assert server.post("/alexa", data=as_body(launch())).status_code == 200
