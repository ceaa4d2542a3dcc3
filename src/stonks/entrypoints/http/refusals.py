"""Refusals as the document shows them, and those that many routes share."""

from collections.abc import Sequence
from typing import Any

from stonks.domain.errors import Forbidden, Invalid, Refusal, Unauthenticated
from stonks.entrypoints.http.paging import bad_cursor
from stonks.entrypoints.http.problems import MEDIA_TYPE, Malformed, Problem, problem_of

NOBODY = Unauthenticated("token_missing", "sign in first")
FORGED = Unauthenticated("token_invalid", "this token is not valid")
EXPIRED = Unauthenticated("token_expired", "this token has expired")
OVER = Unauthenticated("session_ended", "this session is over; log in again")
NOT_FRESH = Forbidden(
    "fresh_proof_required", "prove again who you are, at /auth/reauthenticate, and repeat this"
)
SCOPE_MISSING = Forbidden("scope_missing", "this access token lacks the scope for this")
MALFORMED = Malformed("malformed_json", "the body is no JSON")
OTHER_MEDIA = Problem(415, "unsupported_media_type", "send the body as application/json")
BAD_FIELDS = Invalid("invalid_fields", "look at colour", errors={"colour": ["Unknown field."]})
BAD_CURSOR = bad_cursor()


def described(refusals: Sequence[Refusal | Problem]) -> dict[int, dict[str, Any]]:
    """OpenAPI responses by status, each with its refusals as examples by code."""
    responses: dict[int, dict[str, Any]] = {}
    for refusal in refusals:
        problem = refusal if isinstance(refusal, Problem) else problem_of(refusal)
        response = responses.setdefault(problem.status, _response(problem))
        example = {"summary": problem.detail, "value": problem.body()}
        response["content"][MEDIA_TYPE]["examples"][problem.code] = example
    return responses


def _response(problem: Problem) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    headers = {name: {"schema": {"type": "string"}} for name in problem.headers}
    response: dict[str, Any] = {
        "description": KINDS[problem.status],
        "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}},
    }
    return response | {"headers": headers} if headers else response


KINDS = {
    400: "It cannot be read",
    401: "Nobody is signed in",
    403: "This person may not",
    404: "There is no such thing",
    409: "It contradicts what is there",
    413: "It is too large",
    415: "It is no JSON",
    422: "It is wrong",
    429: "Too much, too fast",
    503: "Not now",
}
