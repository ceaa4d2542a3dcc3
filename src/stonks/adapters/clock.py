"""The time and new ids, from the operating system."""

from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()


def first_id(at: datetime) -> UUID:
    """No UUIDv7 (RFC 9562, 5.7) made at this millisecond or later sorts before it."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
