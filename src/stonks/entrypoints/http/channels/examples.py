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
START_STREAM = {"title": "Opening bell, live"}
SUSPEND = {"reason": "Reported for impersonation."}
CHANNEL = {
    "id": "01980a4e-7d3c-7b52-9d4b-6f0f3f6a2c11",
    "slug": "night-trades",
    "title": "Night trades",
    "description": "Charts until the coffee runs out.",
    "room": "01980a4e-7d3c-7b53-8a21-0c9d5b7e4f22",
    "host": {"username": "mara", "fullName": "Mara Lindqvist"},
    "live": None,
    "isSuspended": False,
    "createdAt": "2026-01-05T20:15:00.000Z",
    "updatedAt": "2026-01-05T20:15:00.000Z",
}
CHANGED = CHANNEL | CHANGE | {"updatedAt": "2026-01-05T21:00:00.000Z"}
LIVE = {
    "id": "01980a58-3f1e-7c90-b2a7-5d9e1c4f8b61",
    "title": "Opening bell, live",
    "startedAt": "2026-01-05T20:25:00.000Z",
}
CHANNELS = {"items": [CHANNEL | {"live": LIVE}], "nextCursor": None}
STREAM = LIVE | {"endedAt": None, "endReason": None}
STREAMS = {
    "items": [
        STREAM,
        {
            "id": "01980a52-90ab-7d14-8c3e-2b7f6a1d0e95",
            "title": "Night trades",
            "startedAt": "2026-01-05T20:18:30.000Z",
            "endedAt": "2026-01-05T20:21:10.000Z",
            "endReason": "ended",
        },
    ],
    "nextCursor": None,
}
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
