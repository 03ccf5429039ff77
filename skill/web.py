"""Flask's entry: the skill on a server of one's own.

Rule 1: a request that isn't proven to come from Amazon is 400, with one log line; never 500.
Rule 2: verification can be left out on loopback only, and it says so loudly.
Settings come from the environment: SKILL_ID (whose requests are answered), BACK_COACH_DB (the profiles' file).
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request

from skill import app as parts
from skill.alexa.skill import Foreign
from skill.alexa.verify import Rejected, Verifier, default_roots, parsed
from skill.store.users import SqliteUsers

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
"""Bytes; Alexa's requests are a tenth of that."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")

NO_CACHE = {"Cache-Control": "no-store"}


def create_app(verifier: Verifier | None = None, *, verify: bool = True, database: Path | None = None) -> Flask:
    """The web application; `gunicorn "skill.web:create_app()"` serves it.

    `verifier` replaces the one that trusts Amazon's public roots. With `verify=False` anybody's request is
    answered: for loopback only.
    """
    flask = Flask(__name__)
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    skill_id = os.environ.get("SKILL_ID") or None
    users = SqliteUsers(database or Path(os.environ.get("BACK_COACH_DB", "back-coach.db")))
    skill = parts.skill(users, skill_id)
    judge = (verifier or Verifier(default_roots(), application_id=skill_id)) if verify else None
    if judge is None:
        log.warning("REQUESTS ARE NOT VERIFIED: anybody who reaches this address is answered")

    @flask.post("/alexa")
    def alexa() -> tuple[Response, int, dict[str, str]]:
        body = request.get_data()
        try:
            event = judge.verify(dict(request.headers), body) if judge else parsed(body)
            return jsonify(skill(event)), 200, NO_CACHE
        except (Rejected, Foreign) as rejected:
            log.warning("rejected: %s", rejected)
            return jsonify(error=str(rejected)), 400, NO_CACHE

    @flask.get("/healthz")
    def health() -> dict[str, Any]:
        return {"ok": True}

    return flask


def serve(host: str, port: int, *, verify: bool) -> int:
    """Serves until interrupted; raises `ValueError` for an unverified server that others could reach."""
    if not verify and host not in LOOPBACK:
        raise ValueError(f"--unverified answers anybody, so it is for loopback only, not for {host}")
    create_app(verify=verify).run(host=host, port=port, threaded=True)
    return 0
