"""Is this request really Alexa's? What an endpoint on the open web checks before it reads a word.

Rule 1: from the outside in: headers and address, certificate, signature; only then the body is parsed,
and its time and its skill are compared (Amazon's "verify that the request was sent by Alexa").
Rule 2: the signature is over the raw bytes; nobody decodes them before it holds.
Rule 3: whatever is wrong ends in `Rejected`, and its reason repeats nothing of the request.
Rule 4: the sender never decides how much is read, how long we wait or how much is remembered.
"""

from __future__ import annotations

import base64
import posixpath
import re
import threading
import urllib.request
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import orjson
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.alexa.envelope import at, is_for

HOST = "s3.amazonaws.com"
"""Where Amazon keeps the certificates that requests are signed with."""

PATH = re.compile(r"/echo\.api/[\w.~+/-]+", re.ASCII)
"""A certificate's path there, normalised. Case matters; `%` and the like have no place in it."""

SIGNER = "echo-api.amazon.com"
"""Whom the certificate must name, letter by letter: `*.amazon.com` is not enough."""

LONGEST_HEADER = 2_048
LARGEST_BODY = 256 * 1024
LARGEST_CHAIN = 64 * 1024
"""Bytes; each is several times what Amazon sends."""

MOST_KEYS = 16
KEY_LIFE = timedelta(hours=1)
"""How many certificates are remembered, and how long at most."""

TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(seconds=3600)
"""How far a request's time may be from ours; skill events (enabled, disabled …) are delivered late."""


class Reason(StrEnum):
    """Why a request is not taken, in the order in which it is looked at."""

    HEADERS = "headers"
    """The address or the signature is missing or too long."""
    URL = "url"
    """The address is none of Amazon's."""
    ENCODING = "encoding"
    """The signature is not base64."""
    SIZE = "size"
    """The body is larger than any request of Alexa's."""
    FETCH = "fetch"
    """The certificate did not come, or too much did."""
    CERTIFICATE = "certificate"
    """What came is not a certificate."""
    CHAIN = "chain"
    """The certificate leads to no root we trust, is out of date, or is somebody else's."""
    NAME = "name"
    """It names Alexa's signer by a wildcard only."""
    USAGE = "usage"
    """It is not meant for signing."""
    KEY = "key"
    """Its key is not RSA."""
    SIGNATURE = "signature"
    """The body is not what was signed, or not by this key."""
    JSON = "json"
    """The body is not JSON in UTF-8."""
    ENVELOPE = "envelope"
    """It is JSON, but no request."""
    TIMESTAMP = "timestamp"
    """It is too old, from the future, or without a time."""
    APPLICATION = "application"
    """It is meant for another skill."""


class Rejected(Exception):
    """A request that is not Alexa's, or not for us. The answer is HTTP 400."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


Fetch = Callable[[str], bytes]
"""An address → what lies there; raises OSError where nothing does."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the address was checked, where it leads was not."""


def fetch(address: str, patience: float = 3.0) -> bytes:
    """What lies at an address, but hardly more than a chain may have."""
    with urllib.request.build_opener(_NoRedirect).open(address, timeout=patience) as answer:
        taken: bytes = answer.read(LARGEST_CHAIN + 1)
    return taken


def default_roots() -> bytes:
    """The roots that browsers trust, Amazon's among them, as PEM."""
    return Path(certifi.where()).read_bytes()


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that was found to be Alexa's."""

    public: RSAPublicKey
    until: datetime
    """When its certificate must be looked at again."""


