"""Examples of passkeys, as the document shows them.

A credential is made by a device for one challenge, so that these show the form and no more.
"""

from typing import Any

PASSKEY_PARAMETER: dict[str, Any] = {
    "in": "path",
    "name": "passkey_id",
    "description": "The `id` of one of one's own passkeys.",
    "schema": {"type": "string", "format": "uuid"},
    "example": "01980a4e-9a11-7c02-9f3e-6b2d8e0c4a10",
}
_ID = "b3Jhbmdlcy1hbmQtbGVtb25zLXNheS10aGUtYmVsbHM"
_CHALLENGE = "0J7mM2lqk1Yx4nR8vT6bW3zPq9sD5fGhLcVbNmKjHgE"
_HANDLE = "pV9rX2cW7kQ1mZ4tB8nY5hL3gF6dS0aJuEoRiTyKvNw"
_CLIENT_DATA = (
    "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiMEo3bU0ybHFrMVl4NG5SOHZUNmJXM3pQcTlzRDVm"
    "R2hMY1ZiTm1LakhnRSIsIm9yaWdpbiI6Imh0dHBzOi8vc3RvbmtzLmV4YW1wbGUifQ"
)
MFA_TOKEN = "Zk3vT8qLw1Xr5Yn9Hc2Jm7Pb4Gd6Sf0AaUeOiRyKtVs"  # noqa: S105 -- an example
NAME = "My phone"

MADE: dict[str, Any] = {
    "id": _ID,
    "rawId": _ID,
    "type": "public-key",
    "response": {
        "clientDataJSON": _CLIENT_DATA,
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ",
        "transports": ["internal"],
    },
    "clientExtensionResults": {},
}
SHOWN: dict[str, Any] = {
    "id": _ID,
    "rawId": _ID,
    "type": "public-key",
    "response": {
        "clientDataJSON": _CLIENT_DATA,
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        "signature": "MEUCIQDx2o5hR9mT0b3vQ",
        "userHandle": _HANDLE,
    },
    "clientExtensionResults": {},
}
ADD = {"name": NAME, "credential": MADE}
SIGN_IN = {"credential": SHOWN}
SECOND = {"mfaToken": MFA_TOKEN, "credential": SHOWN}
HALF = {"mfaToken": MFA_TOKEN}
CHANGE = {"name": "My old phone"}
PASSKEY = {
    "id": "01980a4e-9a11-7c02-9f3e-6b2d8e0c4a10",
    "name": NAME,
    "secondFactor": False,
    "backedUp": True,
    "transports": ["hybrid", "internal"],
    "createdAt": "2026-01-05T20:00:00.000Z",
    "usedAt": None,
}
PASSKEYS = {"items": [PASSKEY | {"usedAt": "2026-01-06T09:30:00.000Z"}]}
CHANGED = PASSKEY | CHANGE
_DESCRIPTOR = {"type": "public-key", "id": _ID, "transports": ["hybrid", "internal"]}
CREATION = {
    "publicKey": {
        "challenge": _CHALLENGE,
        "rp": {"id": "stonks.example", "name": "Stonks"},
        "user": {"id": _HANDLE, "name": "mara", "displayName": "Mara Lindqvist"},
        "pubKeyCredParams": [
            {"type": "public-key", "alg": -8},
            {"type": "public-key", "alg": -7},
            {"type": "public-key", "alg": -257},
        ],
        "timeout": 300_000,
        "excludeCredentials": [_DESCRIPTOR],
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": False,
            "userVerification": "preferred",
        },
        "attestation": "none",
        "extensions": {"credProps": True},
    }
}
PROMPT: dict[str, Any] = {
    "publicKey": {
        "challenge": _CHALLENGE,
        "timeout": 300_000,
        "rpId": "stonks.example",
        "allowCredentials": [],
        "userVerification": "required",
    }
}
PROMPT_OF_SOMEBODY = {
    "publicKey": PROMPT["publicKey"]
    | {"allowCredentials": [_DESCRIPTOR], "userVerification": "preferred"}
}
