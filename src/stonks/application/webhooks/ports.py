"""What webhooks need: their own store, and answers from their neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from stonks.application.outbox.ports import Publish
from stonks.domain.ids import AttemptId, ChannelId, EndpointId, ProfileId, RoomId
from stonks.domain.webhooks.attempt import Attempt, Outcome
from stonks.domain.webhooks.endpoint import Endpoint, Lane


class EndpointRepository(Protocol):
    def add(self, endpoint: Endpoint) -> None: ...

    def of(self, channel_id: ChannelId) -> Sequence[Endpoint]:
        """A channel's, the oldest first."""

    def lock(self, channel_id: ChannelId, endpoint_id: EndpointId) -> Endpoint:
        """Held until the unit of work ends; raises ``NotFound`` (``unknown_endpoint``), also for
        another channel's.
        """

    def save(self, endpoint: Endpoint) -> None:
        """Keep all of it. Who comes and goes in its room is looked at as long as one wants it."""

    def remove(self, endpoint: Endpoint) -> None:
        """With what is told of who comes and goes, unless another endpoint wants it."""

    def sealed(self, after: EndpointId | None, most: int) -> Sequence[Endpoint]:
        """By id, held until the unit of work ends: those whose secrets can be sealed anew."""


class Attempts(Protocol):
    def add(self, attempts: Sequence[Attempt]) -> None: ...

    def forget(self, before: datetime, most: int) -> int:
        """Remove as many as ``most`` of those made before then; how many they were."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to tell one endpoint, for as long as a lease; ``secrets`` are sealed.

    Between ``position`` and ``unsure_up_to`` are events that somebody who died with their turn may
    have told; None where nobody did.
    """

    id: UUID
    endpoint_id: EndpointId
    room_id: RoomId
    url: str
    event_types: Sequence[str]
    secrets: Sequence[bytes] = field(repr=False)
    position: int
    failures: int = 0
    unsure_up_to: int | None = None


class Turns(Protocol):
    """Who tells whom. Times are the store's; a turn that was lost answers False, and changes
    nothing.
    """

    def wake(self, rooms: Collection[RoomId] | None = None) -> int:
        """Make due what rests and has something to be told, of these rooms or of all; how many."""

    def take(self, lane: Lane, turn: UUID, lease: timedelta) -> Turn | None:
        """The turn at whichever active endpoint of this lane is due longest, which is due again
        after ``lease``. None where none is due. Of several callers each gets another.

        Endpoints of channels whose HOST is not active are left alone.
        """

    def go_on(self, turn: Turn, position: int, unsure_up_to: int, lease: timedelta) -> bool:
        """It was told up to ``position``; it will be up to ``unsure_up_to`` within ``lease``."""

    def end(
        self,
        turn: Turn,
        position: int,
        *,
        failures: int = 0,
        lane: Lane = Lane.STEADY,
        after: timedelta | None = None,
    ) -> bool:
        """It was told up to ``position``; it is due again ``after`` that, or, where that is None,
        as soon as there is something to be told.
        """

    def hold(self, turn: Turn) -> Endpoint | None:
        """The endpoint, held until the unit of work ends; None where the turn was lost."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is told: ``body`` is the JSON as it is sent, and signed.

    ``id`` is the same each time that it is sent; ``seq`` is None for what is in no log.
    """

    id: str
    type: str
    seq: int | None
    body: bytes = field(repr=False)


class NewVerification(Protocol):
    def __call__(
        self, endpoint_id: EndpointId, channel: str, challenge: str, at: datetime
    ) -> Event:
        """Asks the endpoint to answer with ``challenge``; ``channel`` is a slug.

        Its id is new with each call: it is in no log.
        """


class NewTest(Protocol):
    def __call__(self, endpoint_id: EndpointId, channel: str, at: datetime) -> Event:
        """Asks the endpoint for nothing but a 2xx; otherwise as the verification."""


@dataclass(frozen=True, slots=True)
class Run:
    """Events that follow each other; whoever was told them is at ``position``."""

    events: Sequence[Event]
    position: int


class Events(Protocol):
    """Answered by chat: the room's log as receivers are told of it."""

    def after(self, room_id: RoomId, seq: int, types: Sequence[str], most: int) -> Run:
        """The next events of these types (of all, where there are none), ``most`` at most.

        Types that only another release knows are told by that one. A hidden message keeps its
        place, without its text. No more than some 2,000 entries are
        looked at; without events, and with the ``position`` unchanged, there is nothing more.
        """


@dataclass(frozen=True, slots=True)
class HostedChannel:
    """A channel as its webhooks know it; ``last_seq`` is that of its live room."""

    id: ChannelId
    slug: str
    host_id: ProfileId
    room_id: RoomId
    last_seq: int
    is_suspended: bool = False


class HostedChannels(Protocol):
    """Answered by channels and chat."""

    def get(self, channel_id: ChannelId) -> HostedChannel:
        """As it is now, which holds nobody up.

        Raises ``NotFound`` (``unknown_channel``), also where its HOST is not active.
        """

    def lock(self, channel_id: ChannelId) -> HostedChannel:
        """The same, held until the unit of work ends, so that of two who add endpoints one
        waits.
        """


class WebhooksWork(Protocol):
    """One unit of work of webhooks."""

    @property
    def endpoints(self) -> EndpointRepository: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def turns(self) -> Turns: ...
    @property
    def events(self) -> Events: ...
    @property
    def channels(self) -> HostedChannels: ...
    @property
    def publish(self) -> Publish: ...


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint as its HOST sees it; ``behind`` counts entries of the log after ``position``."""

    endpoint: Endpoint
    behind: int


class EndpointReads(Protocol):
    def rooms(self) -> Collection[RoomId]:
        """Those that an active endpoint reads."""

    def page(
        self, channel_id: ChannelId, *, after: EndpointId | None, limit: int
    ) -> Sequence[EndpointView]:
        """The oldest first, those made after one where it is given."""

    def one(self, channel_id: ChannelId, endpoint_id: EndpointId) -> EndpointView:
        """Raises ``NotFound`` (``unknown_endpoint``), also for another channel's."""

    def attempts(
        self,
        endpoint_id: EndpointId,
        *,
        outcome: Outcome | None = None,
        before: AttemptId | None,
        limit: int,
    ) -> Sequence[Attempt]:
        """The newest first, those made before one where it is given."""


class NewSecret(Protocol):
    def __call__(self) -> bytes:
        """32 random bytes."""


class NewChallenge(Protocol):
    def __call__(self) -> str:
        """Nobody can guess it: 32 random bytes, in base64url without padding."""


class Sign(Protocol):
    def __call__(self, secrets: Sequence[bytes], event_id: str, at: datetime, body: bytes) -> str:
        """``webhook-signature`` (Standard Webhooks 1.0): one ``v1`` for each secret, in order."""


class NoteFailure(Protocol):
    def __call__(self, endpoint_id: EndpointId, error: Exception) -> None:
        """Tell the operator that a turn at an endpoint ended with what it should not."""


class Jitter(Protocol):
    def __call__(self) -> float:
        """At random, at least 0 and less than 1."""
