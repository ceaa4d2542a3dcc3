"""Examples of webhooks, as the document shows them."""

from typing import Any

from stonks.entrypoints.http.channels.examples import SLUG_PARAMETER

ID = "01980a5c-1b7e-7f43-a1c6-8e2d4b9f7a30"
ID_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "endpoint_id",
    "description": "The endpoint's `id`.",
    "schema": {"type": "string", "format": "uuid"},
    "example": ID,
}
SEVERAL = [SLUG_PARAMETER]
PATH = [SLUG_PARAMETER, ID_PARAMETER]
ADD = {
    "url": "https://hooks.example.com/stonks",
    "description": "Writes the chat to our archive.",
    "eventTypes": ["chat.message_posted", "chat.message_hidden"],
}
CHANGE = {"description": "Writes what is said, and who comes and goes.", "eventTypes": []}
REPLAY = {"fromSeq": 1}
PENDING = {
    "id": ID,
    **ADD,
    "status": "pending",
    "position": 3,
    "behind": 0,
    "failures": 0,
    "failingSince": None,
    "nextAttemptAt": None,
    "activatedAt": None,
    "disabledAt": None,
    "disabledReason": None,
    "oldSecretUntil": None,
    "createdAt": "2026-01-05T20:30:00.000Z",
    "updatedAt": "2026-01-05T20:30:00.000Z",
}
ACTIVE = PENDING | {
    "status": "active",
    "activatedAt": "2026-01-05T20:31:00.000Z",
    "updatedAt": "2026-01-05T20:31:00.000Z",
}
FAILING = ACTIVE | {
    "behind": 12,
    "failures": 2,
    "failingSince": "2026-01-05T20:40:00.250Z",
    "nextAttemptAt": "2026-01-05T20:45:31.000Z",
}
CHANGED = ACTIVE | CHANGE | {"updatedAt": "2026-01-05T20:35:00.000Z"}
REPLAYED = ACTIVE | {"position": 0, "behind": 3}
ADDED = PENDING | {"secret": "whsec_T8u0S1pYk2mQ7vJcX4eHn6bRZ5wFdLsA9gKiPqVtOyM="}
ROTATED = ACTIVE | {
    "secret": "whsec_r3XhE7zNq1UdWbGk5oTfPy8LcJs0VmA2iRxQ9uKtBvM=",
    "oldSecretUntil": "2026-01-06T20:50:00.000Z",
    "updatedAt": "2026-01-05T20:50:00.000Z",
}
ENDPOINTS = {"items": [FAILING], "nextCursor": None}
TESTED = {
    "id": "01980a60-6c1d-7b12-93f0-1d7c5a8e2b44",
    "eventId": "evt_01980a606c1d7b1293f01d7c5a8e2b43",
    "eventType": "webhook.test",
    "seq": None,
    "at": "2026-01-05T20:34:00.000Z",
    "durationMs": 84,
    "outcome": "delivered",
    "status": 204,
    "reason": None,
    "detail": "",
}
ATTEMPTS = {
    "items": [
        TESTED
        | {
            "id": "01980a66-0f3a-7c58-b1d2-7e4f9a6c3d05",
            "eventId": "evt_01980a4e7d3c7b538a210c9d5b7e4f22_4",
            "eventType": "chat.message_posted",
            "seq": 4,
            "at": "2026-01-05T20:40:00.250Z",
            "durationMs": 312,
            "outcome": "failed",
            "status": 503,
            "reason": "status",
            "detail": "it answered 503",
        },
        TESTED,
    ],
    "nextCursor": None,
}
