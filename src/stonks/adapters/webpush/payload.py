"""What a push says to the page's service worker."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import blake2s

from stonks.application.notifications.notifier import Delivery
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.words import words_of
from stonks.domain.times import rfc3339

LARGEST = 3072
"""Bytes; a push service need not take more than 4096 of what is encrypted (RFC 8030, 7.2)."""
LONGEST_TITLE, LONGEST_BODY = 100, 300
HOURS = {NoticeKind.STREAM_STARTED: timedelta(hours=4)}
A_DAY = timedelta(days=1)
TOPIC_BYTES = 24


def payload(delivery: Delivery, public_url: str) -> bytes:
    """JSON of at most ``LARGEST`` bytes; where there is too much, ``data`` stay away."""
    words = words_of(delivery.kind, delivery.data)
    said = {
        "id": str(delivery.notice_id),
        "type": delivery.kind.value,
        "at": rfc3339(delivery.at),
        "title": _cut(words.title, LONGEST_TITLE),
        "body": _cut(words.body, LONGEST_BODY),
        "url": public_url + words.path,
        "data": dict(delivery.data),
    }
    whole = _json(said)
    return whole if len(whole) <= LARGEST else _json({**said, "data": {}})


def ttl(kind: NoticeKind) -> int:
    """Seconds that a push service keeps it for a browser that is away."""
    return int(HOURS.get(kind, A_DAY).total_seconds())


def urgency(kind: NoticeKind) -> str:
    """Whether a phone is woken for it (RFC 8030, 5.3)."""
    return "high" if kind is NoticeKind.STREAM_STARTED else "normal"


def topic(delivery: Delivery, auth: bytes) -> str:
    """What it replaces while nobody fetched it (RFC 8030, 5.4): the last one of the same thing.

    A push service learns from it neither which thing that is nor who else is told of it.
    """
    about = {
        NoticeKind.STREAM_STARTED: "channel",
        NoticeKind.WEBHOOK_DISABLED: "endpointId",
    }.get(delivery.kind, "")
    of = f"{delivery.kind.value}:{delivery.data.get(about, '')}"
    digest = blake2s(of.encode(), key=auth, digest_size=TOPIC_BYTES).digest()
    return urlsafe_b64encode(digest).decode()


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
