"""The tables of every context, on one ``metadata``."""

from stonks.adapters.postgres.tables import (
    accounts,
    access_tokens,
    channels,
    chat,
    deletions,
    external,
    idempotency,
    identity,
    mail,
    mail_links,
    passkeys,
    second_factors,
)
from stonks.adapters.postgres.tables.base import metadata

__all__ = [
    "accounts",
    "access_tokens",
    "channels",
    "chat",
    "deletions",
    "external",
    "idempotency",
    "identity",
    "mail",
    "mail_links",
    "metadata",
    "passkeys",
    "second_factors",
]
