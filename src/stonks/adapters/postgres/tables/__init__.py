"""The tables of every context, on one ``metadata``."""

from stonks.adapters.postgres.tables import (
    access_tokens,
    accounts,
    channels,
    chat,
    deletions,
    external,
    idempotency,
    identity,
    mail,
    mail_links,
    notifications,
    outbox,
    passkeys,
    second_factors,
    sessions,
    social,
    webhooks,
)
from stonks.adapters.postgres.tables.base import metadata

__all__ = [
    "access_tokens",
    "accounts",
    "channels",
    "chat",
    "deletions",
    "external",
    "idempotency",
    "identity",
    "mail",
    "mail_links",
    "metadata",
    "notifications",
    "outbox",
    "passkeys",
    "second_factors",
    "sessions",
    "social",
    "webhooks",
]
