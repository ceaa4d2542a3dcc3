"""``WebAuthn`` by the ``webauthn`` library, and the checks that it leaves to its users."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import parse_attestation_object, parse_authenticator_data
from webauthn.helpers.structs import AttestationFormat, AuthenticatorTransport

from stonks.adapters.base64url import decoded
from stonks.adapters.passkeys.keys import ALGORITHMS, is_good_key
from stonks.application.identity.passkeys.ports import (
    Credential,
    Made,
    Proof,
    RelyingParty,
    Shown,
)
from stonks.domain.errors import Invalid, Refusal

LONGEST_ID = 1023  # section 7.1, step 25
LONGEST_HANDLE = 64
TRANSPORTS = {transport.value for transport in AuthenticatorTransport}


@dataclass(frozen=True, slots=True)
class LibraryWebAuthn:
    """``WebAuthn`` for one relying party."""

    party: RelyingParty

    def shown(self, credential: Credential) -> Shown:
        with _raising(malformed):
            response = _object(credential["response"])
            client_data = _client_data(response)
            handle = response.get("userHandle") or None  # some say "" for none
            return Shown(
                decoded(client_data["challenge"]),
                _id(credential),
                None if handle is None else decoded(handle, longest=LONGEST_HANDLE),
            )

    def made(self, credential: Credential, challenge: bytes) -> Made:
        with _raising(malformed):
            response = _object(credential["response"])
            statement = parse_attestation_object(decoded(response["attestationObject"]))
            client_data = _client_data(response)
        with _raising(refused):
            _same_origin(client_data)
            if statement.fmt not in (AttestationFormat.NONE, AttestationFormat.PACKED):
                raise refused()
            if statement.att_stmt.x5c:  # a certificate tells which make it is; nobody asked
                raise refused()
            verified = verify_registration_response(
                credential=dict(credential),
                expected_challenge=challenge,
                expected_rp_id=self.party.id,
                expected_origin=list(self.party.origins),
                supported_pub_key_algs=ALGORITHMS,
            )
            if verified.credential_id != _id(credential):
                raise refused()
            if not is_good_key(verified.credential_public_key):
                raise refused()
        return Made(
            verified.credential_id,
            verified.credential_public_key,
            verified.sign_count,
            _transports(response.get("transports")),
            statement.auth_data.flags.be,
            verified.credential_backed_up,
        )

    def proved(self, credential: Credential, challenge: bytes, public_key: bytes) -> Proof:
        with _raising(malformed):
            response = _object(credential["response"])
            data = parse_authenticator_data(decoded(response["authenticatorData"]))
            client_data = _client_data(response)
        with _raising(refused):
            _same_origin(client_data)
            verified = verify_authentication_response(
                credential=dict(credential),
                expected_challenge=challenge,
                expected_rp_id=self.party.id,
                expected_origin=list(self.party.origins),
                credential_public_key=public_key,
                credential_current_sign_count=0,  # the use case compares it, and tells its owner
            )
        return Proof(
            verified.new_sign_count,
            verified.user_verified,
            data.flags.be,
            verified.credential_backed_up,
        )


def malformed() -> Invalid:
    reason = "is not what an authenticator answers"
    return Invalid("passkey_malformed", f"credential {reason}", errors={"credential": [reason]})


def refused() -> Invalid:
    """Why it was is not told: it would help none but those who try."""
    return Invalid("passkey_refused", "this passkey does not prove who you are here")


@contextmanager
def _raising(refusal: Callable[[], Refusal]) -> Iterator[None]:
    """The parsers underneath raise whatever comes to them; all of it means the same."""
    try:
        yield
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - bytes from strangers, in four formats
        raise refusal() from None


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise malformed()
    return value


def _id(credential: Credential) -> bytes:
    return decoded(credential["id"], longest=LONGEST_ID)


def _client_data(response: Credential) -> dict[str, Any]:
    return _object(json.loads(decoded(response["clientDataJSON"]).decode("utf-8")))


def _same_origin(client_data: Credential) -> None:
    """Not from within a frame of somebody else's page; the library does not look."""
    if client_data.get("crossOrigin", False) is not False or "topOrigin" in client_data:
        raise refused()


def _transports(claimed: object) -> tuple[str, ...]:
    """Those that are known, once each; they are hints for browsers, and nothing depends on them."""
    values = claimed if isinstance(claimed, list) else []
    return tuple(sorted({one for one in values if isinstance(one, str)} & TRANSPORTS))
