"""A pretend Lambda: Amazon's own runtime client runs a handler, and we are the service that it asks for events.

Rule 1: it is the runtime API as Amazon documents it (2018-06-01), over real HTTP on this machine.
Rule 2: times are measured from outside: from the start of the process to its first question for work is init.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from time import perf_counter
from typing import Any

Json = dict[str, Any]

PATIENCE = 30.0
"""Seconds after which a handler hangs."""

API = "/2018-06-01/runtime"


@dataclass(slots=True)
class Ran:
    """What became of a process and its events."""

    init: float = 0.0
    """Milliseconds from the start of the process to its first question for work."""
    calls: list[float] = field(default_factory=list)
    """Milliseconds from handing out each event to its answer."""
    answers: list[Json] = field(default_factory=list)
    """For each event what the handler gave, or {"errorType": …} where it raised."""
    failed: Json | None = None
    """Why the handler could not even be loaded."""
    log: str = ""
    """What the process printed."""


class _Service(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, events: Sequence[Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Api)
        self.events, self.ran, self.done = list(events), Ran(), Event()
        self.began = self.asked = 0.0


class _Api(BaseHTTPRequestHandler):
    """The four routes of the runtime API."""

    server: _Service
    protocol_version = "HTTP/1.1"
    wbufsize, disable_nagle_algorithm = -1, True  # an answer leaves as one piece, at once

    def do_GET(self) -> None:
        """The next event; after the last one nothing more comes."""
        service = self.server
        if not service.asked:
            service.ran.init = 1000 * (perf_counter() - service.began)
        number = len(service.ran.answers)
        if number >= len(service.events):
            service.done.set()
            Event().wait(PATIENCE)  # the process is ended meanwhile
            return
        headers = {"Lambda-Runtime-Aws-Request-Id": f"call-{number}", "Lambda-Runtime-Deadline-Ms": "4102444800000",
                   "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:back-coach",
                   "Lambda-Runtime-Trace-Id": "Root=1-0-0", "Content-Type": "application/json"}
        service.asked = perf_counter()
        self._send(200, json.dumps(service.events[number]).encode(), headers)

    def do_POST(self) -> None:
        """An answer, or what went wrong."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"null")
        if self.path == f"{API}/init/error":
            self.server.ran.failed = body
            self.server.done.set()
        else:
            self.server.ran.calls.append(1000 * (perf_counter() - self.server.asked))
            self.server.ran.answers.append(body)
        self._send(202, b"{}", {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def run(folder: Path, handler: str, events: Sequence[Any], python: str = sys.executable, **settings: str) -> Ran:
    """Runs a handler ("skill.aws.handler") of a bundle's folder over events, one after the other."""
    service = _Service(events)
    thread = Thread(target=service.serve_forever)
    thread.start()
    environment = {"PATH": os.environ["PATH"], "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{service.server_port}",
                   "LAMBDA_TASK_ROOT": str(folder), "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
                   "PYTHONDONTWRITEBYTECODE": "1",
                   "AWS_LAMBDA_FUNCTION_NAME": "back-coach", **settings}
    log = TemporaryFile("w+")  # noqa: SIM115  # closed below; a pipe that nobody reads is full after a hundred turns
    service.began = perf_counter()
    process = subprocess.Popen([python, "-m", "awslambdaric", handler], cwd=folder, env=environment,
                               stdout=log, stderr=subprocess.STDOUT, text=True)
    watch = Thread(target=_tell_end, args=(process, service.done))
    watch.start()
    service.done.wait(PATIENCE)
    with suppress(ProcessLookupError):
        process.kill()
    watch.join()
    log.seek(0)
    service.ran.log = log.read()
    log.close()
    service.shutdown()
    thread.join()
    service.server_close()
    return service.ran


def _tell_end(process: subprocess.Popen[str], done: Event) -> None:
    process.wait()
    done.set()
