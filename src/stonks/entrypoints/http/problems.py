"""How each kind of refusal is said over HTTP: RFC 9457 problem details."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import msgspec
from flask import Response

from stonks.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Limited,
    NotFound,
    Refusal,
    Unauthenticated,
    Unavailable,
)
from stonks.entrypoints.http import limits

MEDIA_TYPE = "application/problem+json"


class Malformed(Invalid):
    """The request cannot even be read."""


STATUS: Mapping[type[Refusal], int] = {
    Malformed: 400,
    Invalid: 422,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Limited: 429,
    Unavailable: 503,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal as it leaves: ``code`` is for programs, ``detail`` for people."""

    status: int
    code: str
    detail: str
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, object]:
        said: dict[str, object] = {
            "type": f"urn:stonks:problem:{self.code}",
            "title": self.code.replace("_", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        return said | {"errors": self.errors} if self.errors else said

    def response(self) -> Response:
        body = msgspec.json.encode(self.body())
        return Response(body, self.status, dict(self.headers), mimetype=MEDIA_TYPE)


def problem_of(refusal: Refusal) -> Problem:
    """The problem that one refusal becomes."""
    status = next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    return Problem(status, refusal.code, refusal.detail, errors, _headers(refusal))


def _headers(refusal: Refusal) -> Mapping[str, str]:
    if isinstance(refusal, Unauthenticated):
        return {"WWW-Authenticate": 'Bearer realm="stonks"'}
    if isinstance(refusal, Limited | Unavailable):
        seconds = max(1, ceil(refusal.retry_after))
        return {"Retry-After": str(seconds)} | _limit(refusal, seconds)
    return {}


def _limit(refusal: Limited | Unavailable, seconds: int) -> dict[str, str]:
    if isinstance(refusal, Limited) and refusal.limit is not None:
        return {limits.STATE: limits.used_up(refusal.limit, seconds)}
    return {}
