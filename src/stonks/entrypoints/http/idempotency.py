"""Requests that may be sent again: ``Idempotency-Key``."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.adapters.idempotency import in_use, lost, reused
from stonks.application.ports import FirstAnswer, Request
from stonks.domain.errors import Invalid
from stonks.domain.ids import ProfileId

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

HEADER = "Idempotency-Key"
LONGEST_KEY = 64
PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": HEADER,
    "description": "Your own name for this request. Sent again within 24 hours with the same key "
    "and the same body, it is not carried out again: the first answer is repeated.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
REUSED, IN_USE, LOST = reused(), in_use(), lost()


def once(
    container: "Container", profile_id: ProfileId, execute: Callable[[], Response]
) -> Response:
    """Execute the request, or repeat its first answer. A refused request is not kept."""
    key = idempotency_key()
    if key is None:
        return execute()
    answers, at = container.first_answers(), container.now()()
    asked = Request(profile_id, key, _fingerprint())
    first = answers.claim(asked, at)
    if first is not None:
        return _repeated(first)
    try:
        response = execute()
    except BaseException:
        answers.release(asked, at)
        raise
    answers.keep(asked, at, FirstAnswer(response.status_code, response.get_data()))
    return response


def idempotency_key() -> str | None:
    """The request's key, if it has one; raises ``Invalid``."""
    key = request.headers.get(HEADER)
    if key is not None and not (
        0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()
    ):
        reason = f"takes 1 to {LONGEST_KEY} printable ASCII characters"
        raise Invalid("bad_idempotency_key", f"{HEADER} {reason}", errors={HEADER: [reason]})
    return key


def _fingerprint() -> bytes:
    parts = (request.method.encode(), request.path.encode(), request.get_data(cache=True))
    return sha256(b"\n".join(parts)).digest()


def _repeated(first: FirstAnswer) -> Response:
    headers = {"Idempotency-Replayed": "true"}
    return Response(first.body, first.status, headers, mimetype="application/json")
