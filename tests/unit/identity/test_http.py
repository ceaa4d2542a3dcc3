"""Identity over HTTP, as a client meets it."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from dependency_injector import providers
from flask import Flask
from flask.testing import FlaskClient

from stonks.adapters.passwords import PwdlibPasswords, Turns
from stonks.adapters.tokens import JwtTokens
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.http.identity import examples
from tests.contracts.http import Browser
from tests.contracts.identity_cases import PASSWORD, QUICK, MovableClock
from tests.contracts.tokens import OTHER_KEY, some_claims

API = "/api/v1"
MARA = {
    "fullName": "Mara Lindqvist",
    "username": "mara",
    "email": "mara@example.org",
    "password": PASSWORD,
}
EIGHT = {"id", "fullName", "username", "email", "avatar", "active", "createdAt", "updatedAt"}


numbers = count(1)


@pytest.fixture(scope="module")
def container(lasting_browser: Browser) -> Container:
    """One Stonks for all tests that do not count: quick hashes and wide limits."""
    return lasting_browser.container


@pytest.fixture(scope="module")
def client(lasting_browser: Browser) -> FlaskClient:
    return lasting_browser.app.test_client()


@pytest.fixture
def fresh(app: Flask, memory_container: Container) -> FlaskClient:
    """A Stonks of this test's own, with the limits that people run it with."""
    memory_container.passwords.override(providers.Object(PwdlibPasswords(QUICK, Turns())))
    return app.test_client()


@pytest.fixture
def somebody() -> dict[str, str]:
    """A signup that works, of somebody new."""
    name = f"mara{next(numbers)}"
    return MARA | {"username": name, "email": f"{name}@example.org"}


@pytest.fixture
def tokens(client: FlaskClient, somebody: dict[str, str]) -> dict[str, Any]:
    """What this somebody got when they signed up."""
    return answered(client.post(f"{API}/auth/signup", json=somebody), 201)


def answered(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.json
    return body


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    body = answered(response, status)
    assert response.mimetype == "application/problem+json"
    assert (body["status"], body["code"]) == (status, code)
    return body


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def own(tokens: dict[str, Any]) -> dict[str, Any]:
    """The profile of a signup, as its owner reads it."""
    return tokens["profile"] | {"emailVerified": False}


def mine(client: FlaskClient, tokens: dict[str, Any]) -> Any:
    return client.get(f"{API}/profiles/me", headers=bearer(tokens["accessToken"]))


def test_a_signup_answers_profile_and_tokens(tokens: dict[str, Any]) -> None:
    assert set(tokens) == {"profile", "accessToken", "refreshToken", "expiresIn"}
    assert set(tokens["profile"]) == EIGHT
    assert tokens["expiresIn"] == 900
    assert tokens["profile"]["active"] is True
    assert tokens["profile"]["createdAt"].endswith("Z")


def test_a_login_answers_the_same(
    client: FlaskClient, tokens: dict[str, Any], somebody: dict[str, str]
) -> None:
    login = {"login": somebody["email"].upper(), "password": PASSWORD}
    again = answered(client.post(f"{API}/auth/login", json=login), 200)
    assert set(again) == set(tokens)
    assert again["profile"] == tokens["profile"]
    assert answered(mine(client, again), 200) == own(tokens)


def test_a_wrong_and_an_unknown_login_read_the_same(
    client: FlaskClient, tokens: dict[str, Any], somebody: dict[str, str]
) -> None:
    answers = [
        client.post(f"{API}/auth/login", json={"login": login, "password": "wrong"})
        for login in (somebody["username"], "nobody", "nobody@example.org")
    ]
    assert len({answer.data for answer in answers}) == 1
    problem(answers[0], 401, "bad_credentials")


@pytest.mark.parametrize(
    "extra", [{"role": "SUPERADMIN"}, {"active": False}, {"id": "1"}, {"isStaff": True}]
)
def test_nobody_sets_what_is_not_theirs(
    client: FlaskClient, somebody: dict[str, str], tokens: dict[str, Any], extra: dict[str, Any]
) -> None:
    other = somebody | {"username": "bruno", "email": "bruno@example.org"}
    field = next(iter(extra))
    refused = problem(client.post(f"{API}/auth/signup", json=other | extra), 422, "invalid_fields")
    assert field in refused["errors"]
    problem(client.get(f"{API}/profiles/bruno"), 404, "unknown_profile")
    changed = client.patch(
        f"{API}/profiles/me", json={"fullName": "X"} | extra, headers=bearer(tokens["accessToken"])
    )
    problem(changed, 422, "invalid_fields")
    assert answered(mine(client, tokens), 200) == own(tokens)


@pytest.mark.parametrize("field", ["fullName", "username", "email", "password"])
@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], ["mara"], {}, {"$ne": ""}])
def test_a_wrong_type_is_refused(
    client: FlaskClient, somebody: dict[str, str], field: str, value: Any
) -> None:
    refused = problem(
        client.post(f"{API}/auth/signup", json=somebody | {field: value}), 422, "invalid_fields"
    )
    assert set(refused["errors"]) == {field}


