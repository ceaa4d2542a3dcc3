"""Deliveries as notifiers get them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from stonks.adapters.clock import new_id
from stonks.application.notifications.notifier import Delivery, Device, Recipient
from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind
from tests.push_browser import PushBrowser

AT = datetime(2026, 1, 5, 20, 16, 4, 250_000, tzinfo=UTC)
DATA: Mapping[NoticeKind, Mapping[str, object]] = {
    NoticeKind.STREAM_STARTED: {
        "streamId": "0194-stream",
        "channel": "mara-plays",
        "title": "Ålesund <b>by night</b>",
        "host": "mara",
        "hostName": "Mara",
    },
    NoticeKind.NEW_FOLLOWER: {"count": 3, "followers": ["ada", "bo", "cy"]},
    NoticeKind.WEBHOOK_DISABLED: {
        "channel": "mara-plays",
        "endpointId": "0194-endpoint",
        "url": "https://hooks.example/x",
        "reason": "it answered 410",
    },
}


def a_device(browser: PushBrowser, endpoint: str = "https://push.example/send/1") -> Device:
    return Device(DeviceId(new_id()), endpoint, browser.p256dh, browser.auth)


def a_delivery(
    device: Device | None,
    kind: NoticeKind = NoticeKind.STREAM_STARTED,
    **data: object,
) -> Delivery:
    """Of a notice of that kind, with ``data`` of its own besides."""
    recipient = Recipient(ProfileId(new_id()), "ada", "Ada", "ada@example.org")
    return Delivery(NoticeId(new_id()), kind, AT, {**DATA[kind], **data}, recipient, device)
