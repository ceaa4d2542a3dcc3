"""Keys that seal: 256 random bits in base64url."""

from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

KEY_BYTES = 32
KEY_ID_BYTES = 8


def new_sealing_key() -> str:
    """A new key, 43 characters."""
    return urlsafe_b64encode(token_bytes(KEY_BYTES)).decode().rstrip("=")


def read_key(written: str) -> bytes:
    """The 32 bytes of a key; raises ``ValueError`` for anything else."""
    try:
        key = b64decode(written.rstrip("=") + "=", altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("a sealing key is base64url") from error
    if len(key) != KEY_BYTES:
        raise ValueError("a sealing key has 256 bits")
    return key


def key_id(key: bytes) -> bytes:
    """What tells which key sealed something, and nothing about the key."""
    return sha256(b"stonks sealing key\0" + key).digest()[:KEY_ID_BYTES]
