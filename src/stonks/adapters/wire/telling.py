"""Telling people live, on whichever process they are connected."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from stonks.adapters.wire.bus import Bus, Notice, Told, encode_notice
from stonks.adapters.wire.notifications import notification_frame
from stonks.application.notifications.ports import NotificationView
from stonks.domain.ids import ProfileId

AT_ONCE = 1000  # people in one message, which every process reads
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class BusTell:
    """``Tell`` on a bus; a process that serves sockets sets ``heed_here``.

    Then its own sockets show it at once, also while nothing gets through to the others.
    """

    bus: Bus
    heed_here: Callable[[Notice], None] | None = None

    def __call__(self, notification: NotificationView, people: Collection[ProfileId]) -> None:
        try:
            self._tell(notification, [*people])
        except Exception:  # noqa: BLE001 - who was not told is told by a sweep
            _log.exception("not_told", notice=str(notification.id))

    def _tell(self, notification: NotificationView, people: list[ProfileId]) -> None:
        frame = notification_frame(notification)
        for start in range(0, len(people), AT_ONCE):
            some = people[start : start + AT_ONCE]
            notice = Notice(told=Told(notification.id, notification.at, frame, some))
            if self.heed_here is not None:
                self.heed_here(notice)
            self.bus.publish_control(encode_notice(notice))
