"""One example of each frame, as it is written; the documents show them and the tests send them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from stonks.adapters.wire import frames

_ROOM = "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c01"
_HOST = "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c02"
_AT = "2026-11-20T18:30:00.125Z"
_NONCE = "6f1c2a"
_ENTRY = {
    "type": "entry",
    "room": _ROOM,
    "seq": 41,
    "at": _AT,
    "kind": "message",
    "actor": {"id": _HOST, "username": "ada", "role": "HOST"},
    "data": {"text": "Welcome, everybody!"},
}
_YOU = {"role": "member", "muted": False, "username": "grace"}

EXAMPLES: Mapping[type[Struct], Mapping[str, Any]] = {
    frames.Authenticate: {"type": "authenticate", "token": "eyJhbGciOiJFZERTQSJ9.e30.c2ln"},
    frames.Subscribe: {"type": "subscribe", "room": _ROOM, "after": 40},
    frames.Unsubscribe: {"type": "unsubscribe", "room": _ROOM},
    frames.Send: {"type": "send", "room": _ROOM, "text": "Hello!", "nonce": _NONCE},
    frames.StartTyping: {"type": "typing", "room": _ROOM},
    frames.Ping: {"type": "ping"},
    frames.Hello: {
        "type": "hello",
        "sessionId": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c03",
        "heartbeatSeconds": 25.0,
        "limits": {
            "frameBytes": 16384,
            "framesPerSecond": 50.0,
            "textCharacters": 500,
            "rooms": 100,
        },
    },
    frames.Authenticated: {
        "type": "authenticated",
        "profileId": _HOST,
        "username": "ada",
        "rooms": [{"room": _ROOM, "you": {**_YOU, "role": "HOST", "username": "ada"}}],
    },
    frames.Subscribed: {
        "type": "subscribed",
        "room": _ROOM,
        "channel": "adas-garden",
        "seq": 42,
        "you": _YOU,
        "pinned": _ENTRY,
        "slowSeconds": 30,
        "followersSeconds": None,
    },
    frames.Unsubscribed: {"type": "unsubscribed", "room": _ROOM},
    frames.EntryFrame: _ENTRY,
    frames.Ack: {"type": "ack", "room": _ROOM, "seq": 43, "at": _AT, "nonce": _NONCE},
    frames.Result: {
        "type": "result",
        "room": _ROOM,
        "command": "/mute",
        "detail": "grace is muted",
        "nonce": _NONCE,
        "data": {"username": "grace"},
    },
    frames.Typing: {"type": "typing", "room": _ROOM, "username": "grace"},
    frames.Viewers: {"type": "viewers", "room": _ROOM, "count": 1042},
    frames.Notification: {
        "type": "notification",
        "notification": {
            "id": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c04",
            "type": "stream_started",
            "at": _AT,
            "readAt": None,
            "data": {
                "streamId": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c05",
                "channel": "adas-garden",
                "title": "Planting tulips",
                "host": "ada",
                "hostName": "Ada Lovelace",
            },
        },
    },
    frames.Error: {
        "type": "error",
        "code": "slow_down",
        "detail": "you write too fast",
        "nonce": _NONCE,
        "room": _ROOM,
        "retryAfter": 4.2,
    },
    frames.Pong: {"type": "pong"},
}
