"""Times as everybody outside reads them."""

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=256)  # what is stored together has one time
def rfc3339(at: datetime) -> str:
    """RFC 3339, UTC, milliseconds: ``2026-01-05T20:16:04.250Z``."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
