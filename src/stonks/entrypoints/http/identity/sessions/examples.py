"""Examples of sessions, and how their routes refuse."""

from typing import Any

from stonks.domain.errors import Forbidden, Limited, NotFound, Unavailable
from stonks.entrypoints.http.identity.examples import PASSWORD

ID = "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e51"
ID_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "session_id",
    "description": "The session's `id`, which is no secret.",
    "schema": {"type": "string", "format": "uuid"},
    "example": ID,
}
SESSION = {
    "id": ID,
    "device": "Firefox on Linux",
    "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "startedAt": "2026-01-05T20:00:00.000Z",
    "usedAt": "2026-01-06T08:30:00.000Z",
    "expiresAt": "2026-02-05T08:30:00.000Z",
    "current": True,
    "kind": "cookie",
}
SESSIONS = {"items": [SESSION], "nextCursor": None}
CHANGE_PASSWORD = {"currentPassword": PASSWORD, "password": PASSWORD}

UNKNOWN = NotFound("unknown_session", "there is no such session")
WRONG_PASSWORD = Forbidden("current_password_wrong", "the current password is wrong")
TOO_FAST = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=600,
    limit="password-changes",
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment", retry_after=2)
