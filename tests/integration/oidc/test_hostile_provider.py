"""Providers that forge, hang, drip, pour and point elsewhere; browsers that are somebody else's."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask, Response, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey

from stonks.entrypoints.container import Container
from tests.integration.oidc.conftest import Browser, refused
from tests.integration.oidc.provider import (
    CLIENT_ID,
    KEY,
    NEXT_KEY,
    Provider,
    dripping,
    endless,
    hanging,
    packed,
)

CONFIGURATION, JWKS, TOKEN = "/.well-known/openid-configuration", "/jwks", "/token"


def encoded(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    return f"{encoded({'alg': 'none'})}.{encoded(claims)}."


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    pem = KEY.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': 'HS256', 'kid': 'first'})}.{encoded(claims)}"
    return f"{signed}.{encoded(hmac.digest(pem, signed.encode(), hashlib.sha256))}"


def signed_by_a_stranger(claims: dict[str, Any]) -> str:
    stranger = RSAKey.generate_key(2048, {"kid": "first"})
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, stranger)


def nobody_came(container: Container) -> bool:
    tables = container.identity_tables()
    return not (tables.profiles.rows or tables.external.identities.rows or tables.sessions.rows)


def test_an_honest_provider_signs_in(browser: Browser, provider: Provider) -> None:
    first = browser.sign_in()
    assert first.status_code == 200, first.text
    assert first.json["profile"]["email"] == provider.user["email"]
    again = browser.sign_in()
    assert again.json["profile"] == first.json["profile"]


def test_what_is_asked_is_asked_with_pkce_state_and_nonce_anew_each_time(
    browser: Browser, provider: Provider
) -> None:
    asked = [parse_qs(urlsplit(browser.sent()).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) == 43
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["scope"] == ["openid email profile"]
    assert asked[0]["redirect_uri"] == ["https://stonks.example/api/v1/auth/evil/callback"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"aud": "another"}, id="wrong-aud"),
        pytest.param({"iss": "https://evil.example"}, id="wrong-iss"),
        pytest.param({"nonce": "another"}, id="wrong-nonce"),
        pytest.param({"nonce": ...}, id="missing-nonce"),
        pytest.param({"exp": int(time()) - 3600}, id="expired"),
        pytest.param({"azp": "another"}, id="other-azp"),
        pytest.param({"aud": [CLIENT_ID, "another"], "azp": "another"}, id="azp-of-several"),
        pytest.param({"at_hash": "77QmUPtjPfzWtF2AnpK9RQ"}, id="wrong-at-hash"),
        pytest.param({"sub": ...}, id="no-sub"),
    ],
)
def test_oauth_an_id_token_with_wrong_claims_lets_nobody_in(
    browser: Browser, provider: Provider, container: Container, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    refused(browser.sign_in(), 401, "sign_in_refused")
    assert nobody_came(container)


@pytest.mark.parametrize(
    "write",
    [unsigned, signed_with_the_public_key, signed_by_a_stranger, lambda claims: "no token"],
    ids=["alg-none", "hs256-with-the-public-key", "strange-key", "no-token"],
)
def test_oauth_an_id_token_with_a_forged_signature_lets_nobody_in(
    browser: Browser,
    provider: Provider,
    container: Container,
    write: Callable[[dict[str, Any]], str],
) -> None:
    provider.write = write
    refused(browser.sign_in(), 401, "sign_in_refused")
    assert nobody_came(container)


def test_oauth_metadata_that_allows_alg_none_changes_nothing(
    browser: Browser, provider: Provider, container: Container
) -> None:
    provider.metadata = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    provider.write = unsigned
    refused(browser.sign_in(), 401, "sign_in_refused")
    assert nobody_came(container)


def test_oauth_an_unknown_key_is_asked_for_once_a_minute_and_refused(
    browser: Browser, provider: Provider, container: Container
) -> None:
    provider.signer = NEXT_KEY
    for _ in range(3):
        refused(browser.sign_in(), 401, "sign_in_refused")
    assert provider.asked.count(JWKS) == 1
    assert nobody_came(container)


def test_keys_that_were_changed_are_asked_for_again(
    browser: Browser, provider: Provider, container: Container
) -> None:
    assert browser.sign_in().status_code == 200
    provider.signer, provider.keys = NEXT_KEY, [KEY, NEXT_KEY]
    issuer = container.issuers()._issuers["evil"]
    a_minute_later = issuer._keys._kept[0] + 61
    issuer._keys._clock = lambda: a_minute_later
    assert browser.sign_in().status_code == 200
    assert provider.asked.count(JWKS) == 2


def test_metadata_is_asked_for_once(browser: Browser, provider: Provider) -> None:
    for _ in range(3):
        assert browser.sign_in().status_code == 200
    assert provider.asked.count(CONFIGURATION) == 1


def test_oauth_a_code_of_another_flow_fails_by_pkce(
    browser: Browser, app: Flask, provider: Provider, container: Container
) -> None:
    """An attacker's code, put into the victim's own flow."""
    attacker = Browser(app.test_client())
    stolen = _coming_back(attacker)
    own = _coming_back(browser)
    mixed = own | {"code": stolen["code"]}
    response = browser.client.get(
        "/api/v1/auth/evil/callback", query_string=mixed, base_url="https://stonks.example"
    )
    refused(response, 401, "sign_in_refused")
    assert nobody_came(container)


def test_oauth_a_verifier_that_does_not_fit_is_refused(
    browser: Browser, provider: Provider, container: Container
) -> None:
    location = browser.sent()
    flows = container.identity_tables().external.flows
    for key, flow in list(flows.rows.items()):
        changed = {name: getattr(flow, name) for name in flow.__slots__}
        flows.rows[key] = type(flow)(**changed | {"verifier": "v" * 43})
    refused(browser.back(location), 401, "sign_in_refused")
    assert nobody_came(container)


def test_oauth_a_state_that_comes_back_twice_at_once_lets_in_once(
    browser: Browser, app: Flask, provider: Provider
) -> None:
    path = "/api/v1/auth/evil/callback"
    query = _coming_back(browser)
    cookie = browser.client.get_cookie("__Host-stonks-flow", domain="stonks.example")
    assert cookie is not None
    start = Barrier(4)

    def come(_: int) -> int:
        client = app.test_client()
        client.set_cookie(cookie.key, cookie.value, domain="stonks.example", secure=True)
        start.wait(30)
        response = client.get(path, query_string=query, base_url="https://stonks.example")
        return response.status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(come, range(4))) == [200, 401, 401, 401]


@pytest.mark.parametrize(
    ("metadata", "returned", "status"),
    [
        ({}, {"iss": "https://evil.example"}, 401),
        ({}, {"iss": ""}, 401),
        ({"authorization_response_iss_parameter_supported": True}, {}, 401),
        ({}, {"iss": "{url}"}, 200),
        ({"authorization_response_iss_parameter_supported": True}, {"iss": "{url}"}, 200),
    ],
)
def test_oauth_an_answer_of_another_issuer_is_refused(
    browser: Browser,
    provider: Provider,
    metadata: dict[str, Any],
    returned: dict[str, str],
    status: int,
) -> None:
    """RFC 9207: a mix-up of providers."""
    provider.metadata = metadata
    provider.returned = {name: value.format(url=provider.url) for name, value in returned.items()}
    assert browser.sign_in().status_code == status


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email_verified": ...}, {"email_verified": "no"}, {"email": ...}],
)
def test_oauth_an_unverified_address_makes_no_account(
    browser: Browser, provider: Provider, container: Container, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    refused(browser.sign_in(), 403, "email_unverified")
    assert nobody_came(container)


def test_an_address_that_is_only_in_the_user_info_is_found_there(
    browser: Browser, provider: Provider
) -> None:
    provider.claims = {"email": ..., "email_verified": ...}
    provider.metadata = {"userinfo_endpoint": f"{provider.url}/userinfo"}
    provider.user_info = provider.user
    response = browser.sign_in()
    assert response.status_code == 200, response.text
    assert response.json["profile"]["email"] == provider.user["email"]


def test_oauth_user_info_of_another_subject_is_not_believed(
    browser: Browser, provider: Provider, container: Container
) -> None:
    provider.claims = {"email": ..., "email_verified": ...}
    provider.metadata = {"userinfo_endpoint": f"{provider.url}/userinfo"}
    provider.user_info = provider.user | {"sub": "another"}
    refused(browser.sign_in(), 403, "email_unverified")
    assert nobody_came(container)


def test_no_token_of_the_provider_is_kept(
    browser: Browser, provider: Provider, container: Container
) -> None:
    assert browser.sign_in().status_code == 200
    (token,) = provider.tokens_given
    tables = container.identity_tables()
    assert token not in repr(tables)


@pytest.mark.parametrize("path", [CONFIGURATION, JWKS, TOKEN])
@pytest.mark.parametrize("how", ["500", "redirect", "html", "list", "endless", "packed", "empty"])
def test_a_provider_that_answers_badly_is_said_to_be_away(
    browser: Browser, provider: Provider, container: Container, path: str, how: str
) -> None:
    provider.instead[path] = {
        "500": lambda: Response("oh", 500),
        "redirect": lambda: redirect(f"{provider.url}/elsewhere", 307),
        "html": lambda: Response("<html>", mimetype="text/html"),
        "list": lambda: Response("[]", mimetype="application/json"),
        "endless": endless(provider),
        "packed": packed(lambda: b"{}"),
        "empty": lambda: Response(b""),
    }[how]
    response = browser.start()
    if path != CONFIGURATION:
        response = browser.back(response.location)
    refused(response, 503, "provider_unavailable")
    assert "Retry-After" in response.headers
    assert "/elsewhere" not in provider.asked
    assert nobody_came(container)


@pytest.mark.parametrize("path", [CONFIGURATION, JWKS, TOKEN])
@pytest.mark.parametrize("how", ["hangs", "drips"])
def test_a_provider_that_takes_too_long_is_said_to_be_away(
    browser: Browser, provider: Provider, container: Container, path: str, how: str
) -> None:
    location = browser.sent() if path != CONFIGURATION else ""
    container.issuers()._issuers["evil"]._transport._seconds = 0.5
    drops = dripping(provider, lambda: b'{"a":"' + b"a" * 300 + b'"}')
    provider.instead[path] = hanging(provider) if how == "hangs" else drops
    response = browser.back(location) if location else browser.start()
    refused(response, 503, "provider_unavailable")
    assert nobody_came(container)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": ...},
        {"token_endpoint": ...},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"jwks_uri": "http://metadata.internal/"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "http://user:secret@localhost/"},
        {"authorization_endpoint": "http://evil.example/"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": 7},
        {"userinfo_endpoint": "ftp://127.0.0.1/"},
        {"id_token_signing_alg_values_supported": ["none"]},
        {"id_token_signing_alg_values_supported": ["HS256"]},
    ],
)
def test_oauth_metadata_that_is_not_safe_is_not_followed(
    browser: Browser, provider: Provider, metadata: dict[str, Any]
) -> None:
    provider.metadata = metadata
    refused(browser.start(), 503, "provider_unavailable")
    assert set(provider.asked) == {CONFIGURATION}


def test_a_provider_that_is_mended_is_asked_again(browser: Browser, provider: Provider) -> None:
    provider.instead[CONFIGURATION] = lambda: Response("oh", 500)
    refused(browser.start(), 503, "provider_unavailable")
    provider.instead.clear()
    assert browser.sign_in().status_code == 200


def test_a_secret_that_the_provider_does_not_take_is_ours_to_mend(
    browser: Browser, provider: Provider
) -> None:
    provider.instead[TOKEN] = lambda: Response(
        '{"error": "invalid_client"}', 401, mimetype="application/json"
    )
    refused(browser.sign_in(), 503, "provider_unavailable")


@pytest.mark.parametrize(
    "token",
    [
        {"access_token": "a", "token_type": "Bearer"},
        {"access_token": "a", "id_token": None},
        {"access_token": ["a"], "id_token": {"a": 1}},
        {"error": "invalid_grant"},
        {"error": {"a": 1}},
    ],
)
def test_a_token_answer_without_an_id_token_lets_nobody_in(
    browser: Browser, provider: Provider, container: Container, token: dict[str, Any]
) -> None:
    provider.instead[TOKEN] = lambda: Response(json.dumps(token), mimetype="application/json")
    refused(browser.sign_in(), 401, "sign_in_refused")
    assert nobody_came(container)


@pytest.mark.parametrize("expires_in", ["soon", [], {}, float("inf"), -1, None])
def test_an_odd_expiry_breaks_nothing(
    browser: Browser, provider: Provider, expires_in: object
) -> None:
    told = {"access_token": "a", "token_type": "Bearer", "expires_in": expires_in}
    provider.instead[TOKEN] = lambda: Response(json.dumps(told), mimetype="application/json")
    assert browser.sign_in().status_code in (401, 503)


def test_a_client_secret_goes_into_the_body_where_that_is_the_only_way(
    browser: Browser, provider: Provider
) -> None:
    sent: list[dict[str, str]] = []

    def note() -> Response:
        sent.append(request.form.to_dict())
        assert request.authorization is None
        return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")

    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    provider.instead[TOKEN] = note
    refused(browser.sign_in(), 401, "sign_in_refused")
    assert sent[0]["client_secret"] == "hunter2 of a client"


def _coming_back(browser: Browser) -> dict[str, str]:
    """What a provider's redirect says, that nobody has followed yet."""
    there = requests.get(browser.sent(), allow_redirects=False, timeout=30)
    query = parse_qs(urlsplit(there.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}
