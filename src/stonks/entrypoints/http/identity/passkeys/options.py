"""What browsers are asked, as JSON (W3C Web Authentication, Level 3, sections 5.1.8 and 5.4)."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from stonks.application.identity.passkeys.ports import Creation, Prompt, RelyingParty
from stonks.domain.identity.ceremony import CEREMONY_LASTS
from stonks.domain.identity.passkey import Passkey

EDDSA, ES256, RS256 = -8, -7, -257  # RFC 9053
TIMEOUT = int(CEREMONY_LASTS.total_seconds() * 1000)


def creation_json(creation: Creation, party: RelyingParty) -> dict[str, Any]:
    """Preferred, not required: a key without a PIN is still good as a second factor."""
    return {
        "challenge": _text(creation.challenge),
        "rp": {"id": party.id, "name": party.name},
        "user": {
            "id": _text(creation.handle),
            "name": creation.username,
            "displayName": creation.full_name,
        },
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (EDDSA, ES256, RS256)],
        "timeout": TIMEOUT,
        "excludeCredentials": _descriptors(creation.excluded),
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": False,
            "userVerification": "preferred",
        },
        "attestation": "none",
        "extensions": {"credProps": True},
    }


def prompt_json(prompt: Prompt, party: RelyingParty) -> dict[str, Any]:
    return {
        "challenge": _text(prompt.challenge),
        "timeout": TIMEOUT,
        "rpId": party.id,
        "allowCredentials": _descriptors(prompt.allowed),
        "userVerification": "required" if prompt.is_verification_required else "preferred",
    }


def _descriptors(passkeys: Sequence[Passkey]) -> list[dict[str, Any]]:
    return [
        {
            "type": "public-key",
            "id": _text(passkey.credential_id),
            "transports": list(passkey.transports),
        }
        for passkey in passkeys
    ]


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
