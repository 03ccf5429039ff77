"""A certificate authority of our own, and requests signed the way Alexa signs hers.

Every certificate and every request is good unless told otherwise, so that a test names only what is wrong.
Keys are made once a run and known by a name: whoever has the same name has the same key.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
SIGNER = "echo-api.amazon.com"
SKILL = "amzn1.ask.skill.back-coach"
HOST = "https://s3.amazonaws.com"
ADDRESS = f"{HOST}/echo.api/echo-api-cert.pem"

NO_SIGNING = ("key_encipherment",)
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@cache
def rsa_key(_name: str) -> rsa.RSAPrivateKey:
    """The RSA key of that name."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@cache
def curve_key(_name: str) -> ec.EllipticCurvePrivateKey:
    """The elliptic-curve key of that name."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a certificate is to be: by default one that signs Alexa's requests."""

    name: str = "signer"
    """Whose it is; also the name of the key."""
    issuer: str = "intermediate"
    """Whose key signs it; the same as `name` for a root."""
    hosts: Sequence[str] = (SIGNER,)
    """What the alternative names say; none, and the extension is left out."""
    authority: bool = False
    """May it issue others?"""
    since: datetime = NOW - YEAR
    until: datetime = NOW + YEAR
    uses: Sequence[str] | None = ("digital_signature", "key_encipherment")
    """Key usage; None leaves the extension out."""
    purpose: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.SERVER_AUTH
    """Extended key usage; None leaves the extension out."""
    curve: bool = False
    """An elliptic-curve key in place of RSA."""


def issue(wish: Wish) -> x509.Certificate:
    """The certificate wished for."""
    public = (curve_key(wish.name) if wish.curve else rsa_key(wish.name)).public_key()
    issuer = rsa_key(wish.issuer)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_called(wish.name))
        .issuer_name(_called(wish.issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(wish.since)
        .not_valid_after(wish.until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(ca=wish.authority, path_length=None), critical=True)
    )
    for extension in _wished(wish):
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.KeyUsage))
    return builder.sign(issuer, SHA256())


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _wished(wish: Wish) -> list[x509.ExtensionType]:
    extensions: list[x509.ExtensionType] = []
    if wish.hosts:
        extensions.append(x509.SubjectAlternativeName([x509.DNSName(host) for host in wish.hosts]))
    if wish.uses is not None:
        extensions.append(x509.KeyUsage(**{use: use in wish.uses for use in USES}))
    if wish.purpose:
        extensions.append(x509.ExtendedKeyUsage([wish.purpose]))
    return extensions


def authority(name: str, issuer: str, **wishes: Any) -> x509.Certificate:
    """The certificate of somebody who may issue others."""
    uses = ("key_cert_sign", "crl_sign", "digital_signature")
    return issue(Wish(name=name, issuer=issuer, authority=True, hosts=(), uses=uses, purpose=None, **wishes))


@cache
def root() -> x509.Certificate:
    """The root that everything good leads to."""
    return authority("root", "root")


@cache
def intermediate() -> x509.Certificate:
    """Between the root and the signers."""
    return authority("intermediate", "root")


@cache
def signer() -> x509.Certificate:
    """The good certificate."""
    return issue(Wish())


def pem(*certificates: x509.Certificate) -> bytes:
    """A chain as it lies on a server."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def chain(**wishes: Any) -> bytes:
    """A chain whose signer is as wished."""
    return pem(issue(Wish(**wishes)), intermediate())


def misused(**wishes: Any) -> bytes:
    """A chain in which a signer has issued a signer."""
    return pem(
        issue(Wish(name="signer", issuer="middle")),
        issue(Wish(name="middle", **wishes)),
        intermediate(),
    )


@cache
def good_chain() -> bytes:
    """The good signer and its intermediate."""
    return pem(signer(), intermediate())


def envelope(**request: Any) -> dict[str, Any]:
    """A request for our skill; what is given goes into its `request`."""
    application = {"applicationId": SKILL}
    return {
        "version": "1.0",
        "session": {"new": True, "application": application},
        "context": {"System": {"application": application}},
        "request": {"type": "LaunchRequest", "timestamp": NOW.isoformat(), **request},
    }


def sent(seconds: float, kind: str = "LaunchRequest") -> bytes:
    """The body of a request sent that many seconds from now."""
    return as_body(envelope(type=kind, timestamp=(NOW + timedelta(seconds=seconds)).isoformat()))


def meant_for(*, system: object = None, session: object = None) -> bytes:
    """The body of a request that names skills so, and only so."""
    places = {
        "context": {"System": {"application": {"applicationId": system}}} if system else {},
        "session": {"application": {"applicationId": session}} if session else None,
    }
    return as_body(envelope() | places)


def as_body(document: object) -> bytes:
    """A document as bytes."""
    return json.dumps(document, ensure_ascii=False).encode()


@dataclass(frozen=True, kw_only=True)
class Post:
    """A request on its way to the endpoint."""

    body: bytes = field(default_factory=lambda: as_body(envelope()))
    """What is signed."""
    altered: bytes | None = None
    """What arrives, where it is something else."""
    chain: bytes = field(default_factory=good_chain)
    """What lies at the address."""
    key: str = "signer"
    """Whose key signs."""
    digest: HashAlgorithm = field(default_factory=SHA256)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """Headers in place of the good ones; None leaves one out."""

    def arriving(self) -> tuple[dict[str, str], bytes]:
        """Headers and body as the endpoint gets them."""
        signature = rsa_key(self.key).sign(self.body, padding.PKCS1v15(), self.digest)
        headers = {"SignatureCertChainUrl": ADDRESS, "Signature-256": base64.b64encode(signature).decode()}
        kept = {name: value for name, value in {**headers, **self.headers}.items() if value is not None}
        return kept, self.body if self.altered is None else self.altered


def at(url: str) -> Post:
    """A good request whose certificate is said to lie there."""
    return Post(headers={"SignatureCertChainUrl": url})
