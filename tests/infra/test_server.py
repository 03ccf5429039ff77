"""The skill on a server of one's own: the service and the container start what really serves, with HTTPS or without.

What is started here is the command that stands in both files, in a folder with just those files that the container
gets; only the path of gunicorn and the port are this machine's own.
"""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skill.store.content import ROOT
from skill.store.sqlite import SqliteUsers
from tests.alexa import authority
from tests.alexa.authority import Post, Wish, as_body, good_chain, pem, rsa_key
from tests.conftest import PERSON, Json
from tests.infra.installed import Answer, Server, instructions, running, unit

TRUSTING = """
import os
from pathlib import Path
from skill.alexa.verify import Verifier
from skill.web import create_app
from tests_authority import CHAIN, NOW, ROOT

application = create_app(Verifier(ROOT, fetch=lambda _: CHAIN, now=lambda: NOW))


@application.after_request
def _named(answer):
    answer.headers["Worker"] = str(os.getpid())
    return answer
"""
"""The same application for a world in which our test authority is Amazon's, at the time when its requests are made."""


def copied(source: Path, target: Path) -> None:
    """What COPY does."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the container gets, and, beside them, the application that trusts our authority."""
    folder = tmp_path_factory.mktemp("image")
    for name, given in instructions():
        if name == "COPY" and not given.startswith(("--from", "requirements")):
            source, target = given.split()
            copied(ROOT / source, folder / target)
    facts = {"ROOT": pem(authority.root()), "CHAIN": good_chain(), "NOW": authority.NOW}
    (folder / "tests_authority.py").write_text(
        "import datetime\n" + "".join(f"{name} = {value!r}\n" for name, value in facts.items()))
    (folder / "trusting.py").write_text(TRUSTING)
    return folder


@pytest.fixture(scope="module")
def server(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, as it is deployed."""
    with running(image, tmp_path_factory.mktemp("data") / "people.db") as server:
        yield server


def launch(person: str = PERSON) -> Json:
    """Somebody opens the skill."""
    asked = authority.envelope(locale="en-US")
    asked["session"] |= {"sessionId": "session", "user": {"userId": person}}
    return asked


@pytest.mark.parametrize(("method", "path", "body", "status"), [
    ("GET", "/healthz", None, 200), ("POST", "/alexa", as_body(launch()), 400), ("POST", "/alexa", b"", 400),
    ("GET", "/alexa", None, 405), ("POST", "/alexa", b" " * 2_000_000, 413), ("GET", "/", None, 404),
])
def test_answers(server: Server, method: str, path: str, body: bytes | None, status: int) -> None:
    """It is well, and turns away what isn't Alexa's: unsigned, not posted, or too much."""
    assert server.ask(method, path, body)[0] == status


def test_not_amazon_s(server: Server) -> None:
    """As it is deployed it trusts Amazon's roots, and our authority is none of them."""
    assert server.send(Post(headers={"SignatureCertChainUrl": "https://127.0.0.1/echo.api/cert.pem"}))[0] == 400


def test_workers_share_profiles(image: Path, tmp_path: Path) -> None:
    """Forty people come at once, and again until both workers had some of them: whichever they get, they are known."""
    database, people = tmp_path / "people.db", [f"{PERSON}-{number}" for number in range(40)]
    posts, answers = [Post(body=as_body(launch(person))) for person in people], list[Answer]()
    with running(image, database, application="trusting:application") as server, ThreadPoolExecutor(8) as at_once:
        while len({worker for _, _, worker in answers}) < 2 and len(answers) < 40 * len(people):
            answers += at_once.map(server.send, posts)

    assert {status for status, _, _ in answers} == {200}
    assert len({worker for _, _, worker in answers}) == 2
    assert [SqliteUsers(database).load(person).visits for person in people] == [len(answers) // 40] * 40


def test_ends_when_told(image: Path, tmp_path: Path) -> None:
    """Told to end, it ends within five seconds, although somebody holds a line."""
    with running(image, tmp_path / "people.db") as server, closing(server.connection()) as held:
        held.request("GET", "/healthz")
        held.getresponse().read()
        server.process.terminate()

        assert server.process.wait(5) == 0


def test_new_code_without_a_gap(image: Path, tmp_path: Path) -> None:
    """On HUP other workers take over, and everybody who asks meanwhile is answered."""
    with running(image, tmp_path / "people.db", application="trusting:application") as server:
        before = server.ask("GET", "/healthz")[2]
        server.process.send_signal(signal.SIGHUP)
        answers = [server.ask("GET", "/healthz")]
        while len({worker for _, _, worker in answers} - {before}) < 2 and len(answers) < 2_000:
            answers.append(server.ask("GET", "/healthz"))

    assert {status for status, _, _ in answers} == {200}


def test_says_when_it_is_ready(image: Path, tmp_path: Path) -> None:
    """Systemd is told when there is somebody to answer: a service that can't start isn't taken for one that runs."""
    assert unit()["Type"] == ["notify"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.settimeout(20)
        systemd.bind(str(tmp_path / "notify"))
        with running(image, tmp_path / "people.db", NOTIFY_SOCKET=str(tmp_path / "notify")):
            assert systemd.recv(1024).startswith(b"READY=1")


@pytest.fixture(scope="module")
def secured(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server with a certificate of its own, in the world in which our authority is Amazon's."""
    folder, now = tmp_path_factory.mktemp("tls"), datetime.now(UTC)
    since, until = now - timedelta(days=1), now + timedelta(days=1)
    root = authority.authority("tls-root", "tls-root", since=since, until=until)
    certificate = authority.issue(
        Wish(name="localhost", issuer="tls-root", hosts=("localhost",), since=since, until=until))
    key = rsa_key("localhost").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "fullchain.pem").write_bytes(pem(certificate))
    (folder / "privkey.pem").write_bytes(key)
    trust = ssl.create_default_context(cadata=pem(root).decode())
    options = f"--certfile={folder}/fullchain.pem", f"--keyfile={folder}/privkey.pem"
    with running(image, folder / "people.db", *options, trust=trust, application="trusting:application") as server:
        yield server


@pytest.mark.parametrize(("post", "status"), [
    (Post(body=as_body(launch())), 200),
    (Post(body=as_body(launch()), altered=as_body(launch("amzn1.ask.account.ANOTHER"))), 400),
    (Post(body=as_body(launch()), headers={"Signature-256": None, "SignatureCertChainUrl": None}), 400),
    (Post(body=as_body(launch()), key="somebody-else"), 400),
    (Post(body=authority.sent(-3_600)), 400),
], ids=["signed", "tampered", "unsigned", "other-key", "stale"])
def test_https(secured: Server, post: Post, status: int) -> None:
    """Over HTTPS a request that Alexa signed is answered, and any other is 400."""
    got, answer, _ = secured.send(post)

    assert got == status
    assert json.loads(answer).keys() == ({"version", "sessionAttributes", "userAgent", "response"} if status == 200
                                         else {"error"})


def test_only_https(secured: Server) -> None:
    """A server with a certificate answers nobody who does without, or who doesn't trust it."""
    with pytest.raises((http.client.HTTPException, OSError)):
        Server(secured.process, secured.port).ask("GET", "/healthz")
    with pytest.raises(ssl.SSLCertVerificationError):
        Server(secured.process, secured.port, ssl.create_default_context()).ask("GET", "/healthz")
