"""Believing an ID token (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, KeySet, OKPKey, RSAKey

LEEWAY = 60
LONGEST_SUBJECT = 255  # Core 1.0, 2
LARGEST_TOKEN = 64 * 1024

PublicKey = RSAKey | ECKey | OKPKey


class Untrusted(Exception):
    """This token proves nothing; its text says why, and nothing of what is in the token."""


class UnknownKey(Untrusted):
    """It names a key that is not among the issuer's, as far as is known."""


def public_keys(told: object) -> Sequence[PublicKey]:
    """The keys by which an issuer signs, of what its ``jwks_uri`` answers.

    Symmetric keys are left out, and whatever cannot be read: a key of a new kind must not take
    those away that are known. Raises ``ValueError`` where it is no key set at all.
    """
    keys = told.get("keys") if isinstance(told, Mapping) else None
    if not isinstance(keys, list):
        raise ValueError("this is no key set")
    return [key for key in map(_key, keys) if key is not None]


def proved_claims(
    token: object,
    keys: Sequence[PublicKey],
    *,
    algorithms: Sequence[str],
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
) -> Mapping[str, Any]:
    """The claims of a token that this issuer signed, for this client and this flow, and that has
    not expired. Raises ``Untrusted``.
    """
    if not isinstance(token, str) or len(token) > LARGEST_TOKEN:
        raise Untrusted("there is none")
    try:
        kept = KeySet([_signer(token, keys)])
        registry = jws.JWSRegistry(algorithms=list(algorithms), strict_check_header=False)
        signed = jwt.decode(token, kept, registry=registry)
        options: Any = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
        }
        params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
        claims = CodeIDToken(signed.claims, signed.header, options, params)
        claims.validate(leeway=LEEWAY)
        return _whole(claims)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Untrusted(f"{type(error).__name__}: {error}"[:200]) from error


def _signer(token: str, keys: Sequence[PublicKey]) -> PublicKey:
    """The key that the token names; where it names none, the only one."""
    kid = jws.extract_compact(token.encode()).headers().get("kid")
    if kid is None and len(keys) == 1:
        return keys[0]
    for key in keys:
        if kid is not None and key.kid == kid:
            return key
    raise UnknownKey("it is signed by an unknown key")


def _whole(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Untrusted("it is about nobody")
    if "\x00" in subject or not subject.isprintable():
        raise Untrusted("its subject cannot be kept")
    return claims


def _key(told: object) -> PublicKey | None:
    if not isinstance(told, dict) or told.get("kty") not in ("RSA", "EC", "OKP"):
        return None
    if told.get("use", "sig") != "sig":
        return None
    public = {name: value for name, value in told.items() if name not in _PRIVATE}
    try:
        key = JWKRegistry.import_key(public)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, RSAKey | ECKey | OKPKey) else None


_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "key_ops"})
