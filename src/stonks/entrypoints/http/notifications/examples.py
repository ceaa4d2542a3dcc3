"""Examples of notifications; put in the token of a letter that was sent to you."""

from typing import Any

ID = "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c04"
NOTIFICATION_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "notification_id",
    "description": "A notification's `id`, in the inbox.",
    "schema": {"type": "string", "format": "uuid"},
    "example": ID,
}
NOTIFICATIONS = {
    "items": [
        {
            "id": ID,
            "type": "stream_started",
            "at": "2026-11-20T18:30:00.125Z",
            "readAt": None,
            "data": {
                "streamId": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c05",
                "channel": "adas-garden",
                "title": "Planting tulips",
                "host": "ada",
                "hostName": "Ada Lovelace",
            },
        },
        {
            "id": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c03",
            "type": "new_follower",
            "at": "2026-11-20T12:02:11.004Z",
            "readAt": "2026-11-20T12:10:00.000Z",
            "data": {
                "count": 12,
                "followers": ["bruno", "grace", "mira"],
                "since": "2026-11-20T09:41:37.250Z",
            },
        },
    ],
    "nextCursor": "MDE5M2E2ZjQ3YzFlN2QzYTliMWMyZjVlOGE3ZDZjMDM",
    "unread": 1,
}
UNREAD = {"unread": 0}
READ = {"ids": [ID]}
DELIVERIES = {
    "items": [
        {
            "way": "email",
            "device": None,
            "state": "skipped",
            "reason": "has_device",
            "detail": "A push went to a device instead.",
            "attempts": 0,
            "decidedAt": "2026-11-20T18:30:00.612Z",
            "changedAt": "2026-11-20T18:30:00.612Z",
        },
        {
            "way": "inApp",
            "device": None,
            "state": "skipped",
            "reason": "offline",
            "detail": "No page was open, so it waits in the inbox.",
            "attempts": 0,
            "decidedAt": "2026-11-20T18:30:00.612Z",
            "changedAt": "2026-11-20T18:30:00.612Z",
        },
        {
            "way": "push",
            "device": "Firefox on Linux",
            "state": "sent",
            "reason": "device",
            "detail": "Wanted on this device.",
            "attempts": 1,
            "decidedAt": "2026-11-20T18:30:00.612Z",
            "changedAt": "2026-11-20T18:30:01.040Z",
        },
    ],
    "nextCursor": None,
}

DEVICE_ID = "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c0d"
DEVICE_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "device_id",
    "description": "A device's `id`, in the list.",
    "schema": {"type": "string", "format": "uuid"},
    "example": DEVICE_ID,
}
PUSH_KEY = {
    "key": "BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo"
}
SUBSCRIPTION = {  # its keys are those of RFC 8291, appendix A
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUusV",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",  # noqa: E501
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
    "expirationTime": None,
}
DEVICE = {
    "id": DEVICE_ID,
    "device": "Firefox on Linux",
    "createdAt": "2026-11-20T09:15:00.000Z",
    "usedAt": None,
    "current": True,
}
DEVICES = {"items": [DEVICE | {"usedAt": "2026-11-20T18:30:01.040Z"}], "nextCursor": None}

PREFERENCES = {
    "stream_started": {"inApp": True, "push": True, "email": True},
    "new_follower": {"inApp": True, "push": True, "email": False},
    "webhook_disabled": {"inApp": True, "push": True, "email": True},
}
CHANGE = {"stream_started": {"email": False}}
CHANGED = PREFERENCES | {"stream_started": {"inApp": True, "push": True, "email": False}}
TOKEN = "WyIwMTk4MGE0ZTdkM2M3YjUyOWQ0YjZmMGYzZjZhMmMxMSIsInN0cmVhbV9zdGFydGVkIl0.Zk3vQ8sYw1Tn"  # noqa: S105 -- an example
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PAGE = "<!doctype html>…"
