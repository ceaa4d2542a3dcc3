"""A channel and the rules of changing it."""

import re
from dataclasses import dataclass
from datetime import datetime

from stonks.domain.channels.events import (
    ChannelSuspended,
    ChannelUnsuspended,
    DescriptionChanged,
    TitleChanged,
)
from stonks.domain.errors import Forbidden, Invalid
from stonks.domain.ids import ChannelId, ProfileId
from stonks.domain.text import clean

LONGEST_TITLE = 140
LONGEST_DESCRIPTION = 2_000
LONGEST_REASON = 200
SLUG = r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])"
RESERVED_SLUGS = frozenset({"admin", "api", "live", "me", "new", "stonks", "support"})


@dataclass(slots=True)
class Channel:
    """Where one HOST goes live; its ADMINs are kept beside it."""

    id: ChannelId
    slug: str
    title: str
    description: str
    host_id: ProfileId
    created_at: datetime
    updated_at: datetime
    suspended_at: datetime | None = None
    suspension_reason: str = ""

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    def must_be_open(self) -> None:
        """Raise ``Forbidden`` (``channel_suspended``) while the channel is suspended."""
        if self.is_suspended:
            raise Forbidden("channel_suspended", "this channel is suspended")

    def must_be_hosted_by(self, profile_id: ProfileId) -> None:
        """Raise ``Forbidden`` (``host_only``) for anybody else."""
        if profile_id != self.host_id:
            raise Forbidden("host_only", "only the channel's HOST may do this")

    def retitle(self, title: str, *, by: ProfileId, at: datetime) -> TitleChanged | None:
        """A title of 1-140 characters; None where it is the same as before."""
        title = clean(title, field="title", longest=LONGEST_TITLE)
        if title == self.title:
            return None
        self.title, self.updated_at = title, at
        return TitleChanged(self.id, by, at, title)

    def describe(self, text: str, *, by: ProfileId, at: datetime) -> DescriptionChanged | None:
        """A description of up to 2,000 characters; None where it is the same as before."""
        text = _description(text)
        if text == self.description:
            return None
        self.description, self.updated_at = text, at
        return DescriptionChanged(self.id, by, at, text)

    def suspend(self, reason: str, *, by: ProfileId, at: datetime) -> ChannelSuspended | None:
        """No stream, no messages, no commands from now on; None where it was so already."""
        reason = clean(reason, field="reason", longest=LONGEST_REASON, shortest=0)
        if self.is_suspended:
            return None
        self.suspended_at = self.updated_at = at
        self.suspension_reason = reason
        return ChannelSuspended(self.id, by, at, reason)

    def unsuspend(self, *, by: ProfileId, at: datetime) -> ChannelUnsuspended | None:
        """Open again; None where it was open."""
        if not self.is_suspended:
            return None
        self.suspended_at, self.suspension_reason, self.updated_at = None, "", at
        return ChannelUnsuspended(self.id, by, at)


def open_channel(
    channel_id: ChannelId,
    *,
    slug: str,
    title: str,
    description: str,
    host_id: ProfileId,
    at: datetime,
) -> Channel:
    """A new channel, all of it checked."""
    title = clean(title, field="title", longest=LONGEST_TITLE)
    description = _description(description)
    return Channel(channel_id, check_slug(slug), title, description, host_id, at, at)


def is_slug(slug: str) -> bool:
    """Whether a channel could have this slug, in whatever case."""
    return slug.isascii() and re.fullmatch(SLUG, slug.lower()) is not None


def check_slug(slug: str) -> str:
    """The slug in lower case; ``Invalid`` unless it is 3-40 of ``a-z 0-9 -`` and not reserved."""
    if not is_slug(slug):
        reason = "takes 3 to 40 letters, digits and hyphens, with no hyphen at an end"
        raise Invalid("slug_malformed", f"slug {reason}", errors={"slug": [reason]})
    if slug.lower() in RESERVED_SLUGS:
        raise Invalid("slug_reserved", "this slug is reserved", errors={"slug": ["is reserved"]})
    return slug.lower()


def _description(text: str) -> str:
    return clean(text, field="description", longest=LONGEST_DESCRIPTION, shortest=0, lines=True)
