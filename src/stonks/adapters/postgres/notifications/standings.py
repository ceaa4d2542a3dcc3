"""What identity, preferences and devices know of people who have a notice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.domain.ids import DeviceId, ProfileId
from stonks.domain.notifications.deciding import Standing
from stonks.domain.notifications.notice import Notice

_OF = """
SELECT p.id, p.active, n.read_at IS NOT NULL,
       e.email IS NOT NULL AND lower(e.email) = lower(p.email),
       (SELECT json_object_agg(w.way, w.is_wanted) FROM notification_preferences w
         WHERE w.profile_id = p.id AND w.kind = %(kind)s),
       (SELECT array_agg(d.id::text ORDER BY d.id) FROM push_subscriptions d
          JOIN sessions s ON s.id = d.session_id AND s.ended_at IS NULL AND s.expires_at > now()
         WHERE d.profile_id = p.id)
  FROM unnest(%(people)s::uuid[]) AS wanted (id)
  JOIN "Profile" p ON p.id = wanted.id
  JOIN notifications n ON n.profile_id = p.id AND n.notice_id = %(notice)s::uuid
  LEFT JOIN email_proofs e ON e.profile_id = p.id
 ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class PostgresStandings:
    """``Standings`` in one statement."""

    connection: Connection

    def of(self, notice: Notice, people: Collection[ProfileId]) -> Sequence[Standing]:
        values = {
            "people": [str(person) for person in people],
            "kind": notice.kind.value,
            "notice": str(notice.id),
        }
        return [_standing(row) for row in rows(self.connection, _OF, values)]


def _standing(row: tuple[Any, ...]) -> Standing:
    id_, is_active, has_read, has_proven_email, wishes, devices = row
    return Standing(
        profile_id=id_,
        is_active=is_active,
        has_read=has_read,
        has_proven_email=has_proven_email,
        wishes=wishes or {},
        devices=[DeviceId(UUID(device)) for device in devices or ()],
    )
