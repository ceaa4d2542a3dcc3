"""An authenticator in software, which does what it is told, also what no real one would.

It is written from W3C Web Authentication, Level 3, and knows nothing of Stonks: it takes the
options that a browser would be given and answers what ``toJSON()`` gives in a browser.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

ES256, EDDSA, RS256 = -7, -8, -257
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED, EXTENDED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
ORIGIN = "http://localhost:8000"

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def raw(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


@dataclass(slots=True)
class Credential:
    """One key pair, for one person at one relying party."""

    id: bytes
    private: PrivateKey
    rp_id: str
    handle: bytes
    count: int = 0

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(SHA256()))
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(data)


@dataclass(slots=True)
class Authenticator:
    """Makes and shows passkeys; every field may be set to what it should not be.

    ``counts`` is how far the counter goes at each use. What is not None below is said in place of
    the truth.
    """

    algorithm: int = ES256
    is_present: bool = True
    is_verified: bool = True
    is_eligible: bool = True
    is_backed_up: bool = True
    counts: int = 1
    origin: str = ORIGIN
    rp_id: str | None = None
    challenge: bytes | None = None
    type: str | None = None
    handle: bytes | None = None
    client: Mapping[str, Any] = field(default_factory=dict)
    format: str = "none"
    extensions: Mapping[str, Any] = field(default_factory=dict)
    credentials: list[Credential] = field(default_factory=list)

    def create(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What ``navigator.credentials.create`` gives for ``publicKey``."""
        made = Credential(
            token_bytes(32),
            _new_key(self.algorithm),
            options["rp"]["id"],
            raw(options["user"]["id"]),
        )
        self.credentials.append(made)
        client_data = self._client_data("webauthn.create", options["challenge"])
        data = self._data(made, ATTESTED) + _attested(made) + self._extended()
        statement = self._statement(made, data + sha256(client_data).digest())
        attestation = {"fmt": self.format, "attStmt": statement, "authData": data}
        return _credential(
            made,
            clientDataJSON=text(client_data),
            attestationObject=text(cbor2.dumps(attestation)),
            transports=["internal", "hybrid"],
        )

    def get(self, options: Mapping[str, Any], own: Credential | None = None) -> dict[str, Any]:
        """What ``navigator.credentials.get`` gives for ``publicKey``."""
        shown = own or self._choose(options)
        shown.count += self.counts
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(shown, 0) + self._extended()
        handle = shown.handle if self.handle is None else self.handle
        return _credential(
            shown,
            clientDataJSON=text(client_data),
            authenticatorData=text(data),
            signature=text(shown.sign(data + sha256(client_data).digest())),
            userHandle=text(handle),
        )

    def _choose(self, options: Mapping[str, Any]) -> Credential:
        allowed = {raw(one["id"]) for one in options["allowCredentials"]}
        mine = [one for one in self.credentials if not allowed or one.id in allowed]
        return mine[-1]

    def _client_data(self, type_: str, challenge: str) -> bytes:
        said = {
            "type": self.type or type_,
            "challenge": challenge if self.challenge is None else text(self.challenge),
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said | dict(self.client)).encode()

    def _data(self, credential: Credential, flags: int) -> bytes:
        claims = {
            PRESENT: self.is_present,
            VERIFIED: self.is_verified,
            ELIGIBLE: self.is_eligible,
            BACKED_UP: self.is_backed_up,
        }
        flags |= EXTENDED if self.extensions else 0
        flags |= sum(flag for flag, is_set in claims.items() if is_set)
        party = sha256((self.rp_id or credential.rp_id).encode()).digest()
        return party + bytes([flags]) + credential.count.to_bytes(4, "big")

    def _extended(self) -> bytes:
        return cbor2.dumps(dict(self.extensions)) if self.extensions else b""

    def _statement(self, made: Credential, signed: bytes) -> dict[str, Any]:
        if self.format == "none":
            return {}
        return {"alg": self.algorithm, "sig": made.sign(signed)}


def _credential(credential: Credential, **response: Any) -> dict[str, Any]:
    return {
        "id": text(credential.id),
        "rawId": text(credential.id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "response": response,
        "clientExtensionResults": {},
    }


def _new_key(algorithm: int) -> PrivateKey:
    if algorithm == ES256:
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate() if algorithm == EDDSA else _rsa_key()


@cache
def _rsa_key() -> rsa.RSAPrivateKey:
    """Slow to make, so one for all."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _attested(credential: Credential) -> bytes:
    length = len(credential.id).to_bytes(2, "big")
    return bytes(16) + length + credential.id + cbor2.dumps(cose(credential.private))


def cose(private: PrivateKey) -> dict[int, Any]:
    """The public key as RFC 9053 has it."""
    if isinstance(private, ec.EllipticCurvePrivateKey):
        point = private.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        return {1: 2, 3: ES256, -1: 1, -2: x, -3: y}
    if isinstance(private, rsa.RSAPrivateKey):
        numbers = private.public_key().public_numbers()
        return {1: 3, 3: RS256, -1: numbers.n.to_bytes(256, "big"), -2: b"\x01\x00\x01"}
    return {1: 1, 3: EDDSA, -1: 6, -2: private.public_key().public_bytes_raw()}
