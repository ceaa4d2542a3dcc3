"""How a key that is taken is refused, whatever keeps it."""

from stonks.application.ports import FirstAnswer
from stonks.domain.errors import Conflict, Invalid


def reused() -> Invalid:
    return Invalid("idempotency_key_reused", "this key was sent with another request")


def in_use() -> Conflict:
    return Conflict("idempotency_key_in_use", "the first request with this key is under way")


def lost() -> Conflict:
    return Conflict(
        "idempotency_answer_lost",
        "this was done, but its first answer can be read no more; see what is there, and send what "
        "is missing with another key",
    )


def told(first: FirstAnswer | None, *, is_same_request: bool) -> FirstAnswer:
    """What the owner of a key is told; raises where there is nothing to tell."""
    if not is_same_request:
        raise reused()
    if first is None:
        raise in_use()
    return first
