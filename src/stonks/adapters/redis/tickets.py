"""Tickets on Redis, for all processes."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from redis import Redis, RedisError

from stonks.application.identity.ports import TICKET_LASTS
from stonks.domain.errors import Unavailable
from stonks.domain.ids import SessionId

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class RedisTickets:
    """``Tickets``: each a key that ends by itself. Redis never learns the ticket."""

    redis: Redis

    def issue(self, ticket: str, session_id: SessionId) -> None:
        _asked(lambda: self.redis.set(_key(ticket), session_id.bytes, ex=TICKET_LASTS))

    def redeem(self, ticket: str) -> SessionId | None:
        kept = _asked(lambda: self.redis.getdel(_key(ticket)))
        return SessionId(UUID(bytes=kept)) if isinstance(kept, bytes) else None


def _asked(question: Callable[[], Answer]) -> Answer:
    try:
        return question()
    except RedisError:
        raise Unavailable("tickets_unavailable", "try again in a moment") from None


def _key(ticket: str) -> str:
    return f"stonks:ticket:{sha256(ticket.encode()).hexdigest()}"
