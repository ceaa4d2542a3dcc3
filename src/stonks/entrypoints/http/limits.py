"""Limits as HTTP says them: the fields of draft-ietf-httpapi-ratelimit-headers-10."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stonks.application.ports import Limit

POLICY = "RateLimit-Policy"
STATE = "RateLimit"
DESCRIBED: Mapping[str, Any] = {
    POLICY: {
        "description": 'Each limit as `"name";q=50;w=3600`: `q` times within any `w` seconds.',
        "schema": {"type": "string"},
    }
}


def policy(limits: "Sequence[Limit]") -> str:
    """What the limits of a route are, however much of them is used up."""
    return ", ".join(f'"{limit.name}";q={limit.quota};w={limit.window}' for limit in limits)


def used_up(name: str, seconds: int) -> str:
    """Nothing remains of this limit; something will in so many seconds."""
    return f'"{name}";r=0;t={seconds}'
