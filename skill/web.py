"""Flask's entry: the skill on a server of one's own.

Rule 1: a request that isn't proven to come from Amazon is 400, with one log line; never 500.
Rule 2: verification can be left out on loopback only, and it says so loudly.
Settings come from the environment: SKILL_ID (whose requests are answered), BACK_COACH_DB (the profiles' file).
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

import orjson
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from skill import app as parts
from skill.alexa import journal
from skill.alexa.skill import Foreign, Skill
from skill.alexa.verify import Rejected, Verifier, default_roots, parsed
from skill.store.sqlite import SqliteUsers

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
"""Bytes; Alexa's requests are a tenth of that."""

PORT = 5000
"""Where it is served, if that is free."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")

NO_CACHE = {"Cache-Control": "no-store"}


def create_app(verifier: Verifier | None = None, *, verify: bool = True, database: Path | None = None,
               simulator: bool = False) -> Flask:
    """The web application; `gunicorn "skill.web:create_app()"` serves it.

    `verifier` replaces the one that trusts Amazon's public roots. With `verify=False` anybody's request is
    answered: for loopback only. With `simulator` it has the simulator's page as well, which answers on this
    machine's own names alone.
    """
    flask = Flask(__name__, static_folder=None)
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    skill_id = os.environ.get("SKILL_ID") or None
    users = SqliteUsers(database or Path(os.environ.get("BACK_COACH_DB", "back-coach.db")))
    skill = parts.skill(users, skill_id)
    judge = (verifier or Verifier(default_roots(), application_id=skill_id)) if verify else None
    if judge is None:
        log.warning("REQUESTS ARE NOT VERIFIED: anybody who reaches this address is answered")

    @flask.post("/alexa")
    def alexa() -> Response | tuple[Response, int, dict[str, str]]:
        body = request.get_data()
        try:
            event = judge.verify(dict(request.headers), body) if judge else parsed(body)
            return Response(orjson.dumps(_answered(skill, event)), headers=NO_CACHE, mimetype="application/json")
        except (Rejected, Foreign) as rejected:
            log.warning("rejected: %s", rejected)
            return jsonify(error=str(rejected)), 400, NO_CACHE

    @flask.get("/healthz")
    def health() -> dict[str, Any]:
        return {"ok": True}

    if simulator:
        _add_simulator(flask)
    return flask


def _answered(skill: Skill, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request, with a line about the turn in the log."""
    began = perf_counter()
    given = skill(event)
    spent = 1000 * (perf_counter() - began)
    line = orjson.dumps(journal.entry(event, given, spent, datetime.now(UTC)))
    print(line.decode(), flush=True)  # noqa: T201  # the log
    return given


def _add_simulator(flask: Flask) -> None:
    """The simulator's page, and the routes of `ask dialog`; imported only where they're asked for."""
    from skill.simulator.page import page  # noqa: PLC0415
    from skill.simulator.smapi import smapi  # noqa: PLC0415
    from skill.workshop import Workshop  # noqa: PLC0415

    workshop = Workshop(patient=False)
    flask.register_blueprint(page(workshop.shop))
    flask.register_blueprint(smapi(workshop.speaker, workshop.listen, workshop.locales))
    Thread(target=workshop.warm_up, daemon=True).start()


def serve(host: str, port: int | None, *, verify: bool) -> int:
    """Serves until interrupted, on loopback with the simulator's page.

    Without a port it takes the first that is free from `PORT` on. Raises `ValueError` for an unverified server that
    others could reach, and `OSError` for a port that is taken.
    """
    if not verify and host not in LOOPBACK:
        raise ValueError(f"--unverified answers anybody, so it is for loopback only, not for {host}")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    flask = create_app(verify=verify, simulator=host in LOOPBACK)
    with closing(_bound(host, port)) as door:
        at = f"http://{f'[{host}]' if ':' in host else host}:{door.getsockname()[1]}"
        server = make_server(host, door.getsockname()[1], flask, threaded=True, fd=door.fileno())
        print(_welcome(at, page=host in LOOPBACK, verify=verify), flush=True)  # noqa: T201  # whoever started it reads it
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


def _bound(host: str, port: int | None) -> socket.socket:
    """A socket at a port that was free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in [port] if port is not None else range(PORT, PORT + 20):
        door = socket.socket(family)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, each))
        except OSError as error:
            door.close()
            taken = error
        else:
            door.listen()
            return door
    raise OSError(f"port {port or PORT} can't be had on {host} ({taken.strerror}); name another one with --port")


def _welcome(at: str, *, page: bool, verify: bool) -> str:
    lines = [f"Talk to Back Coach in a browser: {at}"] if page else ["The simulator's page is for loopback only."]
    signed = "" if verify else ", signed or not"
    return "\n".join([*lines, f"Alexa's requests are answered at {at}/alexa{signed}. Ctrl-C ends it."])
