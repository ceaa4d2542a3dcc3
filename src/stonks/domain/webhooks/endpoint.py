"""A receiver of a channel's events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from stonks.domain.errors import Conflict, Invalid
from stonks.domain.ids import ChannelId, EndpointId, RoomId
from stonks.domain.text import clean
from stonks.domain.webhooks.event_type import wants_attendance
from stonks.domain.webhooks.events import EndpointDisabled

LONGEST_DESCRIPTION = 200
MOST_OF_A_CHANNEL = 20
BOTH_SIGN = timedelta(hours=24)
"""For how long the secret before goes on signing, beside the new one."""


class Status(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    DISABLED = "disabled"


class Lane(StrEnum):
    """Who waits for whom: nobody who is quick waits for somebody who is not."""

    STEADY = "steady"
    SLOW = "slow"


class DisabledBecause(StrEnum):
    GONE = "gone"
    KEPT_FAILING = "kept_failing"


@dataclass(slots=True)
class Endpoint:
    """A reader of a room's log that has been told of everything up to ``position``.

    ``secret`` and ``old_secret`` are sealed. ``event_types`` are an ``EventType`` each, or what
    another release knows; none stand for all. ``due_at`` is when
    it is told next, None where there is nothing to tell; ``turn`` is whose turn it is to tell it,
    and ``failures`` counts those in a row. ``unsure_up_to`` is a ``seq`` up to which whoever has
    the turn may have told it.
    """

    id: EndpointId
    channel_id: ChannelId
    room_id: RoomId
    url: str
    description: str
    event_types: Sequence[str]
    secret: bytes = field(repr=False)
    position: int
    created_at: datetime
    updated_at: datetime
    status: Status = Status.PENDING
    activated_at: datetime | None = None
    disabled_at: datetime | None = None
    disabled_because: DisabledBecause | None = None
    old_secret: bytes | None = field(default=None, repr=False)
    old_secret_until: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    due_at: datetime | None = None
    turn: UUID | None = None
    unsure_up_to: int | None = None
    lane: Lane = Lane.STEADY

    @property
    def is_active(self) -> bool:
        return self.status is Status.ACTIVE

    @property
    def wants_attendance(self) -> bool:
        return self.is_active and wants_attendance(self.event_types)

    def move(self, url: str, at: datetime) -> bool:
        """Another URL: nothing is sent there before it, too, was verified. False where it is so.

        It keeps its place; how the one before failed says nothing of it.
        """
        if url == self.url:
            return False
        self.url, self.updated_at, self.status = url, at, Status.PENDING
        self._start_afresh()
        self._rest()
        return True

    def describe(self, description: str, at: datetime) -> None:
        description = check_description(description)
        if description != self.description:
            self.description, self.updated_at = description, at

    def listen_to(self, types: Sequence[str], at: datetime) -> None:
        """From what it is told next."""
        if tuple(types) == tuple(self.event_types):
            return
        self.event_types, self.updated_at = types, at
        self._end_turn()

    def activate(self, *, last_seq: int, at: datetime) -> None:
        """It answered the challenge. The first time it begins with what happens from now on, later
        where it stopped; what failed is tried again at once.
        """
        if self.activated_at is None:
            self.position = last_seq
        self.status, self.activated_at, self.updated_at = Status.ACTIVE, at, at
        self._start_afresh()
        self._end_turn()

    def disable(
        self, because: DisabledBecause, *, last: str, id_: UUID, at: datetime
    ) -> EndpointDisabled:
        """Send nothing any more; it keeps its place. ``last`` is what went wrong last."""
        self.status, self.updated_at = Status.DISABLED, at
        self.disabled_at, self.disabled_because = at, because
        self._rest()
        reason = last if because is DisabledBecause.GONE else f"it kept failing; last {last}"
        return EndpointDisabled(id_, self.id, self.channel_id, at, self.url, reason)

    def rotate(self, secret: bytes, at: datetime) -> None:
        """A new secret; the one before signs, too, for 24 h, and whichever was before that ends."""
        self.old_secret, self.old_secret_until = self.secret, at + BOTH_SIGN
        self.secret, self.updated_at = secret, at
        self._end_turn()

    def replay(self, from_seq: int, at: datetime) -> None:
        """Tell it again of everything from there on.

        Raises ``Invalid`` (``seq_ahead``) where that would pass over something, and ``Conflict``
        (``endpoint_not_active``).
        """
        self.must_be_active()
        if from_seq > self.position + 1:
            reason = f"takes at most {self.position + 1}, of which it is told next"
            raise Invalid("seq_ahead", f"fromSeq {reason}", errors={"fromSeq": [reason]})
        self.position, self.updated_at = from_seq - 1, at
        self._end_turn()

    def must_be_active(self) -> None:
        if not self.is_active:
            raise Conflict("endpoint_not_active", "activate this endpoint first")

    def secrets(self, at: datetime) -> Sequence[bytes]:
        """What signs at that time, the newest first; sealed."""
        is_both = self.old_secret_until is not None and at < self.old_secret_until
        return (self.secret, self.old_secret) if is_both and self.old_secret else (self.secret,)

    def _start_afresh(self) -> None:
        self.disabled_at = self.disabled_because = None
        self.failures, self.failing_since, self.lane = 0, None, Lane.STEADY

    def _end_turn(self) -> None:
        """Whoever tells it now stops, and somebody begins anew with what is true from now on: at
        once, or, while it is failing, when it is tried again in any case.
        """
        due_at = self.due_at if self.failures else None
        self._rest()
        self.due_at = due_at if self.is_active else None

    def _rest(self) -> None:
        self.turn = self.due_at = self.unsure_up_to = None


def check_description(description: str) -> str:
    return clean(description, field="description", longest=LONGEST_DESCRIPTION, shortest=0)
