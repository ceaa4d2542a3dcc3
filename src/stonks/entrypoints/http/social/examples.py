"""Examples of following, as the document shows them; each works when it is pasted."""

from typing import Any

from stonks.entrypoints.http.channels.examples import USERNAME_PARAMETER

PATH: list[dict[str, Any]] = [USERNAME_PARAMETER]
FOLLOW = {"notify": "all"}
PEOPLE = {
    "items": [
        {
            "username": "mara",
            "fullName": "Mara Lindqvist",
            "avatar": None,
            "since": "2026-01-05T20:30:00.000Z",
        }
    ],
    "nextCursor": None,
}
