"""Needs that every context shares."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from stonks.domain.ids import ProfileId

Work = TypeVar("Work", covariant=True)


class Clock(Protocol):
    def __call__(self) -> datetime:
        """The time now, aware, in UTC."""


class Pause(Protocol):
    def __call__(self, seconds: float, /) -> None:
        """Let at least this long pass; others go on meanwhile."""


class NewId(Protocol):
    def __call__(self) -> UUID:
        """A new UUIDv7 (RFC 9562): unique, and later ones sort later."""


class Begin(Protocol[Work]):
    def __call__(self) -> AbstractContextManager[Work]:
        """Open a unit of work: leaving the block commits, raising rolls back.

        What a block changed is seen by others as a whole or not at all. Raises ``Unavailable``
        when the store cannot be reached.
        """


class Hint(Protocol):
    def __call__(self, job: str, times: int = 1) -> None:
        """Tell so many workers that there is something to do; best-effort, never raises.

        ``job`` is ``events``, ``fanouts``, ``batches``, ``mails``, ``maintenance``,
        ``attendance``, ``deliveries.`` and a way, or ``webhooks.`` and a lane (``steady`` or
        ``slow``). What nobody was told of is found by the relay's sweep.
        """


class Sealer(Protocol):
    """Encrypts what must be kept and read again, each for one context and no other."""

    def seal(self, secret: bytes, *, context: str) -> bytes: ...

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """What was sealed for this context.

        Raises ``Unavailable`` (``sealing_key_missing``) where no key opens it: it was sealed
        with a key that is gone, for another context, or was changed.
        """

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the key that seals now."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within any window of so many seconds; ``name`` is what ``Limited`` says."""

    name: str
    quota: int
    window: int


class Pace(Protocol):
    """How fast somebody may do one thing that costs others something."""

    @property
    def limits(self) -> Sequence[Limit]: ...

    def __call__(self, person: ProfileId) -> None:
        """Count one time, in windows that all processes share.

        Raises ``Limited``, with a code of the thing's own, and nothing else: where limits cannot
        be shared they are kept by this process alone.
        """


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for under a key of their own; ``fingerprint`` tells requests apart."""

    profile_id: ProfileId
    key: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """How a request was answered the first time."""

    status: int
    body: bytes


ANSWERS_LAST = timedelta(hours=24)
LONGEST_EXECUTION = timedelta(seconds=60)


class FirstAnswers(Protocol):
    """Answers kept for 24 hours, so that a request which is sent again is not carried out again."""

    def claim(self, request: Request, at: datetime) -> FirstAnswer | None:
        """The answer that was kept; None where the caller is the one to carry the request out.

        Of callers at the same time one gets None. Raises ``Invalid`` (``idempotency_key_reused``)
        where the key belongs to another request, and ``Conflict`` (``idempotency_key_in_use``)
        while the first caller is at it. One that has not come back after 60 s is given up.
        """

    def keep(self, request: Request, at: datetime, answer: FirstAnswer) -> None:
        """Keep the answer of a request that was claimed ``at`` this time."""

    def release(self, request: Request, at: datetime) -> None:
        """Forget a claim: nothing was carried out."""

    def forget(self, before: datetime, most: int) -> int:
        """Forget as many as ``most`` of everybody's that were claimed before then; how many."""
