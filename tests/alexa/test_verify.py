"""Whose request is it? Every way to be, and not to be, Alexa."""

from __future__ import annotations

import base64
import json
from datetime import UTC, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.verify import LARGEST_BODY, LARGEST_CHAIN, Reason, Rejected, Verifier, default_roots, utc_now
from tests.alexa import authority
from tests.alexa.authority import (
    ADDRESS,
    DAY,
    HOST,
    NO_SIGNING,
    NOW,
    SIGNER,
    SKILL,
    Post,
    at,
    chain,
    envelope,
    meant_for,
    misused,
    pem,
    sent,
)
from tests.alexa.verdicts import Bucket, taken, verdict


def lower_case() -> Post:
    """A good request, its headers' names in lower case."""
    headers, _ = Post().arriving()
    return Post(headers={**dict.fromkeys(headers), **{name.lower(): value for name, value in headers.items()}})


def old_signature() -> Post:
    """A request with the signature that Amazon has given up."""
    headers, _ = Post().arriving()
    return Post(headers={"Signature": headers["Signature-256"], "Signature-256": None})


ACCEPTED = {
    "good": Post(),
    "the root comes along": Post(chain=pem(authority.signer(), authority.intermediate(), authority.root())),
    "one name of several": Post(chain=chain(hosts=("other.amazon.com", SIGNER))),
    "headers in lower case": lower_case(),
    "letters beyond ASCII": Post(body=authority.as_body(envelope(locale="日本 café"))),
    "port 443": at(f"{HOST}:443/echo.api/cert.pem"),
    "host in capitals": at("HTTPS://S3.AmazonAWS.com/echo.api/cert.pem"),
    "there and back": at(f"{HOST}/echo.api/../echo.api/cert.pem"),
    "a fragment": at(f"{ADDRESS}#part"),
    "149 seconds old": Post(body=sent(-149)),
    "150 seconds old": Post(body=sent(-150)),
    "150 seconds ahead": Post(body=sent(150)),
    "event 3600 seconds old": Post(body=sent(-3600, "AlexaSkillEvent.SkillEnabled")),
    "time in Amazon's form": Post(body=authority.as_body(envelope(timestamp="2026-03-01T12:00:00Z"))),
    "named in the context only": Post(body=meant_for(system=SKILL)),
    "named in the session only": Post(body=meant_for(session=SKILL)),
    "no purpose stated": Post(chain=chain(purpose=None)),
    "intermediates out of order": Post(chain=pem(authority.signer(), authority.root(), authority.intermediate())),
    "root signed by a stranger too": Post(chain=authority.good_chain() + pem(authority.authority("root", "stranger"))),
    "and that has expired": Post(
        chain=authority.good_chain() + pem(authority.authority("root", "stranger", until=NOW - DAY))
    ),
}