@pytest.mark.parametrize("field", ["fullName", "username", "email", "password"])
def test_a_missing_field_is_named(
    client: FlaskClient, somebody: dict[str, str], field: str
) -> None:
    body = {name: value for name, value in somebody.items() if name != field}
    refused = problem(client.post(f"{API}/auth/signup", json=body), 422, "invalid_fields")
    assert set(refused["errors"]) == {field}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"username": "m"}, "username_malformed", "username"),
        ({"username": "admin"}, "username_reserved", "username"),
        ({"email": "mara"}, "email_malformed", "email"),
        ({"password": "short"}, "password_too_short", "password"),
        ({"password": "password123"}, "password_too_common", "password"),
        ({"password": "MaraLindqvist1"}, "password_too_personal", "password"),
        ({"fullName": ""}, "full_name_too_short", "fullName"),
    ],
)
def test_a_broken_rule_is_named(
    client: FlaskClient, somebody: dict[str, str], change: dict[str, str], code: str, field: str
) -> None:
    refused = problem(client.post(f"{API}/auth/signup", json=somebody | change), 422, code)
    assert set(refused["errors"]) == {field}


def test_taken_names_conflict(
    client: FlaskClient, somebody: dict[str, str], tokens: dict[str, Any]
) -> None:
    post = f"{API}/auth/signup"
    problem(
        client.post(post, json=somebody | {"username": somebody["username"].upper()}),
        409,
        "username_taken",
    )
    problem(client.post(post, json=somebody | {"username": "taken-mail"}), 409, "email_taken")


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"{}{}"])
@pytest.mark.parametrize("path", ["signup", "login", "refresh"])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, path: str, body: bytes) -> None:
    response = client.post(f"{API}/auth/{path}", data=body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert response.mimetype == "application/problem+json"


def test_a_refresh_goes_on(client: FlaskClient, tokens: dict[str, Any]) -> None:
    body = {"refreshToken": tokens["refreshToken"]}
    renewed = answered(client.post(f"{API}/auth/refresh", json=body), 200)
    assert set(renewed) == {"accessToken", "refreshToken", "expiresIn"}
    assert renewed["accessToken"] != tokens["accessToken"]
    assert answered(mine(client, renewed), 200)


def test_a_used_refresh_token_ends_its_family(client: FlaskClient, tokens: dict[str, Any]) -> None:
    body = {"refreshToken": tokens["refreshToken"]}
    renewed = answered(client.post(f"{API}/auth/refresh", json=body), 200)
    problem(client.post(f"{API}/auth/refresh", json=body), 401, "refresh_token_reused")
    body = {"refreshToken": renewed["refreshToken"]}
    problem(client.post(f"{API}/auth/refresh", json=body), 401, "session_ended")
    problem(mine(client, tokens), 401, "session_ended")
    problem(mine(client, renewed), 401, "session_ended")


def test_a_logout_bites_on_the_next_request(client: FlaskClient, tokens: dict[str, Any]) -> None:
    headers = bearer(tokens["accessToken"])
    assert client.post(f"{API}/auth/logout", headers=headers).status_code == 204
    problem(mine(client, tokens), 401, "session_ended")
    body = {"refreshToken": tokens["refreshToken"]}
    problem(client.post(f"{API}/auth/refresh", json=body), 401, "session_ended")
    problem(client.post(f"{API}/auth/logout", headers=headers), 401, "session_ended")


def test_a_logout_takes_a_refresh_token_too(client: FlaskClient, tokens: dict[str, Any]) -> None:
    body = {"refreshToken": tokens["refreshToken"]}
    assert client.post(f"{API}/auth/logout", json=body).status_code == 204
    assert client.post(f"{API}/auth/logout", json=body).status_code == 204
    problem(mine(client, tokens), 401, "session_ended")
    problem(client.post(f"{API}/auth/logout"), 401, "token_missing")


def test_a_change_is_answered_and_kept(
    client: FlaskClient, tokens: dict[str, Any], somebody: dict[str, str]
) -> None:
    headers = bearer(tokens["accessToken"])
    change = {"fullName": "Mara Ek", "username": f"{somebody['username']}.ek"}
    changed = answered(client.patch(f"{API}/profiles/me", json=change, headers=headers), 200)
    assert changed == answered(mine(client, tokens), 200)
    assert (changed["fullName"], changed["username"]) == ("Mara Ek", change["username"])
    problem(client.get(f"{API}/profiles/{somebody['username']}"), 404, "unknown_profile")


def test_an_email_is_not_changed_without_proof(
    client: FlaskClient, container: Container, tokens: dict[str, Any]
) -> None:
    later = MovableClock(timedelta(minutes=6))
    with container.now.override(providers.Object(later)):
        change = client.patch(
            f"{API}/profiles/me",
            json={"email": "thief@example.org", "fullName": "A Thief"},
            headers=bearer(tokens["accessToken"]),
        )
    problem(change, 403, "fresh_proof_required")
    assert answered(mine(client, tokens), 200) == own(tokens)


def test_who_leaves_is_unknown(
    client: FlaskClient, somebody: dict[str, str], tokens: dict[str, Any]
) -> None:
    headers = bearer(tokens["accessToken"])
    assert client.delete(f"{API}/profiles/me", headers=headers).status_code == 204
    problem(mine(client, tokens), 401, "session_ended")
    problem(client.get(f"{API}/profiles/{somebody['username']}"), 404, "unknown_profile")
    login = {"login": somebody["username"], "password": PASSWORD}
    problem(client.post(f"{API}/auth/login", json=login), 401, "bad_credentials")
    problem(client.post(f"{API}/auth/signup", json=somebody), 409, "username_taken")


def test_a_public_profile_never_shows_the_email(
    client: FlaskClient, somebody: dict[str, str], tokens: dict[str, Any]
) -> None:
    anybodys = set(examples.PUBLIC) - {"followedByMe"}
    for headers, shown in (({}, anybodys), (bearer(tokens["accessToken"]), set(examples.PUBLIC))):
        response = client.get(f"{API}/profiles/{somebody['username'].upper()}", headers=headers)
        public = answered(response, 200)
        assert set(public) == shown
        assert public["username"] == somebody["username"]
        assert (public["followers"], public["following"], public["channels"]) == (0, 0, 0)
        assert somebody["email"] not in response.text


def test_channels_are_counted(
    client: FlaskClient, tokens: dict[str, Any], somebody: dict[str, str]
) -> None:
    for slug in (f"one-{somebody['username']}", f"two-{somebody['username']}"):
        channel = {"slug": slug, "title": "Title"}
        made = client.post(f"{API}/channels", json=channel, headers=bearer(tokens["accessToken"]))
        assert made.status_code == 201
    assert answered(client.get(f"{API}/profiles/{somebody['username']}"), 200)["channels"] == 2


@pytest.mark.parametrize("path", ["/profiles/me", "/profiles/mara"])
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic bWFyYTp4", "x", "Bearer a b", "bearer é"]
)
def test_a_bad_token_is_refused_everywhere(
    client: FlaskClient, tokens: dict[str, Any], path: str, header: str
) -> None:
    refused = client.get(API + path, headers={"Authorization": header})
    problem(refused, 401, "token_invalid")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_forged_and_expired_tokens_are_refused(
    client: FlaskClient, tokens: dict[str, Any], container: Container
) -> None:
    forged = JwtTokens(OTHER_KEY).issue(some_claims())
    problem(mine(client, {"accessToken": forged}), 401, "token_invalid")
    real = container.tokens()
    expired = real.issue(some_claims(lives=timedelta(seconds=-1)))
    problem(mine(client, {"accessToken": expired}), 401, "token_expired")
    claims = real.read(tokens["accessToken"])
    for mixed in (
        replace(claims, profile_id=some_claims().profile_id),
        replace(claims, session_id=some_claims().session_id),
    ):
        problem(mine(client, {"accessToken": real.issue(mixed)}), 401, "session_ended")


