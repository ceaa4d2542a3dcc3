"""Examples of signing in by other issuers; secrets alone are of no use to anybody."""

from typing import Any

PROVIDER_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "provider",
    "description": "The name of a provider, as `GET /auth/providers` lists it.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 20},
    "example": "google",
}
IDENTITY_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "identity_id",
    "description": "The `id` of one of one's own identities.",
    "schema": {"type": "string", "format": "uuid"},
    "example": "01980a4e-9f2c-7d11-8a55-0c3e9d7b6f20",
}
PROVIDERS = {"items": [{"name": "google", "label": "Google"}]}
IDENTITY = {
    "id": "01980a4e-9f2c-7d11-8a55-0c3e9d7b6f20",
    "provider": "google",
    "issuer": "https://accounts.google.com",
    "email": "mara@example.com",
    "linkedAt": "2026-01-05T20:00:00.000Z",
    "usedAt": None,
}
IDENTITIES = {"items": [IDENTITY]}
LINK = {"next": "/settings"}
ADDRESS = {
    "authorizationUrl": "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&state=…"
}
EXCHANGE = {"code": "h6Yq1Jw9Xc4Rt8Zn2Lm5Vb7Kp3Gd0Sf6AaUeOiRyKtQ"}
