"""A browser that registered for pushes, and what a push service sees of them.

Written from RFC 8188, 8291 and 8292 on primitives alone; it knows nothing of Stonks.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def raw(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


@dataclass(frozen=True, slots=True)
class PushBrowser:
    """Its keys are its own; ``p256dh`` and ``auth`` are what it tells."""

    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(16))

    @property
    def p256dh(self) -> str:
        return text(_point(self.key.public_key()))

    @property
    def auth(self) -> str:
        return text(self.secret)

    def decrypt(self, body: bytes) -> bytes:
        """One record of aes128gcm (RFC 8188, 2; RFC 8291, 3.4)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size, "more than one record"
        theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender)
        info = b"WebPush: info\0" + _point(self.key.public_key()) + sender
        secret = _derived(self.key.exchange(ECDH(), theirs), self.secret, info, 32)
        key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded[-1:] == b"\x02", "no last record"
        return padded[:-1]

    def read(self, body: bytes) -> Any:
        """The JSON that a service worker would get."""
        return json.loads(self.decrypt(body))


def browser_of(private: str, auth: str) -> PushBrowser:
    return PushBrowser(derive_private_key(int.from_bytes(raw(private)), SECP256R1()), raw(auth))


def vouched(authorization: str) -> tuple[dict[str, Any], str]:
    """The claims of a header that proves who sends (RFC 8292, 3), and the key; checked."""
    assert Vapid02.verify(authorization)
    parts = dict(part.split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    head, claims, _ = parts["t"].split(".")
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    said: dict[str, Any] = json.loads(raw(claims))
    return said, parts["k"]


def _point(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
