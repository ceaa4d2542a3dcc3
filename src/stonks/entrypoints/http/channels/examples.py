"""Examples of channels, as the document shows them; each works when it is pasted."""

from typing import Any

SLUG_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "slug",
    "description": "The channel's slug, in whatever case.",
    "schema": {"type": "string", "minLength": 3, "maxLength": 40},
    "example": "night-trades",
}
USERNAME_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "username",
    "description": "Somebody's username, in whatever case.",
    "schema": {"type": "string", "minLength": 3, "maxLength": 30},
    "example": "bruno",
}
OPEN = {
    "slug": "night-trades",
    "title": "Night trades",
    "description": "Charts until the coffee runs out.",
}
CHANGE = {"title": "Night trades, season two"}
SUSPEND = {"reason": "Reported for impersonation."}
CHANNEL = {
    "id": "01980a4e-7d3c-7b52-9d4b-6f0f3f6a2c11",
    "slug": "night-trades",
    "title": "Night trades",
    "description": "Charts until the coffee runs out.",
    "room": "01980a4e-7d3c-7b53-8a21-0c9d5b7e4f22",
    "host": {"username": "mara", "fullName": "Mara Lindqvist"},
    "isSuspended": False,
    "createdAt": "2026-01-05T20:15:00.000Z",
    "updatedAt": "2026-01-05T20:15:00.000Z",
}
CHANGED = CHANNEL | CHANGE | {"updatedAt": "2026-01-05T21:00:00.000Z"}
CHANNELS = {"items": [CHANNEL], "nextCursor": None}
MEMBERS = {
    "items": [
        {
            "username": "mara",
            "fullName": "Mara Lindqvist",
            "role": "HOST",
            "since": "2026-01-05T20:15:00.000Z",
        },
        {
            "username": "bruno",
            "fullName": "Bruno Okafor",
            "role": "ADMIN",
            "since": "2026-01-05T20:20:00.000Z",
        },
    ],
    "nextCursor": None,
}
