"""Examples of people, as the document shows them; each works when it is pasted.

Tokens alone are of no use to anybody else: put in what a signup or a login answered.
"""

from typing import Any

USERNAME_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "username",
    "description": "Somebody's username, in whatever case.",
    "schema": {"type": "string", "minLength": 3, "maxLength": 30},
    "example": "mara",
}
PASSWORD = "seven lanterns over the harbour"  # noqa: S105 -- an example
SIGN_UP = {
    "fullName": "Mara Lindqvist",
    "username": "mara",
    "email": "mara@example.com",
    "password": PASSWORD,
}
LOG_IN = {"login": "mara", "password": PASSWORD}
REFRESH_TOKEN = "3q2-7wQ0c1Zt9mX5u8Yb4nLr6Vf2Kj1Hd0Gs7Pa9TeE"  # noqa: S105 -- an example
REFRESH = {"refreshToken": REFRESH_TOKEN}
LOG_OUT: dict[str, Any] = {}
CHANGE = {"fullName": "Mara L. Lindqvist"}
TOKENS = {
    "accessToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.eyJpc3MiOiJzdG9ua3MifQ.c2lnbmF0dXJl",
    "refreshToken": REFRESH_TOKEN,
    "expiresIn": 900,
}
TICKET = {"ticket": "q8Zr2VxN5tYk0LbW7mHc3JpFa9GdS1eUoT4iRvXyMnQ", "expiresIn": 30}
PROFILE = {
    "id": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
    "fullName": "Mara Lindqvist",
    "username": "mara",
    "email": "mara@example.com",
    "avatar": None,
    "active": True,
    "createdAt": "2026-01-05T20:00:00.000Z",
    "updatedAt": "2026-01-05T20:00:00.000Z",
}
OWN = PROFILE | {"emailVerified": True}
CHANGED = OWN | CHANGE | {"updatedAt": "2026-01-05T21:00:00.000Z"}
SIGNED_IN = {"profile": PROFILE} | TOKENS
PUBLIC = {
    "id": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
    "fullName": "Mara Lindqvist",
    "username": "mara",
    "avatar": None,
    "createdAt": "2026-01-05T20:00:00.000Z",
    "followers": 0,
    "following": 0,
    "channels": 1,
    "followedByMe": False,
}
