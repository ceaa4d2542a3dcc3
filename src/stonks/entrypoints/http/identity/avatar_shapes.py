"""What comes in and goes out of the routes of avatars."""

from typing import Any

from stonks.entrypoints.http.identity import examples

BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "image": {
                        "type": "string",
                        "format": "binary",
                        "description": "JPEG, PNG, WebP or GIF.",
                    }
                },
                "required": ["image"],
                "additionalProperties": False,
            }
        }
    },
}
AVATAR = examples.PROFILE | {
    "avatar": "http://localhost:8000/media/avatars/5f1d0c8e2b7a4963/256.webp",
    "updatedAt": "2026-01-05T21:00:00.000Z",
}
