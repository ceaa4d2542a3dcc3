"""One unit of work of notifications."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.application.notifications.keeping import Groups, Inboxes, NoticeRepository
from stonks.application.notifications.sending import Deliveries, Standings
from stonks.application.notifications.stages import Batches, Fanouts
from stonks.application.outbox.ports import Outbox
from stonks.domain.ids import ChannelId, ProfileId, StreamId


class Retention(Protocol):
    """What is kept for a while and not longer; each removes at most some, and says how many."""

    def forget_notices(self, before: datetime, most: int) -> int:
        """Notices made before then, in inboxes and altogether."""

    def forget_deliveries(self, before: datetime, most: int) -> int:
        """What was decided about notices made before then."""

    def forget_actors(self, before: datetime, most: int) -> int:
        """Who was last counted before then."""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """A stream as its announcement tells it."""

    slug: str
    host: str
    host_name: str
    is_live: bool


class Neighbours(Protocol):
    """Answered by channels and identity."""

    def stream(self, channel_id: ChannelId, stream_id: StreamId) -> StreamFacts | None:
        """None where the stream, its channel or its HOST is no more.

        Whether it is live stays true until the unit of work ends.
        """

    def announced(self, channel_id: ChannelId, stream_id: StreamId) -> StreamId | None:
        """The stream as which it was announced: itself, or the last before it that was."""

    def hosted(self, channel_id: ChannelId) -> tuple[str, ProfileId] | None:
        """A channel's slug and its HOST; None where the channel is no more, or he is not active."""

    def username(self, profile_id: ProfileId) -> str | None:
        """None where that profile is not active."""


class NotificationsWork(Protocol):
    @property
    def outbox(self) -> Outbox: ...
    @property
    def notices(self) -> NoticeRepository: ...
    @property
    def inboxes(self) -> Inboxes: ...
    @property
    def fanouts(self) -> Fanouts: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def neighbours(self) -> Neighbours: ...
