"""DynamoDB on this machine, over real HTTP: moto's, and servers each with something wrong.

Rule 1: nobody but 127.0.0.1 is ever asked, and who asks is made up (`account`).
Rule 2: a table is made of the properties that a template has for it (`make_table`).
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3  # type: ignore[import-untyped]  # it comes without types
import pytest
from flask import Flask, Response, request
from moto.server import ThreadedMotoServer
from werkzeug.serving import make_server

from tests.conftest import Json

TABLE = "people"

PROPERTIES: Json = {
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "person", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "person", "KeyType": "HASH"}],
    "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
}
"""The table, as a template says it."""

Place = Callable[[], AbstractContextManager[str]]
"""A server that runs meanwhile; its address."""


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with an account that isn't one, and nothing of this machine's own."""
    make_up(monkeypatch)
    return monkeypatch


def make_up(environment: pytest.MonkeyPatch) -> None:
    """Makes up an account."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        environment.delenv(name)
    made_up = {
        "ACCESS_KEY_ID": "testing", "SECRET_ACCESS_KEY": "testing", "DEFAULT_REGION": "us-east-1",
        "CONFIG_FILE": os.devnull, "SHARED_CREDENTIALS_FILE": os.devnull, "EC2_METADATA_DISABLED": "true",
        "ENDPOINT_URL": "http://127.0.0.1:9",
    }
    for name, value in made_up.items():
        environment.setenv(f"AWS_{name}", value)
    environment.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Address of a server that does what Amazon's do; what is in it is left from the tests before."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture(scope="session")
def client(moto: str) -> Iterator[Any]:
    """A client of its DynamoDB; to make one takes longer than most that is done with it."""
    with pytest.MonkeyPatch.context() as environment:
        make_up(environment)
        made = boto3.session.Session().client("dynamodb", endpoint_url=moto)
        made.describe_limits()  # that's when it looks who it is
    yield made
    made.close()


@pytest.fixture
def dynamo(moto: str, client: Any, account: pytest.MonkeyPatch) -> Any:
    """A client of a DynamoDB in which there is one table, empty; the environment names it as well."""
    urlopen(Request(f"{moto}/moto-api/reset", method="POST")).close()
    account.setenv("AWS_ENDPOINT_URL_DYNAMODB", moto)
    make_table(client, PROPERTIES)
    return client


def make_table(client: Any, properties: Json) -> None:
    """A table with the properties that a template has for it: those that `create_table` knows, and its expiry."""
    known = {name: properties[name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")}
    client.create_table(TableName=TABLE, **known)
    client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=properties["TimeToLiveSpecification"])


# --- servers that go wrong ---

Answering = Callable[[str, bytes], Response]
"""What is answered to an operation ("GetItem") with this body."""


def document(content: object, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(json.dumps(content), status, content_type="application/x-amz-json-1.0")


def error(code: str, status: int = 400) -> Response:
    """An error as DynamoDB words it."""
    return document({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "No."}, status)


def confirmed(content: Mapping[str, object] | None = None) -> Response:
    """An answer that names the table, as DynamoDB's do."""
    return document({"ConsumedCapacity": {"TableName": TABLE, "CapacityUnits": 1.0}, **(content or {})})


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    """Serves meanwhile; it ends at once, as there are many of these tests."""
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield
    server.shutdown()
    thread.join()


@contextmanager
def answering(answer: Answering) -> Iterator[str]:
    """A server that answers like this."""
    flask = Flask("dynamodb")

    @flask.post("/")
    def _answer() -> Response:
        return answer(request.headers["X-Amz-Target"].partition(".")[2], request.get_data())

    server = make_server("127.0.0.1", 0, flask, threaded=True)
    with running(server):
        yield f"http://127.0.0.1:{server.port}"
    server.server_close()


def passed_on(moto: str, body: bytes) -> Response:
    """What moto answers to what is being asked."""
    headers = {name: request.headers[name] for name in ("X-Amz-Target", "Authorization", "X-Amz-Date")}
    asked = Request(moto, body, {"Content-Type": "application/x-amz-json-1.0", **headers})
    try:
        with urlopen(asked) as given:
            return Response(given.read(), given.status, given.headers.items())
    except HTTPError as refused:
        with refused:
            return Response(refused.read(), refused.code, refused.headers.items())


@contextmanager
def replying(raw: bytes, pause: float = 0) -> Iterator[str]:
    """A server that sends these bytes, whatever is asked, and hangs up; with a pause, byte by byte."""
    over = Event()

    class Reply(StreamRequestHandler):
        def handle(self) -> None:
            self.connection.recv(65536)
            with suppress(ConnectionError):
                for piece in (raw[at:at + 1] for at in range(len(raw))) if pause else (raw,):
                    self.wfile.write(piece)
                    if pause and over.wait(pause):
                        return

    with ThreadingTCPServer(("127.0.0.1", 0), Reply) as server, running(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"
        over.set()


@contextmanager
def closed() -> Iterator[str]:
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def hanging() -> Iterator[str]:
    """A server that takes a call and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def always(answer: Callable[[], Response]) -> Place:
    """A server that has one answer to everything."""
    return lambda: answering(lambda _operation, _body: answer())
