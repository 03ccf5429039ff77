"""The skill as it is put on a server of one's own: what stands in the files, and their command in a process."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from skill.store.content import ROOT
from tests.alexa.authority import SKILL, Post

INFRA = ROOT / "infra"
GUNICORN = Path(sys.executable).with_name("gunicorn")

Answer = tuple[int, bytes, str]
"""A status, a document, and which worker gave it, where that can be known."""


def unit() -> dict[str, list[str]]:
    """The settings of the service, each with its values; some are set more than once."""
    found: dict[str, list[str]] = {}
    for line in (INFRA / "back-coach.service").read_text("utf-8").splitlines():
        name, given, value = line.partition("=")
        if given and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container, in order."""
    text = (INFRA / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def last(name: str) -> str:
    """What is said last by an instruction of that name."""
    return [given for each, given in instructions() if each == name][-1]


def command() -> list[str]:
    """What is started."""
    words: list[str] = json.loads(last("CMD"))
    return words


@dataclass(frozen=True)
class Server:
    """A server that runs in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    trust: ssl.SSLContext | None = None
    """Whom its certificate has to come from; None where it has none."""

    def connection(self) -> http.client.HTTPConnection:
        """A way to it."""
        if self.trust:
            return http.client.HTTPSConnection("localhost", self.port, timeout=10, context=self.trust)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None,
            ) -> Answer:
        """What is answered."""
        with closing(self.connection()) as connection:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers.get("Worker", "")

    def send(self, post: Post) -> Answer:
        """What is answered to a request that is sent as Alexa sends hers."""
        headers, body = post.arriving()
        return self.ask("POST", "/alexa", body, headers)


@contextmanager
def running(folder: Path, database: Path, *options: str, trust: ssl.SSLContext | None = None,
            application: str | None = None, **more: str) -> Iterator[Server]:
    """The command of the files, on a port that was free."""
    words = [str(GUNICORN), *command()[1:-1], application or command()[-1]]
    settings = {"BACK_COACH_DB": str(database), "SKILL_ID": SKILL,
                "GUNICORN_CMD_ARGS": shlex.join(["--bind=127.0.0.1:0", *options])}
    with subprocess.Popen(words, cwd=folder, text=True, stderr=subprocess.PIPE,
                          env={"PATH": os.environ["PATH"], **settings, **more}) as process:
        try:
            yield Server(process, _port(process), trust)
        finally:
            process.terminate()
            process.wait(10)


def _port(process: subprocess.Popen[str]) -> int:
    """Where it says that it listens."""
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"Listening at: https?://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise AssertionError("".join(said))
