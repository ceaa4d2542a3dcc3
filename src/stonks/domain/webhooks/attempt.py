"""One try to tell an endpoint of one event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stonks.domain.ids import AttemptId, EndpointId

KEPT = timedelta(days=30)
"""For how long attempts are on record."""


class Outcome(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Its sender died while it may have been sent; it is sent again."""


class Reason(StrEnum):
    """Why an attempt failed, or is unknown."""

    STATUS = "status"
    """The answer is no 2xx."""
    REDIRECT = "redirect"
    """It leads elsewhere, which is not followed."""
    GONE = "gone"
    """410: the endpoint wants no more."""
    SLOW_DOWN = "slow_down"
    """429, 502 or 504: it has too much to do."""
    TIMEOUT = "timeout"
    NOT_REACHED = "not_reached"
    """No connection, no TLS, or it was cut."""
    NO_ANSWER = "no_answer"
    """It may have arrived, but what came back is no answer."""
    FORBIDDEN_ADDRESS = "forbidden_address"
    """Its host leads to where nothing public is, or to nowhere."""
    CHALLENGE = "challenge"
    """A verification was answered without its challenge."""
    UNSIGNED = "unsigned"
    """No key of this Stonks opens its secret; nothing was sent."""
    SENDER_DIED = "sender_died"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was sent, when, for how long, and what came of it.

    ``seq`` is None for what is in no log; ``status`` is None where nobody answered; ``detail`` is
    a sentence of ours: what the other end says is shown to nobody.
    """

    id: AttemptId
    endpoint_id: EndpointId
    event_id: str
    event_type: str
    seq: int | None
    at: datetime
    duration: timedelta
    outcome: Outcome
    status: int | None = None
    reason: Reason | None = None
    detail: str = ""
