"""Examples of the chat, as the document shows them; each works when it is pasted."""

from stonks.entrypoints.http.channels.examples import CHANNEL, SLUG_PARAMETER

PATH = [SLUG_PARAMETER]
SEQ_PARAMETER = {
    "in": "path",
    "name": "seq",
    "description": "The message's place in the room's log.",
    "example": 1,
}
_ACTOR = {
    "id": "01980a4e-1c22-7a10-8e5d-3b9a6d1f0c33",
    "username": "mara",
    "role": "HOST",
}
_ROOM, _AT = CHANNEL["room"], "2026-01-05T20:16:04.250Z"
SEND = {"text": "Coffee is on.", "nonce": "m-1"}
POSTED = {"room": _ROOM, "seq": 1, "at": _AT, "nonce": "m-1"}
RESULT = {"command": "/slow", "detail": "slow mode is 30s", "data": {}}
ENTRY = {
    "room": _ROOM,
    "seq": 1,
    "at": _AT,
    "kind": "message",
    "actor": _ACTOR,
    "data": {"text": "Coffee is on."},
}
HISTORY = {"items": [ENTRY], "nextCursor": None}
AUDIT = {"items": [ENTRY | {"hidden": None}], "nextCursor": None}
SANCTIONS = {
    "items": [
        {
            "username": "bruno",
            "kind": "mute",
            "by": "mara",
            "at": "2026-01-05T20:20:00.000Z",
            "until": "2026-01-05T20:30:00.000Z",
            "reason": "Spoilers",
        }
    ],
    "nextCursor": None,
}