def test_guesses_are_throttled(fresh: FlaskClient) -> None:
    answered(fresh.post(f"{API}/auth/signup", json=MARA), 201)
    wrong = {"login": "mara", "password": "wrong"}
    for _ in range(10):
        problem(fresh.post(f"{API}/auth/login", json=wrong), 401, "bad_credentials")
    right = {"login": "mara", "password": PASSWORD}
    limited = fresh.post(f"{API}/auth/login", json=right)
    problem(limited, 429, "too_many_attempts")
    assert 1 <= int(limited.headers["Retry-After"]) <= 300
    spoofed = fresh.post(
        f"{API}/auth/login", json=right, headers={"X-Forwarded-For": "203.0.113.7"}
    )
    problem(spoofed, 429, "too_many_attempts")


def test_signups_are_throttled(fresh: FlaskClient, memory_container: Container) -> None:
    for _ in range(50):
        memory_container.attempts().sign_up("127.0.0.1")
    problem(fresh.post(f"{API}/auth/signup", json=MARA), 429, "too_many_signups")


GUESSES = '"account-and-address";q=10;w=300, "address";q=100;w=300, "account";q=100;w=3600'


def test_limited_routes_say_their_limits_on_every_answer(fresh: FlaskClient) -> None:
    for body, status in ((MARA, 201), (MARA, 409), ({}, 422)):
        answer = fresh.post(f"{API}/auth/signup", json=body)
        assert answer.status_code == status
        assert answer.headers["RateLimit-Policy"] == '"signups";q=50;w=3600'
        assert "RateLimit" not in answer.headers
    login = {"login": "mara", "password": PASSWORD}
    for body, status in ((login, 200), (login | {"password": "wrong"}, 401), ([], 422)):
        answer = fresh.post(f"{API}/auth/login", json=body)
        assert answer.status_code == status
        assert answer.headers["RateLimit-Policy"] == GUESSES
    assert "RateLimit-Policy" not in fresh.get(f"{API}/profiles/mara").headers


