"""AES-256-GCM (NIST SP 800-38D) with keys that can be changed."""

from collections.abc import Sequence
from secrets import token_bytes

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stonks.adapters.sealing.keys import KEY_ID_BYTES, key_id
from stonks.domain.errors import Unavailable

VERSION = b"\x01"
NONCE_BYTES = 12
HEAD_BYTES = len(VERSION) + KEY_ID_BYTES
log = structlog.get_logger(__name__)


class AesSealer:
    """``Sealer``: the first key seals, and each of them opens what it sealed.

    What is sealed reads: version, id of the key, nonce, text and tag; the context is
    authenticated with the head, so that nothing opens where it was not put.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ValueError("there is no key to seal with")
        self._heads = [VERSION + key_id(key) for key in keys]
        self._ciphers = dict(zip(self._heads, map(AESGCM, keys), strict=True))

    def seal(self, secret: bytes, *, context: str) -> bytes:
        head, nonce = self._heads[0], token_bytes(NONCE_BYTES)
        return head + nonce + self._ciphers[head].encrypt(nonce, secret, head + context.encode())

    def open(self, sealed: bytes, *, context: str) -> bytes:
        head, rest = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
        cipher = self._ciphers.get(head)
        if cipher is None:
            raise _does_not_open(head, "no key of this id")
        nonce, text = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, text, head + context.encode())
        except (InvalidTag, ValueError) as error:
            raise _does_not_open(head, "changed, or of another context") from error

    def is_current(self, sealed: bytes) -> bool:
        return sealed.startswith(self._heads[0])

    def knows(self, sealed: bytes) -> bool:
        """Whether one of the keys sealed it; its head is enough to tell."""
        return sealed[:HEAD_BYTES] in self._ciphers


def _does_not_open(head: bytes, why: str) -> Unavailable:
    log.error("sealed_does_not_open", key=head[len(VERSION) :].hex(), why=why)
    return Unavailable(
        "sealing_key_missing",
        "the secret that this takes cannot be read now; use another way, or make a new secret",
        retry_after=60,
    )
