"""The keys that sign and seal: made once, and kept where only their owner reads them."""

import os
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stonks.adapters.embedded import places
from stonks.adapters.sealing import new_sealing_key
from stonks.adapters.webpush import new_vapid_key
from stonks.entrypoints.settings import BadSetting, Settings


def new_private_key() -> str:
    """A new Ed25519 private key in PEM (PKCS #8)."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def keep_key(path: Path) -> str:
    """The key in the file ``path``; where there is none it is made, whole, and never replaced."""
    return keep_secret(path, new_private_key())


def keep_secret(path: Path, secret: str) -> str:
    """What the file ``path`` holds for its owner alone: ``secret``, unless it held one before."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secret)
    try:
        os.link(fresh, path)  # fails where another start was first: then its key holds
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text()


def with_key(settings: Settings) -> Settings:
    """Settings that can sign and seal: keys of their own on the defaults. Raises ``BadSetting``."""
    return _with_vapid_key(_with_sealing_key(_with_token_key(settings)))


def _with_vapid_key(settings: Settings) -> Settings:
    if settings.vapid_private_key:
        return settings
    if settings.storage == "memory":
        return replace(settings, vapid_private_key=new_vapid_key())
    if settings.database_url == places.database_url(settings.var):
        kept = keep_secret(places.vapid_key_file(settings.var), new_vapid_key())
        return replace(settings, vapid_private_key=kept)
    raise BadSetting(
        "STONKS_VAPID_PRIVATE_KEY is required with a database of your own: "
        "stonks keys vapid makes one"
    )


def _with_sealing_key(settings: Settings) -> Settings:
    if settings.sealing_keys:
        return settings
    if settings.storage == "memory":
        return replace(settings, sealing_keys=(new_sealing_key(),))
    if settings.database_url == places.database_url(settings.var):
        kept = keep_secret(places.sealing_keys_file(settings.var), new_sealing_key())
        return replace(settings, sealing_keys=tuple(kept.replace(",", " ").split()))
    raise BadSetting(
        "STONKS_SEALING_KEYS is required with a database of your own: stonks keys sealing makes one"
    )


def _with_token_key(settings: Settings) -> Settings:
    if settings.token_private_key:
        return settings
    if settings.storage == "memory":
        return replace(settings, token_private_key=new_private_key())
    if settings.database_url == places.database_url(settings.var):
        return replace(settings, token_private_key=keep_key(places.key_file(settings.var)))
    raise BadSetting(
        "STONKS_TOKEN_PRIVATE_KEY is required with a database of your own: stonks keys makes one"
    )
