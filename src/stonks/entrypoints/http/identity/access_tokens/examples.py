"""Examples of personal access tokens, and how their routes refuse."""

from typing import Any

from stonks.domain.errors import Conflict, Limited, NotFound, Unavailable

ID = "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e41"
ID_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "token_id",
    "description": "The token's `id`, which is no secret.",
    "schema": {"type": "string", "format": "uuid"},
    "example": ID,
}
MAKE = {"name": "Chat bot", "scopes": ["chat:write"], "expiresInDays": 30}
TOKEN = {
    "id": ID,
    "name": "Chat bot",
    "prefix": "stonks_pat_5Hq9",
    "scopes": ["chat:write"],
    "createdAt": "2026-01-05T20:00:00.000Z",
    "lastUsedAt": None,
    "expiresAt": "2026-02-04T20:00:00.000Z",
}
MADE = TOKEN | {"token": "stonks_pat_5Hq9…"}
TOKENS = {"items": [TOKEN | {"lastUsedAt": "2026-01-06T08:30:00.000Z"}], "nextCursor": None}

UNKNOWN = NotFound("unknown_access_token", "you have no such access token")
TOO_MANY = Conflict(
    "too_many_access_tokens", "there are 50 tokens already; revoke one that is not used"
)
TOO_FAST = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=600,
    limit="access-tokens",
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment", retry_after=2)
