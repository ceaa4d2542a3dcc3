"""The tables of every context, on one ``metadata``."""

from stonks.adapters.postgres.tables import (
    channels,
    chat,
    idempotency,
    identity,
    mail,
    passkeys,
    second_factors,
)
from stonks.adapters.postgres.tables.base import metadata

__all__ = [
    "channels",
    "chat",
    "idempotency",
    "identity",
    "mail",
    "metadata",
    "passkeys",
    "second_factors",
]
