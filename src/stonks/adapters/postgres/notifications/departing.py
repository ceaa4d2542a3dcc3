"""A delivery as it is at the moment before it leaves."""

from typing import Any

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import Prepared, rows
from stonks.application.notifications.notifier import Delivery, Device, Recipient
from stonks.application.notifications.sending import Departing
from stonks.domain.ids import DeviceId, NoticeId
from stonks.domain.notifications.deciding import LastLook
from stonks.domain.notifications.delivery import DeliveryKey
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.preferences import is_wanted_by_default
from stonks.domain.notifications.way import EMAIL, PUSH

_LOOK = Prepared(
    "departing",
    ("uuid", "uuid", "text", "uuid"),
    """
SELECT d.attempts, x.kind, x.at, x.data, x.over_at IS NOT NULL,
       p.id, p.username, p."fullName", p.active,
       CASE WHEN lower(e.email) = lower(p.email) THEN p.email ELSE '' END,
       n.read_at IS NOT NULL, w.is_wanted,
       x.audience IS NULL OR f.bell = 'all',
       o.id, o.endpoint, o.p256dh, o.auth
  FROM deliveries d
  LEFT JOIN notices x ON x.id = d.notice_id
  LEFT JOIN "Profile" p ON p.id = d.profile_id
  LEFT JOIN notifications n ON n.profile_id = d.profile_id AND n.notice_id = d.notice_id
  LEFT JOIN notification_preferences w
    ON w.profile_id = d.profile_id AND w.kind = x.kind AND w.way = d.way
  LEFT JOIN follows f ON f.followed_id = x.audience AND f.follower_id = d.profile_id
  LEFT JOIN email_proofs e ON e.profile_id = p.id
  LEFT JOIN (push_subscriptions o
             JOIN sessions s ON s.id = o.session_id
              AND s.ended_at IS NULL AND s.expires_at > now())
    ON o.id = d.target AND o.profile_id = d.profile_id
 WHERE d.profile_id = $1 AND d.notice_id = $2
   AND d.way = $3 AND d.target = $4 AND d.state = 'waiting'
   FOR UPDATE OF d
""",
)
_IS_OVER = 4
_HOLD = "SELECT FROM notices WHERE id = %s::uuid FOR SHARE"


def looked_up(connection: Connection, key: DeliveryKey) -> tuple[Any, ...] | None:
    """The delivery, held until the unit of work ends; None where it is not there to be sent.

    It waits for whoever holds it: others who claim hold what they do not get, for a moment.
    """
    values = (str(key.profile_id), str(key.notice_id), key.way, str(key.target))
    found = _LOOK.rows(connection, values)
    if found and found[0][_IS_OVER]:
        rows(connection, _HOLD, values[1:2])
        found = _LOOK.rows(connection, values)
    return found[0] if found else None


def departing_of(key: DeliveryKey, row: tuple[Any, ...]) -> Departing | None:
    """What was looked up; None where the notice or the person is no more."""
    attempts, kind, at, data, is_over, *rest = row
    person_id, username, full_name, is_active, email, has_read, wish, is_followed = rest[:8]
    if kind is None or person_id is None:
        return None
    kind, device = NoticeKind(kind), _device(rest[8:])
    delivery = Delivery(
        notice_id=NoticeId(key.notice_id),
        kind=kind,
        at=at,
        data=data,
        recipient=Recipient(person_id, username, full_name, email or ""),
        device=device,
        attempt=attempts + 1,
    )
    look = LastLook(
        is_active=is_active,
        has_read=has_read,
        is_over=is_over,
        is_wanted=is_wanted_by_default(kind, key.way) if wish is None else wish,
        is_followed=bool(is_followed),
        has_target={PUSH: device is not None, EMAIL: bool(email)}.get(key.way, True),
    )
    return Departing(delivery, look)


def _device(row: list[Any]) -> Device | None:
    id_, endpoint, p256dh, auth = row
    return None if id_ is None else Device(DeviceId(id_), endpoint, p256dh, auth)
