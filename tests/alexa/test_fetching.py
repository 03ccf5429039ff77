"""The certificates that requests are verified by: which are fetched, how, and how long they are remembered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import URLError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.verify import LARGEST_CHAIN, MOST_KEYS, Verifier, fetch
from tests.alexa import authority
from tests.alexa.authority import ADDRESS, DAY, HOST, NOW, Post, at, chain, pem, sent
from tests.alexa.verdicts import Bucket, taken, verdict


@settings(deadline=None)  # a busy machine is no fault
@given(st.text())
def test_any_address(url: str) -> None:
    """Whatever the address, nothing but Amazon's folder is ever visited."""
    for post in (at(url), at(HOST + url), at(f"{HOST}/echo.api/{url}")):
        bucket = Bucket(post.chain)
        verdict(post, fetch=bucket)
        assert all(visit.startswith(f"{HOST}/echo.api/") and ".." not in visit.split("/") for visit in bucket.visits)


class Server(BaseHTTPRequestHandler):
    """Answers by path: the size asked for, a way elsewhere, or a refusal."""

    def do_GET(self) -> None:
        """One answer."""
        sort, _, size = self.path.strip("/").partition("/")
        self.send_response({"bytes": 200, "elsewhere": 302}.get(sort, 403))
        self.send_header("Location", "/bytes/1")
        self.end_headers()
        self.wfile.write(b"x" * int(size or 0))

    def log_message(self, *_: object) -> None:
        """Keep still."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A web server on this machine, by its address."""
    monkeypatch.setenv("no_proxy", "*")
    with HTTPServer(("127.0.0.1", 0), Server) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_fetch(server: str) -> None:
    """What lies there is fetched."""
    assert fetch(f"{server}/bytes/500") == b"x" * 500


def test_fetch_stops_reading(server: str) -> None:
    """One byte more than allowed is read, so that it shows, and nothing after it."""
    assert len(fetch(f"{server}/bytes/{LARGEST_CHAIN * 3}")) == LARGEST_CHAIN + 1


@pytest.mark.parametrize("path", ["elsewhere/0", "refused/0"])
def test_fetch_follows_nothing(server: str, path: str) -> None:
    """Neither a redirect nor a refusal is an answer."""
    with pytest.raises(OSError, match=r"302|403") as caught:
        fetch(f"{server}/{path}")

    caught.value.close()  # type: ignore[attr-defined]  # an HTTPError is also the response


def test_fetch_is_not_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says nothing is not waited for."""
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError, match="timed out"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", patience=0.01)


@pytest.mark.parametrize("failure", [URLError("down"), TimeoutError(), IncompleteRead(b"")])
def test_bucket_is_down(failure: Exception) -> None:
    """Where no certificate comes, no request is taken."""

    def failing(_: str) -> bytes:
        raise failure

    assert verdict(Post(), fetch=failing) == "fetch"


# --- what is remembered ---


class House:
    """A verifier with its bucket, and a clock that a test sets."""

    def __init__(self, chain: bytes | None = None) -> None:
        self.bucket = Bucket(authority.good_chain() if chain is None else chain)
        self.now = NOW
        self.verifier = Verifier(pem(authority.root()), self.bucket, lambda: self.now)

    def take(self, url: str = ADDRESS) -> str:
        """What it says to a good request sent just now."""
        return taken(self.verifier, Post(body=sent((self.now - NOW).total_seconds()), headers=at(url).headers))


def test_fetched_once() -> None:
    """A certificate is fetched once, however its address is written."""
    house = House()
    ways = (ADDRESS, ADDRESS, ADDRESS.replace("s3", "S3"), f"{ADDRESS}?again", f"{ADDRESS}#again")

    assert {house.take(url) for url in ways} == {"accepted"}
    assert house.bucket.visits == [ADDRESS]


def test_looked_at_again_after_an_hour() -> None:
    """A certificate is good for an hour, then it is fetched anew."""
    house = House()
    for minutes in (0, 59, 60, 61):
        house.now = NOW + timedelta(minutes=minutes)
        assert house.take() == "accepted"

    assert len(house.bucket.visits) == 2


def test_forgotten_with_its_certificate() -> None:
    """No certificate outlives its own date in memory."""
    house = House(chain(until=NOW + timedelta(minutes=10)))
    before, house.now = house.take(), NOW + timedelta(minutes=11)

    assert [before, house.take()] == ["accepted", "chain"]


def test_forgotten_with_its_intermediate() -> None:
    """Nor does it outlive the one that vouches for it."""
    house = House(pem(authority.signer(), authority.authority("intermediate", "root", until=NOW + DAY / 100)))
    before, house.now = house.take(), NOW + DAY / 99

    assert [before, house.take()] == ["accepted", "chain"]


def test_memory_has_an_end() -> None:
    """The oldest certificate makes room; those still remembered are not fetched again."""
    house = House()
    urls = [f"{HOST}/echo.api/{number}.pem" for number in range(MOST_KEYS + 1)]
    for url in urls:
        house.take(url)
    house.take(urls[1])
    house.take(urls[0])

    assert house.bucket.visits == [*urls, urls[0]]


def test_bad_certificates_are_not_remembered() -> None:
    """What was rejected is looked at anew, and may be good by then."""
    house = House(b"not yet")
    before, house.bucket.chain = house.take(), authority.good_chain()

    assert [before, house.take()] == ["certificate", "accepted"]
