"""What webhooks ask channels and chat."""

from dataclasses import dataclass

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.application.webhooks.ports import HostedChannel
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId

_LOCK = "SELECT FROM channels WHERE id = %(id)s::uuid FOR UPDATE"
_READ = """
SELECT c.id, c.slug, c.host_id, r.id, r.last_seq, c.suspended_at IS NOT NULL
  FROM channels c
  JOIN rooms r ON r.channel_id = c.id
  JOIN "Profile" h ON h.id = c.host_id AND h.active
 WHERE c.id = %(id)s::uuid
"""


@dataclass(frozen=True, slots=True)
class PostgresHostedChannels:
    """``HostedChannels``; what is locked is read as of the time when nobody else has it."""

    connection: Connection

    def lock(self, channel_id: ChannelId) -> HostedChannel:
        rows(self.connection, _LOCK, {"id": str(channel_id)})
        return self.get(channel_id)

    def get(self, channel_id: ChannelId) -> HostedChannel:
        found = rows(self.connection, _READ, {"id": str(channel_id)})
        if not found:
            raise NotFound("unknown_channel", "there is no such channel")
        return HostedChannel(*found[0])