def test_who_is_limited_is_told_by_which_limit_and_until_when(fresh: FlaskClient) -> None:
    login = {"login": "nobody", "password": "wrong"}
    for _ in range(10):
        fresh.post(f"{API}/auth/login", json=login)
    limited = fresh.post(f"{API}/auth/login", json=login)
    problem(limited, 429, "too_many_attempts")
    wait = limited.headers["Retry-After"]
    assert limited.headers["RateLimit"] == f'"account-and-address";r=0;t={wait}'
    assert limited.headers["RateLimit-Policy"] == GUESSES


def test_answers_with_tokens_are_never_kept(client: FlaskClient, somebody: dict[str, str]) -> None:
    response = client.post(f"{API}/auth/signup", json=somebody)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_every_example_works(fresh: FlaskClient) -> None:
    signed_up = answered(fresh.post(f"{API}/auth/signup", json=examples.SIGN_UP), 201)
    assert set(signed_up) == set(examples.SIGNED_IN)
    assert set(signed_up["profile"]) == set(examples.PROFILE)
    answered(fresh.post(f"{API}/auth/login", json=examples.LOG_IN), 200)
    headers = bearer(signed_up["accessToken"])
    answered(fresh.patch(f"{API}/profiles/me", json=examples.CHANGE, headers=headers), 200)
    out = fresh.post(f"{API}/auth/logout", json=examples.LOG_OUT, headers=headers)
    assert out.status_code == 204


def test_a_ticket_stands_for_the_session_that_asked(
    client: FlaskClient, tokens: dict[str, Any], container: Container
) -> None:
    response = client.post(f"{API}/auth/ws-ticket", headers=bearer(tokens["accessToken"]))
    issued = answered(response, 201)
    assert set(issued) == {"ticket", "expiresIn"}
    assert issued["expiresIn"] == 30
    assert response.headers["Cache-Control"] == "no-store"
    asking = container.authenticate()(token=tokens["accessToken"])
    assert container.redeem_ticket()(ticket=issued["ticket"]) == asking


def test_nobody_gets_no_ticket(client: FlaskClient) -> None:
    problem(client.post(f"{API}/auth/ws-ticket"), 401, "token_missing")


def test_two_apps_in_one_process_know_different_people(
    client: FlaskClient, tokens: dict[str, Any], container: Container, somebody: dict[str, str]
) -> None:
    other = create_app(Container(settings=container.settings())).test_client()
    problem(other.get(f"{API}/profiles/{somebody['username']}"), 404, "unknown_profile")
    problem(mine(other, tokens), 401, "session_ended")


def test_no_secret_is_logged(
    client: FlaskClient,
    somebody: dict[str, str],
    tokens: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    canary = "canary-7c1f of seven lanterns"
    client.post(f"{API}/auth/login", json={"login": somebody["username"], "password": canary})
    client.post(f"{API}/auth/signup", json=somebody | {"username": "canary", "password": canary})
    client.post(f"{API}/auth/refresh", json={"refreshToken": canary})
    mine(client, tokens)
    shown = json.dumps(capsys.readouterr())
    assert canary not in shown
    assert tokens["accessToken"] not in shown
    assert tokens["refreshToken"] not in shown
