"""What people are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from stonks.domain.ids import NoticeId, ProfileId


class NoticeKind(StrEnum):
    """What a notice is about, and what its ``data`` are.

    Each value is JSON-ready; names in them are those of when it happened.
    """

    STREAM_STARTED = "stream_started"
    """``streamId``, ``channel`` (a slug), ``title``, ``host`` (a username), ``hostName``."""
    NEW_FOLLOWER = "new_follower"
    """``count`` of people ``since`` the first, ``followers``: usernames of the latest three."""
    WEBHOOK_DISABLED = "webhook_disabled"
    """``channel`` (a slug), ``endpointId``, ``url``, ``reason``."""


@dataclass(slots=True)
class Notice:
    """Something that one person or many are told: once each, however often it is tried.

    ``subject`` is what it is about, of which there is one notice a kind. ``audience`` is whose
    followers get it, None where it is for one person. Over, nobody need be told any more.
    """

    id: NoticeId
    kind: NoticeKind
    subject: UUID
    at: datetime
    audience: ProfileId | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    over_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.over_at is not None