REJECTED = {
    Reason.HEADERS: {
        "no headers": Post(headers={"SignatureCertChainUrl": None, "Signature-256": None}),
        "no address": Post(headers={"SignatureCertChainUrl": None}),
        "only the old signature": old_signature(),
        "empty signature": Post(headers={"Signature-256": ""}),
        "endless signature": Post(headers={"Signature-256": "A" * 4096}),
        "endless address": at(ADDRESS + "x" * 4096),
    },
    Reason.URL: {
        "http": at("http://s3.amazonaws.com/echo.api/cert.pem"),
        "a file": at("file:///echo.api/cert.pem"),
        "another host": at("https://notamazon.com/echo.api/cert.pem"),
        "host goes on": at(f"{HOST}.evil.com/echo.api/cert.pem"),
        "path in capitals": at(f"{HOST}/EcHo.aPi/cert.pem"),
        "another path": at(f"{HOST}/invalid.path/cert.pem"),
        "path goes on": at(f"{HOST}/echo.apis/cert.pem"),
        "the folder itself": at(f"{HOST}/echo.api/"),
        "out of the folder": at(f"{HOST}/echo.api/../evil/cert.pem"),
        "out of it, disguised": at(f"{HOST}/echo.api/%2e%2e/evil/cert.pem"),
        "out of it, backwards": at(f"{HOST}/echo.api/..\\evil\\cert.pem"),
        "two slashes": at(f"{HOST}//echo.api/cert.pem"),
        "port 563": at(f"{HOST}:563/echo.api/cert.pem"),
        "port 0": at(f"{HOST}:0/echo.api/cert.pem"),
        "port 99999": at(f"{HOST}:99999/echo.api/cert.pem"),
        "port in words": at(f"{HOST}:https/echo.api/cert.pem"),
        "open bracket": at("https://[bad/echo.api/cert.pem"),
        "a user": at("https://user@s3.amazonaws.com/echo.api/cert.pem"),
        "a user without a name": at("https://@s3.amazonaws.com/echo.api/cert.pem"),
        "a line break": at(f"{HOST}/echo.api/ cert.pem\r\nHost: evil"),
        "a letter beyond ASCII": at(f"{HOST}/echo.api/cért.pem"),
    },
    Reason.ENCODING: {
        "no base64": Post(headers={"Signature-256": "*" * 344}),
        "cut base64": Post(headers={"Signature-256": "abcde"}),
        "beyond ASCII": Post(headers={"Signature-256": "é" * 344}),
    },
    Reason.SIZE: {"endless body": Post(body=b" " * (LARGEST_BODY + 1))},
    Reason.FETCH: {"endless chain": Post(chain=authority.good_chain() + b"\n" * LARGEST_CHAIN)},
    Reason.CERTIFICATE: {
        "empty": Post(chain=b""),
        "garbage": Post(chain=b"<html>Access denied</html>"),
        "garbage in PEM": Post(chain=b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        "cut off": Post(chain=authority.good_chain()[:400]),
    },
    Reason.CHAIN: {
        "another name": Post(chain=chain(hosts=("api.amazon.com",))),
        "name in the subject only": Post(chain=chain(name=SIGNER, hosts=()), key=SIGNER),
        "expired": Post(chain=chain(until=NOW - DAY)),
        "not yet valid": Post(chain=chain(since=NOW + DAY)),
        "no intermediate": Post(chain=pem(authority.signer())),
        "expired intermediate": Post(
            chain=pem(authority.signer(), authority.authority("intermediate", "root", until=NOW - DAY))
        ),
        "a stranger's root": Post(
            chain=pem(authority.signer(), authority.authority("intermediate", "stranger"))
            + pem(authority.authority("stranger", "stranger"))
        ),
        "signed by itself": Post(chain=chain(issuer="signer")),
        "issued by a signer": Post(chain=misused()),
        "issued by a signer who claims to sign others": Post(chain=misused(uses=("key_cert_sign",))),
        "intermediate first": Post(chain=pem(authority.intermediate(), authority.signer())),
        "for clients": Post(chain=chain(purpose=ExtendedKeyUsageOID.CLIENT_AUTH)),
    },
    Reason.NAME: {"any of Amazon's": Post(chain=chain(hosts=("*.amazon.com",)))},
    Reason.USAGE: {
        "not for signing": Post(chain=chain(uses=NO_SIGNING)),
        "use unstated": Post(chain=chain(uses=None)),
    },
    Reason.KEY: {"elliptic curve": Post(chain=chain(curve=True))},
    Reason.SIGNATURE: {
        "one byte changed": Post(altered=authority.as_body(envelope()).replace(b"Launch", b"launch")),
        "one byte added": Post(altered=authority.as_body(envelope()) + b" "),
        "another key": Post(key="stranger"),
        "SHA-1": Post(digest=SHA1()),
        "too short": Post(headers={"Signature-256": base64.b64encode(b"short").decode()}),
        "unsigned nonsense": Post(altered=b"\xff{"),
    },
    Reason.JSON: {
        "empty": Post(body=b""),
        "no JSON": Post(body=b"{'request': 1}"),
        "not UTF-8": Post(body=b'{"request": "\xff"}'),
        "UTF-16": Post(body=json.dumps(envelope()).encode("utf-16")),
        "not a number": Post(body=b'{"request": {"type": "LaunchRequest", "n": NaN}}'),
        "too deep": Post(body=b"[" * 100_000),
    },
    Reason.ENVELOPE: {
        "a list": Post(body=b"[]"),
        "a number": Post(body=b"1"),
        "no request": Post(body=b"{}"),
        "request is a word": Post(body=b'{"request": "LaunchRequest"}'),
        "type is no word": Post(body=b'{"request": {"type": 1}}'),
    },
    Reason.TIMESTAMP: {
        "151 seconds old": Post(body=sent(-151)),
        "160 seconds ahead": Post(body=sent(160)),
        "event 3601 seconds old": Post(body=sent(-3601, "AlexaSkillEvent.SkillEnabled")),
        "something like an event": Post(body=sent(-200, "AlexaSkillEvents")),
        "no time": Post(body=b'{"request": {"type": "LaunchRequest"}}'),
        "a number": Post(body=authority.as_body(envelope(timestamp=1_772_366_400))),
        "no zone": Post(body=authority.as_body(envelope(timestamp="2026-03-01T12:00:00"))),
        "nonsense": Post(body=authority.as_body(envelope(timestamp="noon"))),
        "the first hour there was": Post(body=authority.as_body(envelope(timestamp="0001-01-01T00:00:00+14:00"))),
    },
    Reason.APPLICATION: {
        "another skill": Post(body=meant_for(system="other", session="other")),
        "another in the context": Post(body=meant_for(system="other", session=SKILL)),
        "another in the session": Post(body=meant_for(system=SKILL, session="other")),
        "none named": Post(body=meant_for()),
        "a list": Post(body=meant_for(system=[SKILL])),
    },
}

TABLE = [pytest.param(post, "accepted", id=f"accepted: {case}") for case, post in ACCEPTED.items()] + [
    pytest.param(post, reason, id=f"{reason}: {case}")
    for reason, cases in REJECTED.items()
    for case, post in cases.items()
]


@pytest.mark.parametrize(("post", "expected"), TABLE)
def test_verdict(post: Post, expected: str) -> None:
    """Alexa's requests are taken, and nobody else's, each for its own reason."""
    assert verdict(post) == expected


def test_every_reason_has_a_case() -> None:
    """There is no reason that the table does not show."""
    assert set(REJECTED) == set(Reason)


def test_no_application_asked_for() -> None:
    """Without an application id of our own, any skill's request is taken."""
    assert verdict(Post(body=meant_for(system="other")), application_id=None) == "accepted"


def test_tolerance_is_a_setting() -> None:
    """Whoever wants to be stricter about time may be."""
    assert verdict(Post(body=sent(-2)), tolerance=timedelta(seconds=1)) == "timestamp"


def test_clock_in_another_zone() -> None:
    """It is the same moment everywhere."""
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))

    assert verdict(Post(), now=lambda: tokyo) == "accepted"
    assert verdict(Post(chain=chain(until=NOW - timedelta(hours=1))), now=lambda: tokyo) == "chain"


def test_default_roots() -> None:
    """The roots that browsers trust load without a warning, and do not vouch for a stranger."""
    verifier = Verifier(default_roots(), Bucket(authority.good_chain()), lambda: NOW)

    assert taken(verifier, Post()) == "chain"


def test_default_clock() -> None:
    """The clock we go by when none is given knows its zone."""
    assert utc_now().tzinfo is UTC


def test_reason_repeats_nothing() -> None:
    """What goes to the log is the reason and nothing that was sent."""
    headers, body = Post(body=meant_for(system="a-secret")).arriving()

    with pytest.raises(Rejected) as caught:
        Verifier(pem(authority.root()), Bucket(authority.good_chain()), lambda: NOW, SKILL).verify(headers, body)

    assert caught.value.args == ("application",)
    assert caught.value.__cause__ is None


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.binary()
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.dictionaries(
            st.sampled_from(
                ["request", "context", "session", "System", "application", "applicationId", "type", "timestamp"]
            ),
            inner,
        ),
    ).map(authority.as_body)
)
def test_any_body(body: bytes) -> None:
    """Whatever the body, there is a verdict and never a crash."""
    assert verdict(Post(body=body)) in {"json", "envelope", "timestamp"}