class Verifier:
    """Tells Alexa's requests from everybody else's. One a process; may be used by many threads."""

    def __init__(
        self,
        roots_pem: bytes,
        fetch: Fetch = fetch,
        now: Callable[[], datetime] = utc_now,
        application_id: str | None = None,
        tolerance: timedelta = TOLERANCE,
    ) -> None:
        self._store = _trusted(roots_pem)
        self._fetch = fetch
        self._now = now
        self._application_id = application_id
        self._tolerance = tolerance
        self._keys: dict[str, _Key] = {}
        self._lock = threading.Lock()

    def verify(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The request, parsed; raises `Rejected`."""
        now = self._now()
        address, signature = _address_and_signature(headers)
        if len(body) > LARGEST_BODY:
            raise Rejected(Reason.SIZE)
        try:
            self._key(address, now).verify(signature, body, PKCS1v15(), SHA256())
        except InvalidSignature:
            raise Rejected(Reason.SIGNATURE) from None
        envelope = parsed(body)
        self._check_time(envelope["request"], now)
        self._check_application(envelope)
        return envelope

    def _key(self, address: str, now: datetime) -> RSAPublicKey:
        known = self._keys.get(address)
        if known is None or known.until <= now:
            known = self._examined(address, now)
            self._remember(address, known)
        return known.public

    def _examined(self, address: str, now: datetime) -> _Key:
        leaf, *others = self._fetched(address)
        try:
            policy = PolicyBuilder().store(self._store).time(now)
            path = policy.build_server_verifier(x509.DNSName(SIGNER)).verify(leaf, others)
        except VerificationError:
            raise Rejected(Reason.CHAIN) from None
        return _Key(_signing_key(leaf), min(now + KEY_LIFE, *(link.not_valid_after_utc for link in path)))

    def _fetched(self, address: str) -> list[x509.Certificate]:
        try:
            pem = self._fetch(address)
        except (OSError, HTTPException):
            raise Rejected(Reason.FETCH) from None
        if len(pem) > LARGEST_CHAIN:
            raise Rejected(Reason.FETCH)
        try:
            return x509.load_pem_x509_certificates(pem)
        except ValueError:
            raise Rejected(Reason.CERTIFICATE) from None

    def _remember(self, address: str, key: _Key) -> None:
        with self._lock:
            self._keys.pop(address, None)
            while len(self._keys) >= MOST_KEYS:
                del self._keys[next(iter(self._keys))]  # the oldest
            self._keys[address] = key

    def _check_time(self, request: Mapping[str, Any], now: datetime) -> None:
        tolerance = EVENT_TOLERANCE if request["type"].startswith("AlexaSkillEvent.") else self._tolerance
        if abs(now - _moment(request.get("timestamp"))) > tolerance:
            raise Rejected(Reason.TIMESTAMP)

    def _check_application(self, envelope: Mapping[str, Any]) -> None:
        if self._application_id is not None and not is_for(self._application_id, envelope):
            raise Rejected(Reason.APPLICATION)


def _trusted(roots_pem: bytes) -> Store:
    with warnings.catch_warnings():
        # some old roots have a serial number that today's rules forbid; they are trusted all the same
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return Store(x509.load_pem_x509_certificates(roots_pem))


def _address_and_signature(headers: Mapping[str, str]) -> tuple[str, bytes]:
    lowered = {name.lower(): value for name, value in headers.items()}
    url, signature = lowered.get("signaturecertchainurl", ""), lowered.get("signature-256", "")
    if not (0 < len(url) <= LONGEST_HEADER and 0 < len(signature) <= LONGEST_HEADER):
        raise Rejected(Reason.HEADERS)
    address = _address(url)
    try:
        return address, base64.b64decode(signature, validate=True)
    except ValueError:
        raise Rejected(Reason.ENCODING) from None


def _address(url: str) -> str:
    """The address to fetch, built anew: nothing of the sender's remains but a normal path."""
    try:
        parts = urlsplit(url)
        server = parts.scheme, parts.hostname, 443 if parts.port is None else parts.port
    except ValueError:  # no port has that number, no host those brackets
        raise Rejected(Reason.URL) from None
    path = posixpath.normpath(parts.path)
    if server != ("https", HOST, 443) or "@" in parts.netloc or not PATH.fullmatch(path):
        raise Rejected(Reason.URL)
    return f"https://{HOST}{path}"


def _signing_key(leaf: x509.Certificate) -> RSAPublicKey:
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if SIGNER not in names.get_values_for_type(x509.DNSName):
        raise Rejected(Reason.NAME)
    usage = [each.value for each in leaf.extensions if isinstance(each.value, x509.KeyUsage)]
    if not any(each.digital_signature for each in usage):
        raise Rejected(Reason.USAGE)
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey):
        raise Rejected(Reason.KEY)
    return key


def parsed(body: bytes) -> dict[str, Any]:
    """The request in a body; raises `Rejected` where there is none."""
    try:
        envelope: dict[str, Any] = orjson.loads(body)
    except ValueError:
        raise Rejected(Reason.JSON) from None
    if not isinstance(at(envelope, "request", "type"), str):
        raise Rejected(Reason.ENVELOPE)
    return envelope


def _moment(stamp: object) -> datetime:
    try:
        moment = datetime.fromisoformat(stamp if isinstance(stamp, str) else "")
    except ValueError:
        raise Rejected(Reason.TIMESTAMP) from None
    if moment.tzinfo is None:
        raise Rejected(Reason.TIMESTAMP)
    return moment
