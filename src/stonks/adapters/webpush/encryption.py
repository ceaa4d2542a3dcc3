"""What a push says, readable by the one browser (RFC 8291)."""

from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key
from http_ece import encrypt

from stonks.adapters.base64url import decoded
from stonks.adapters.webpush.keys import CURVE, read_public_key
from stonks.application.notifications.notifier import Device

AUTH_BYTES = 16


def read_auth(written: object) -> bytes:
    """A browser's secret. Raises ``ValueError``."""
    auth = decoded(written, longest=AUTH_BYTES)
    if len(auth) != AUTH_BYTES:
        raise ValueError("another length")
    return auth


def encrypted(text: bytes, device: Device) -> bytes:
    """One record of aes128gcm, under a key of its own. Raises ``ValueError`` for bad keys."""
    theirs, auth = read_public_key(device.p256dh), read_auth(device.auth)
    ours = generate_private_key(CURVE)
    sealed: bytes = encrypt(text, private_key=ours, dh=theirs, auth_secret=auth)
    return sealed
