"""Endpoints of measured channels, and how far each of them has been told."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class
from sqlalchemy import Engine

from rig.people import ask
from rig.processes import Failed
from rig.product import Product
from rig.receiver import Receiver
from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.ids import ProfileId, RoomId

LONGEST = 180.0
"""Seconds until it is given up."""
_ROOM = """
SELECT r.id::text, r.last_seq, h.id::text, h.username
  FROM rooms r JOIN channels c ON c.id = r.channel_id JOIN "Profile" h ON h.id = c.host_id
 WHERE c.slug = %s
"""
_BEHIND = """
SELECT coalesce(sum(r.last_seq - e.position), 0)::bigint
  FROM webhook_endpoints e JOIN rooms r ON r.id = e.room_id
"""
_REST = """
UPDATE webhook_endpoints e
   SET position = r.last_seq, turn = NULL, unsure_up_to = NULL, due_at = NULL
  FROM rooms r WHERE r.id = e.room_id
"""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Endpoints are added and activated over HTTP, as anybody would; each has a path of its own."""

    product: Product
    receiver: Receiver
    engine: Engine
    cursor: Cursor

    def add(self, slug: str, first: int, count: int) -> None:
        """So many to a channel, from path ``first`` on, each told of messages."""
        path, token = f"/api/v1/channels/{slug}/webhooks", self.product.tokens[0]
        for number in range(first, first + count):
            body = {
                "url": self.receiver.url(number),
                "eventTypes": ["chat.message_posted"],
            }
            made = ask(self.product.port, path, body, token=token)
            ask(self.product.port, f"{path}/{made['id']}/activate", {}, token=token)

    def fall_behind(self, slugs: Sequence[str], count: int) -> None:
        """Append so many messages to the log of each, in one transaction, and tell nobody."""
        with self.engine.begin() as connection:
            log = PostgresRoomLog(connection)
            for slug in slugs:
                log.append(self._messages(slug, count))

    def behind(self) -> int:
        self.cursor.execute(_BEHIND)
        (count,) = self.cursor.fetchone() or (0,)
        return int(count)

    def catch_up(self) -> None:
        """Wait until everybody was told everything."""
        until = time.monotonic() + LONGEST
        while behind := self.behind():
            if time.monotonic() > until:
                raise Failed(f"{behind:,} events were not told within {LONGEST:.0f} seconds")
            time.sleep(0.05)

    def rest(self) -> None:
        """Whatever they have not been told, they are told no more; turns end."""
        self.cursor.execute(_REST)
        before = -1
        while (now := self.receiver.count().events) != before:
            before = now
            time.sleep(0.7)  # longer than a run

    def _messages(self, slug: str, count: int) -> Sequence[Entry]:
        self.cursor.execute(_ROOM, (slug,))
        room, last_seq, host, name = self.cursor.fetchone() or ("", 0, "", "")
        room_id, at = RoomId(UUID(room)), datetime.now(UTC)
        actor = Actor(ProfileId(UUID(host)), name, Role.HOST)
        return [
            Entry(room_id, seq, at, EntryKind.MESSAGE, actor, {"text": f"{seq} ".ljust(120, "x")})
            for seq in range(last_seq + 1, last_seq + 1 + count)
        ]
