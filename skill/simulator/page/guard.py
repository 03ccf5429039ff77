"""Who may use the simulator's page: a browser on this machine, at this page, and nothing else.

Rule 1: it answers to this machine's own names alone, so that no name on the net can be pointed at it.
Rule 2: whatever changes something carries the token that only the page itself was given.
Rule 3: the page loads nothing from anywhere else; a browser is told so.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from secrets import token_urlsafe

from flask import Blueprint, Response, jsonify, request

LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)
"""This machine's own names, as a request's Host has them."""

TOKEN = "X-Back-Coach-Token"  # noqa: S105  # a header's name
"""Where a request carries the token."""

PAGE = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
        "connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'")
SCREEN = ("default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data:; connect-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'self'")
"""What either page may load. Amazon's renderer makes functions from text, and writes styles."""

Refused = tuple[Response, int]


def only_local() -> Refused | None:
    """Before a request: refused unless it came by a name of this machine."""
    if LOOPBACK.fullmatch(request.host):
        return None
    return jsonify(error="The simulator answers on this machine only, as http://127.0.0.1 or http://localhost."), 403


def guard(blueprint: Blueprint) -> str:
    """Puts a blueprint under guard; gives the token that its page hands on."""
    token = token_urlsafe(24)
    blueprint.before_request(only_local)
    blueprint.before_request(_only_with(token))
    blueprint.after_request(_told)
    return token


def _only_with(token: str) -> Callable[[], Refused | None]:
    def check() -> Refused | None:
        given = request.headers.get(TOKEN, "")
        if request.method in ("GET", "HEAD") or hmac.compare_digest(given.encode(), token.encode()):
            return None
        return jsonify(error="This page is older than the server; load it again.", stale=True), 403

    return check


def _told(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", PAGE)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
