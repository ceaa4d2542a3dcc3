"""Which relay is active: whoever holds the lock, until its connection ends."""

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows

RELAY_LOCK = 0x52454C4159
"""RELAY, as a number; the key of an advisory lock."""
_HELD = """
SELECT EXISTS (
  SELECT FROM pg_locks
   WHERE locktype = 'advisory' AND granted AND objsubid = 1
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND (classid::bigint << 32) + objid::bigint = %(key)s)
"""


def is_relay_active(connection: Connection) -> bool:
    """Whether some relay has its turn on this database."""
    return bool(rows(connection, _HELD, {"key": RELAY_LOCK})[0][0])
