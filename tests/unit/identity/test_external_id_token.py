"""ID tokens that prove nothing, each in a way of its own."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from time import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from stonks.adapters.oidc.id_token import UnknownKey, Untrusted, proved_claims, public_keys
from stonks.adapters.oidc.metadata import ASYMMETRIC

ISSUER = "https://issuer.example"
CLIENT = "stonks"
NONCE = "n-0S6_WzA2Mj"
ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "curve"})
STRANGER = RSAKey.generate_key(2048, {"kid": "first"})
JWKS = {"keys": [KEY.as_dict(private=False), EC.as_dict(private=False)]}
KEYS = public_keys(JWKS)


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time())
    told = {
        "iss": ISSUER,
        "sub": "248289761001",
        "aud": CLIENT,
        "exp": now + 600,
        "iat": now,
        "nonce": NONCE,
    } | changed
    return {name: value for name, value in told.items() if value is not ...}


def token(told: dict[str, Any], key: Any = KEY, alg: str = "RS256", **header: Any) -> str:
    headers = {"alg": alg, "kid": key.kid} | header
    headers = {name: value for name, value in headers.items() if value is not ...}
    return jwt.encode(headers, told, key, algorithms=[alg])


def proved(written: object, keys: Any = KEYS, algorithms: Any = ASYMMETRIC) -> Any:
    return proved_claims(
        written,
        keys,
        algorithms=algorithms,
        issuer=ISSUER,
        client_id=CLIENT,
        nonce=NONCE,
        access_token=ACCESS_TOKEN,
    )


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def forged(header: dict[str, Any], told: dict[str, Any], secret: bytes | None) -> str:
    """A token made by hand, since no library would."""
    signed = ".".join(encoded(json.dumps(part).encode()) for part in (header, told))
    if secret is None:
        return f"{signed}."
    return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "another"], "azp": CLIENT},
        {"azp": CLIENT},
        {"at_hash": "77QmUPtjPfzWtF2AnpK9RQ"},  # of OpenID Connect Core 1.0, A.3
    ],
)
def test_what_is_as_it_must_be_is_believed(told: dict[str, Any]) -> None:
    assert proved(token(claims(**told)))["sub"] == "248289761001"


def test_clocks_may_be_half_a_minute_apart() -> None:
    now = int(time())
    assert proved(token(claims(exp=now - 30, iat=now + 30)))["sub"] == "248289761001"


def test_another_asymmetric_algorithm_is_believed() -> None:
    assert proved(token(claims(), EC, "ES256"))["iss"] == ISSUER
    assert proved(token(claims(), KEY, "PS256"))["iss"] == ISSUER


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"aud": "another"}, id="other-aud"),
        pytest.param({"aud": []}, id="no-aud-in-a-list"),
        pytest.param({"aud": ...}, id="missing-aud"),
        pytest.param({"aud": ["another"]}, id="other-aud-in-a-list"),
        pytest.param({"aud": [CLIENT, "another"]}, id="several-aud-without-azp"),
        pytest.param({"aud": [CLIENT, "another"], "azp": "another"}, id="several-aud-other-azp"),
        pytest.param({"azp": "another"}, id="other-azp"),
        pytest.param({"iss": "https://issuer.example/"}, id="other-iss"),
        pytest.param({"iss": "https://evil.example"}, id="evil-iss"),
        pytest.param({"iss": ...}, id="missing-iss"),
        pytest.param({"nonce": "another"}, id="other-nonce"),
        pytest.param({"nonce": ""}, id="empty-nonce"),
        pytest.param({"nonce": ...}, id="missing-nonce"),
        pytest.param({"nonce": None}, id="null-nonce"),
        pytest.param({"exp": int(time()) - 120}, id="expired"),
        pytest.param({"exp": ...}, id="missing-exp"),
        pytest.param({"exp": "later"}, id="exp-is-text"),
        pytest.param({"iat": int(time()) + 3600}, id="from-the-future"),
        pytest.param({"iat": ...}, id="missing-iat"),
        pytest.param({"nbf": int(time()) + 3600}, id="not-yet"),
        pytest.param({"sub": ...}, id="missing-sub"),
        pytest.param({"sub": ""}, id="empty-sub"),
        pytest.param({"sub": 7}, id="sub-is-a-number"),
        pytest.param({"sub": "a" * 256}, id="long-sub"),
        pytest.param({"sub": "a\x00b"}, id="nul-in-sub"),
        pytest.param({"at_hash": "77QmUPtjPfzWtF2AnpK9RR"}, id="other-at-hash"),
        pytest.param({"at_hash": 77}, id="at-hash-is-a-number"),
        pytest.param({"at_hash": ["77QmUPtjPfzWtF2AnpK9RQ"]}, id="at-hash-is-a-list"),
    ],
)
def test_oauth_an_id_token_with_wrong_claims_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        proved(token(claims(**told)))


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
@pytest.mark.parametrize("kid", ["first", None])
def test_oauth_alg_none_is_refused(alg: str, kid: str | None) -> None:
    header = {"alg": alg} | ({"kid": kid} if kid else {})
    for keys in (KEYS, KEYS[:1]):
        with pytest.raises(Untrusted):
            proved(forged(header, claims(), None), keys)


def test_oauth_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    pem = KEY.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    der = KEY.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for secret in (pem, pem.strip(), der, json.dumps(JWKS["keys"][0]).encode(), b"stonks-secret"):
        for algorithms in (ASYMMETRIC, ("RS256",)):
            written = forged({"alg": "HS256", "kid": "first"}, claims(), secret)
            with pytest.raises(Untrusted):
                proved(written, algorithms=algorithms)


def test_oauth_a_symmetric_key_among_the_issuers_is_not_used() -> None:
    shared = OctKey.generate_key(256, {"kid": "shared"})
    keys = public_keys({"keys": [shared.as_dict(private=True), *JWKS["keys"]]})
    assert [key.kid for key in keys] == ["first", "curve"]
    with pytest.raises(Untrusted):
        proved(token(claims(), shared, "HS256"), keys)


def test_oauth_an_unknown_key_is_refused_and_said_to_be_unknown() -> None:
    other = RSAKey.generate_key(2048, {"kid": "second"})
    with pytest.raises(UnknownKey):
        proved(token(claims(), other))
    with pytest.raises(UnknownKey):  # of two keys nobody guesses
        proved(token(claims(), kid=...))


def test_oauth_a_key_that_only_claims_its_name_is_refused() -> None:
    with pytest.raises(Untrusted) as why:
        proved(token(claims(), STRANGER))
    assert not isinstance(why.value, UnknownKey)


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": STRANGER.as_dict(private=False)},
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example/cert"},
    ],
)
def test_oauth_a_key_that_the_token_brings_along_is_not_used(header: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        proved(token(claims(), STRANGER, **header))


def test_an_algorithm_that_the_issuer_does_not_use_is_refused() -> None:
    with pytest.raises(Untrusted):
        proved(token(claims(), EC, "ES256"), algorithms=("RS256",))


def test_one_key_needs_no_name() -> None:
    assert proved(token(claims(), kid=...), KEYS[:1])["sub"]


def test_a_changed_token_is_refused() -> None:
    header, _, signature = token(claims()).split(".")
    other = encoded(json.dumps(claims(sub="another")).encode())
    with pytest.raises(Untrusted):
        proved(f"{header}.{other}.{signature}")


@pytest.mark.parametrize(
    "written",
    [None, "", ".", "..", "a.b.c", "a.b.c.d.e", 7, {}, [], "x" * 70_000, "\ud800.a.b", "[]"],
)
def test_what_is_no_token_is_refused_and_nothing_worse(written: object) -> None:
    with pytest.raises(Untrusted):
        proved(written)


def test_deep_nesting_is_refused_and_nothing_worse() -> None:
    told = encoded(b'{"a":' * 9000 + b"1" + b"}" * 9000)
    head = encoded(json.dumps({"alg": "RS256", "kid": "first"}).encode())
    with pytest.raises(Untrusted):
        proved(f"{head}.{told}.{encoded(b'signature')}")
    with pytest.raises(Untrusted):
        proved(f"{told}.{head}.{encoded(b'signature')}")


@pytest.mark.parametrize("told", [None, [], {}, {"keys": None}, {"keys": {}}, "keys"])
def test_what_is_no_key_set_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="no key set"):
        public_keys(told)


def test_keys_that_cannot_be_read_take_no_others_away() -> None:
    odd = [
        *(None, 7, {}, {"kty": "RSA"}, {"kty": "EC", "crv": "P-1"}, {"kty": "quantum"}),
        {**JWKS["keys"][1], "use": "enc", "kid": "for-secrets"},
    ]
    assert [key.kid for key in public_keys({"keys": [*odd, *JWKS["keys"]]})] == ["first", "curve"]
