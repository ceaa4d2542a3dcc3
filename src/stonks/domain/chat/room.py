"""A room, the rules of writing in it, and the next number of its log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.errors import Forbidden, Invalid, Limited
from stonks.domain.ids import ChannelId, ProfileId, RoomId

SHORTEST_SLOW = timedelta(seconds=3)
LONGEST_SLOW = timedelta(seconds=120)
LONGEST_FOLLOWERS = timedelta(days=90)


class RoomKind(StrEnum):
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a live room knows of its channel."""

    channel_id: ChannelId
    slug: str
    host_id: ProfileId
    is_suspended: bool = False


@dataclass(slots=True)
class Room:
    """A place where people write; its log grows by one ``seq`` an entry."""

    id: RoomId
    kind: RoomKind
    stage: Stage
    last_seq: int = 0
    slow: timedelta | None = None
    followers: timedelta | None = None
    pinned: int | None = None

    def record(
        self,
        kind: EntryKind,
        *,
        by: Participant,
        at: datetime,
        data: Mapping[str, object] | None = None,
        nonce: str | None = None,
    ) -> Entry:
        """The room's next entry."""
        self.last_seq += 1
        actor = Actor(by.profile_id, by.username, by.role)
        return Entry(self.id, self.last_seq, at, kind, actor, data or {}, nonce)

    def must_be_open(self) -> None:
        """Raise ``Forbidden`` (``channel_suspended``) where the channel is suspended."""
        if self.stage.is_suspended:
            raise Forbidden("channel_suspended", "this channel is suspended")

    def must_admit(
        self, writer: Participant, *, follows_since: datetime | None, at: datetime
    ) -> None:
        """Raise unless ``writer`` may write a message now; speed limits are not this rule's."""
        self.must_be_open()
        writer.must_have_a_voice(at)
        if writer.role.moderates:
            return
        self._must_follow(follows_since, at)
        self._must_be_slow(writer, at)

    def _must_follow(self, since: datetime | None, at: datetime) -> None:
        if self.followers is None:
            return
        if since is None:
            raise Forbidden("followers_only", "only followers write here now")
        left = since + self.followers - at
        if left > timedelta(0):
            detail = "you have not followed for long enough to write here"
            raise Limited("followers_only", detail, retry_after=left.total_seconds())

    def _must_be_slow(self, writer: Participant, at: datetime) -> None:
        if self.slow is None or writer.wrote_at is None:
            return
        left = writer.wrote_at + self.slow - at
        if left > timedelta(0):
            raise Limited(
                "slow_mode", "this chat is in slow mode", retry_after=left.total_seconds()
            )

    def set_slow(self, interval: timedelta | None) -> bool:
        """One message a person each ``interval`` (3-120 s). False where that was so already."""
        if interval is not None and not SHORTEST_SLOW <= interval <= LONGEST_SLOW:
            raise Invalid("bad_duration", "slow mode takes 3s to 120s, or off")
        changed, self.slow = self.slow != interval, interval
        return changed

    def set_followers(self, least: timedelta | None) -> bool:
        """Only who has followed for ``least`` (0 to 90 days) writes. False where it was so."""
        if least is not None and not timedelta(0) <= least <= LONGEST_FOLLOWERS:
            raise Invalid("bad_duration", "followers mode takes 0s to 90d, or off")
        changed, self.followers = self.followers != least, least
        return changed

    def pin(self, seq: int | None) -> bool:
        """Pin one message, or none. False where that was so already."""
        changed, self.pinned = self.pinned != seq, seq
        return changed


def channel_role(profile_id: ProfileId, stage: Stage, *, is_admin: bool) -> Role:
    """The role that a signed-in person has in a channel."""
    if profile_id == stage.host_id:
        return Role.HOST
    return Role.ADMIN if is_admin else Role.MEMBER
