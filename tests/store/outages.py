"""Servers in DynamoDB's place: each out of order in its own way, all the time, for some operations or but once."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from tests.cloud import Answering, Place, always, answering, closed, document, error, hanging, passed_on, replying
from tests.store.items import as_item


def meddling(moto: str, first: Answering) -> Place:
    """moto, but for the first write: that is answered like this."""
    left = [first]

    def answer(operation: str, body: bytes) -> Response:
        if operation == "UpdateItem" and left:
            return left.pop()(operation, body)
        return passed_on(moto, body)

    return lambda: answering(answer)


def body(content: bytes, status: int = 200) -> Place:
    """A server that answers this to everything."""
    return always(lambda: Response(content, status))


def of(answers: Mapping[str, Response], other: Response) -> Place:
    """A server that answers some operations well."""
    return lambda: answering(lambda operation, _body: answers.get(operation, other))


DOWN: Mapping[str, Place] = {
    "nobody there": closed,
    "hangs": hanging,
    "hangs up": lambda: replying(b""),
    "another protocol": lambda: replying(b"SSH-2.0-OpenSSH_9.7\r\n"),
    "cut short": lambda: replying(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"),
    "server error": always(lambda: error("InternalServerError", 500)),
    "a proxy's error": body(b"<html>Bad Gateway</html>", 502),
    "elsewhere": always(lambda: Response(status=307, headers={"Location": "http://127.0.0.1:9/"})),
    "throttled": always(lambda: error("ProvisionedThroughputExceededException")),
    "denied": always(lambda: error("AccessDeniedException")),
    "no table": always(lambda: error("ResourceNotFoundException")),
    "clock is wrong": always(lambda: error("RequestExpired")),
    "signature is wrong": always(lambda: error("InvalidSignatureException")),
    "token is over": always(lambda: error("ExpiredTokenException")),
    "never as it was": always(lambda: error("ConditionalCheckFailedException")),
    "nothing": body(b""),
    "a page": body(b"<html>Welcome to the hotel's WLAN</html>"),
    "half of it": body(b'{"Item": {'),
    "not text": body(b"\xff\xfe"),
    "deep": body(b"[" * 100_000),
    "a list": always(lambda: document([])),
    "null": always(lambda: document(None)),
    "a number": always(lambda: document(7)),
    "an empty document": always(lambda: document({})),
    "a health check": always(lambda: document({"status": "ok"})),
    "no name": always(lambda: document({"ConsumedCapacity": None})),
    "no document in it": always(lambda: document({"ConsumedCapacity": 7})),
    "another table": always(lambda: document({"ConsumedCapacity": {"TableName": "others"}, "Item": as_item()})),
}
