"""The port that teams plug their own notifiers into: docs/writing-an-adapter.md."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. ``email`` is one that they proved to be theirs; empty where there is none."""

    profile_id: ProfileId
    username: str
    full_name: str
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that takes Web Push (RFC 8030), with its keys (RFC 8291) in base64url."""

    id: DeviceId
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice on its way to one person, by one way; ``device`` is set for pushes alone.

    ``attempt`` counts from 1.
    """

    notice_id: NoticeId
    kind: NoticeKind
    at: datetime
    data: Mapping[str, object]
    recipient: Recipient
    device: Device | None = None
    attempt: int = 1


class Verdict(StrEnum):
    SENT = "sent"
    """Taken by whoever carries it on."""
    LATER = "later"
    """Surely not taken, and worth another try."""
    REFUSED = "refused"
    """Not taken, or nobody knows; it must not be tried again."""
    GONE = "gone"
    """Refused for good: the device (or account there) is no more, and is forgotten."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. ``reason`` is snake_case, for the delivery's trace.

    ``retry_after`` is in seconds, where whoever refused said when to come back.
    """

    verdict: Verdict
    reason: str = ""
    retry_after: float | None = None


class Send(Protocol):
    def __call__(self, delivery: Delivery, /) -> Outcome:
        """Send it once, and tell what became of it.

        Several threads may call at once. Whatever is raised counts as ``REFUSED``: a delivery
        that may have left is never sent twice.
        """


class Notifier(Protocol):
    """One way of telling people. Chosen by ``STONKS_NOTIFIERS``, found by entry points."""

    @property
    def way(self) -> str:
        """Its name in preferences and traces, in lower camelCase: ``push``, ``email``, ``sms``."""

    def sending(self) -> AbstractContextManager[Send]:
        """For some deliveries one after another, or side by side; connections last that long."""
