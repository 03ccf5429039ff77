"""What a verifier says to a request, and the bucket that it fetches certificates from."""

from __future__ import annotations

import json
from typing import Any

from skill.alexa.verify import Rejected, Verifier
from tests.alexa import authority
from tests.alexa.authority import NOW, SKILL, Post, pem


class Bucket:
    """Where certificates lie; counts who comes."""

    def __init__(self, chain: bytes) -> None:
        self.chain = chain
        self.visits: list[str] = []

    def __call__(self, address: str) -> bytes:
        """The chain, whatever the address."""
        self.visits.append(address)
        return self.chain


def verdict(post: Post, **settings: Any) -> str:
    """What a new verifier says to a request."""
    settings = {"fetch": Bucket(post.chain), "now": lambda: NOW, "application_id": SKILL, **settings}
    return taken(Verifier(pem(authority.root()), **settings), post)


def taken(verifier: Verifier, post: Post) -> str:
    """The word "accepted", or why not."""
    headers, body = post.arriving()
    try:
        parsed = verifier.verify(headers, body)
    except Rejected as rejected:
        return str(rejected)
    assert parsed == json.loads(body)
    return "accepted"
