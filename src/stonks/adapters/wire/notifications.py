"""Notifications as frames."""

from stonks.adapters.wire.frames import InboxEntry, Notification, encode
from stonks.application.notifications.ports import NotificationView
from stonks.domain.times import rfc3339


def notification_frame(view: NotificationView) -> bytes:
    """The whole WebSocket frame, the same for everybody who is told."""
    entry = InboxEntry(
        id=view.id,
        kind=view.kind.value,
        at=rfc3339(view.at),
        read_at=rfc3339(view.read_at) if view.read_at is not None else None,
        data=view.data,
    )
    return encode(Notification(notification=entry))
