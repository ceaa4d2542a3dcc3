"""Examples of accounts, as the document shows them."""

from typing import Any

from stonks.entrypoints.http.identity.examples import PROFILE

PROFILE_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "profile_id",
    "description": "A profile's id.",
    "schema": {"type": "string", "format": "uuid"},
    "example": PROFILE["id"],
}
TYPE_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "type_name",
    "description": "An account type's name, exactly as it is.",
    "schema": {"type": "string", "minLength": 2, "maxLength": 30},
    "example": "helper",
}
DEACTIVATE = {"active": False}
ACCOUNT = PROFILE | {"accountTypes": ["member", "helper"], "deletesAt": None}
DEACTIVATED = ACCOUNT | {"active": False, "updatedAt": "2026-01-06T09:00:00.000Z"}
ACCOUNTS = {"items": [ACCOUNT], "nextCursor": None}
ADD = {
    "name": "helper",
    "description": "Answers questions, and puts out who misbehaves.",
    "permissions": ["profiles.read_all", "profiles.moderate"],
}
CHANGE = {"permissions": ["profiles.read_all"]}
TYPE = ADD | {
    "permissions": ["profiles.moderate", "profiles.read_all"],
    "isBuiltIn": False,
    "holders": 0,
    "createdAt": "2026-01-05T20:00:00.000Z",
    "createdBy": "sana",
}
CHANGED = TYPE | CHANGE
TYPES = {
    "items": [
        {
            "name": "member",
            "description": "Everybody who signed up.",
            "permissions": ["channels.open"],
            "isBuiltIn": True,
            "holders": 0,
            "createdAt": "2026-01-05T20:00:00.000Z",
            "createdBy": "stonks",
        },
        TYPE | {"holders": 3},
    ],
    "nextCursor": None,
}
GRANTS = {
    "items": [
        {
            "name": "member",
            "permissions": ["channels.open"],
            "grantedAt": None,
            "grantedBy": None,
        },
        {
            "name": "helper",
            "permissions": ["profiles.moderate", "profiles.read_all"],
            "grantedAt": "2026-01-06T09:00:00.000Z",
            "grantedBy": "sana",
        },
    ],
    "nextCursor": None,
}
ENTRIES = {
    "items": [
        {
            "id": "01980a4e-7d3c-7b54-9d4b-6f0f3f6a2c11",
            "at": "2026-01-06T09:00:00.000Z",
            "by": "sana",
            "actor": "01980a4e-7d3c-7b55-8f0e-3a5d1c9b7e00",
            "action": "profile_deactivated",
            "subject": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
            "detail": "mara",
        }
    ],
    "nextCursor": None,
}
