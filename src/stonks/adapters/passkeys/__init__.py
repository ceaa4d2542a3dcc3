"""Passkeys, by the ``webauthn`` library."""

from secrets import token_bytes

from stonks.adapters.passkeys.party import relying_party
from stonks.adapters.passkeys.webauthn import LibraryWebAuthn


def new_bytes() -> bytes:
    return token_bytes(32)


__all__ = ["LibraryWebAuthn", "new_bytes", "relying_party"]
