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

# A notice that has just come is unknown to the planner, who would read all inboxes for each batch:
# OFFSET 0 keeps it to looking each person up.
_OF = """
SELECT array_agg(place ORDER BY place), is_active, has_read, has_proven_email, wishes, devices
  FROM (
    SELECT wanted.place, p.active AS is_active, n.read_at IS NOT NULL AS has_read,
           coalesce(lower(e.email) = lower(p.email), false) AS has_proven_email,
           (SELECT jsonb_object_agg(w.way, w.is_wanted) FROM notification_preferences w
             WHERE w.profile_id = wanted.id AND w.kind = %(kind)s) AS wishes,
           (SELECT array_agg(d.id::text ORDER BY d.id) FROM push_subscriptions d
              JOIN sessions s ON s.id = d.session_id AND s.ended_at IS NULL AND s.expires_at > now()
             WHERE d.profile_id = wanted.id) AS devices
      FROM unnest(%(people)s::uuid[]) WITH ORDINALITY AS wanted (id, place),
           LATERAL (SELECT active, email FROM "Profile" WHERE id = wanted.id OFFSET 0) p
           CROSS JOIN LATERAL
           (SELECT read_at FROM notifications
             WHERE profile_id = wanted.id AND notice_id = %(notice)s::uuid OFFSET 0) n
           LEFT JOIN LATERAL
           (SELECT email FROM email_proofs WHERE profile_id = wanted.id OFFSET 0) e ON true) each
 GROUP BY is_active, has_read, has_proven_email, wishes, devices
 ORDER BY min(place)
"""


@dataclass(frozen=True, slots=True)
class PostgresStandings:
    """``Standings`` in one statement, which answers with places among the people asked for."""

    connection: Connection

    def of(self, notice: Notice, people: Collection[ProfileId]) -> Sequence[Standing]:
        asked = sorted(people)
        values = {
            "people": [str(person) for person in asked],
            "kind": notice.kind.value,
            "notice": str(notice.id),
        }
        return [_standing(asked, row) for row in rows(self.connection, _OF, values)]


def _standing(asked: Sequence[ProfileId], row: tuple[Any, ...]) -> Standing:
    places, is_active, has_read, has_proven_email, wishes, devices = row
    return Standing(
        people=[asked[place - 1] for place in places],
        is_active=is_active,
        has_read=has_read,
        has_proven_email=has_proven_email,
        wishes=wishes or {},
        devices=[DeviceId(UUID(device)) for device in devices or ()],
    )
