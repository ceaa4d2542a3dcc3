"""Personal access tokens through the real door."""

from datetime import timedelta
from typing import Any

import pytest
from dependency_injector import providers

from stonks.domain.identity.access_token import MOST_TOKENS
from stonks.domain.identity.scope import Scope
from tests.contracts.bots import bearer_of, call, live, make_token, member_routes
from tests.contracts.http import Browser, problem_code

TOKENS = "/profiles/me/tokens"
GOOD = {"name": "Bot", "scopes": ["chat:write"]}


@pytest.fixture
def mara(browser: Browser) -> Browser:
    browser.sign_up("mara")
    return browser


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def pass_(browser: Browser, **time: float) -> None:
    now = browser.container.now()
    browser.container.now.override(providers.Object(lambda: now() + timedelta(**time)))
    for provider in (browser.container.authenticate, browser.container.session_uses):
        provider.reset()


def test_a_token_is_shown_once_and_signs_in(mara: Browser) -> None:
    made = make_token(mara, "mara", "profile:read", "chat:write", expiresInDays=7)
    assert made["token"].startswith(made["prefix"])
    assert made["scopes"] == ["profile:read", "chat:write"]
    assert mara.ask("GET", "/profiles/me", "mara's bot").json["username"] == "mara"
    listed = mara.ask("GET", TOKENS, "mara").json["items"]
    assert [item["id"] for item in listed] == [made["id"]]
    assert "token" not in listed[0]
    assert made["token"] not in mara.ask("GET", TOKENS, "mara").text


def test_its_owner_is_told_by_mail_without_the_token(mara: Browser) -> None:
    made = make_token(mara, "mara", "chat:write")
    mails = mara.container.mail_tables().outgoing.where(lambda row: True)
    told = [mail for mail in mails if getattr(mail, "mail", mail).kind == "access_token_made"]
    assert len(told) == 1
    assert made["token"] not in repr(told)


def test_who_makes_one_again_by_the_same_key_has_one_and_is_shown_it(mara: Browser) -> None:
    headers = {"Idempotency-Key": "once"}
    first, again = (mara.ask("POST", TOKENS, "mara", json=GOOD, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert again.headers["Cache-Control"] == "no-store"
    assert [one["id"] for one in mara.ask("GET", TOKENS, "mara").json["items"]] == [
        first.json["id"]
    ]


@pytest.mark.parametrize("lacks", ["a fresh proof", "its session", "everything but a token"])
def test_who_may_make_none_is_shown_none_by_the_same_key(mara: Browser, lacks: str) -> None:
    headers, who = {"Idempotency-Key": "once"}, "mara"
    made = mara.ask("POST", TOKENS, "mara", json=GOOD, headers=headers).json
    if lacks == "a fresh proof":
        pass_(mara, minutes=6)
    elif lacks == "its session":
        mara.ask("POST", "/auth/logout", "mara")
    else:
        mara.tokens[who := "mara's bot"] = made["token"]
    response = mara.ask("POST", TOKENS, who, json=GOOD, headers=headers)
    assert response.status_code in (401, 403)
    assert made["token"] not in response.text


def test_the_token_itself_is_kept_nowhere(mara: Browser) -> None:
    headers = {"Idempotency-Key": "once"}
    made = mara.ask("POST", TOKENS, "mara", json=GOOD, headers=headers).json
    tables = mara.container.identity_tables()
    kept = [table.rows for table in (tables.access_tokens, tables.sessions, tables.refresh_tokens)]
    assert made["token"] not in repr(kept)
    answers = repr(mara.container.kept_answers().rows.rows)
    assert "body=" in answers
    assert made["token"] not in answers


def test_without_a_fresh_proof_no_token_is_made(mara: Browser) -> None:
    sessions = mara.container.identity_tables().sessions
    for session in sessions.where(lambda row: True):
        session.proven_at = None
        sessions.put(session.id, session)
    response = mara.ask("POST", TOKENS, "mara", json=GOOD)
    assert refusal(response) == (403, "fresh_proof_required")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_fields"),
        (GOOD | {"name": ""}, "name_too_short"),
        (GOOD | {"name": "x" * 61}, "name_too_long"),
        (GOOD | {"name": "a\nb"}, "name_bad_characters"),
        (GOOD | {"scopes": []}, "invalid_fields"),
        (GOOD | {"scopes": ["root"]}, "invalid_fields"),
        (GOOD | {"scopes": "chat:write"}, "invalid_fields"),
        (GOOD | {"expiresInDays": 0}, "invalid_fields"),
        (GOOD | {"expiresInDays": 400}, "invalid_fields"),
        (GOOD | {"expiresInDays": "7"}, "invalid_fields"),
        (GOOD | {"expiresInDays": 1.5}, "invalid_fields"),
        (GOOD | {"token": "mine"}, "invalid_fields"),
        (GOOD | {"id": "mine"}, "invalid_fields"),
    ],
)
def test_what_is_wrong_makes_no_token(mara: Browser, body: dict[str, Any], code: str) -> None:
    assert refusal(mara.ask("POST", TOKENS, "mara", json=body)) == (422, code)
    assert mara.ask("GET", TOKENS, "mara").json["items"] == []


def test_there_are_so_many_tokens_and_no_more(mara: Browser) -> None:
    mara.container.throttle.override(providers.Object(lambda limit, *key: None))
    mara.container.make_access_token.reset()
    for _ in range(MOST_TOKENS):
        made = make_token(mara, "mara", "chat:write")
    response = mara.ask("POST", TOKENS, "mara", json=GOOD)
    assert refusal(response) == (409, "too_many_access_tokens")
    assert mara.ask("DELETE", f"{TOKENS}/{made['id']}", "mara").status_code == 204
    make_token(mara, "mara", "chat:write")


def test_tokens_are_not_made_by_the_dozen_for_ever(mara: Browser) -> None:
    answers = [mara.ask("POST", TOKENS, "mara", json=GOOD) for _ in range(31)]
    assert [answer.status_code for answer in answers[:30]] == [201] * 30
    assert refusal(answers[30]) == (429, "too_many_attempts")
    assert "Retry-After" in answers[30].headers


def test_a_revoked_token_is_refused_at_once(mara: Browser) -> None:
    made = make_token(mara, "mara", "profile:read")
    for _ in range(2):
        assert mara.ask("DELETE", f"{TOKENS}/{made['id']}", "mara").status_code == 204
    response = mara.ask("GET", "/profiles/me", "mara's bot")
    assert refusal(response) == (401, "session_ended")
    assert mara.ask("GET", TOKENS, "mara").json["items"] == []
    assert mara.ask("GET", "/profiles/me", "mara").status_code == 200


def test_anothers_token_reads_as_unknown(mara: Browser) -> None:
    mara.sign_up("bruno")
    made = make_token(mara, "mara", "profile:read")
    response = mara.ask("DELETE", f"{TOKENS}/{made['id']}", "bruno")
    assert refusal(response) == (404, "unknown_access_token")
    assert mara.ask("GET", "/profiles/me", "mara's bot").status_code == 200


def test_a_session_of_ones_own_is_no_token_to_revoke(mara: Browser) -> None:
    (session,) = mara.container.identity_tables().sessions.where(lambda row: True)
    response = mara.ask("DELETE", f"{TOKENS}/{session.id}", "mara")
    assert refusal(response) == (404, "unknown_access_token")


def test_an_expired_token_is_refused(mara: Browser) -> None:
    make_token(mara, "mara", "profile:read", expiresInDays=1)
    pass_(mara, days=1, seconds=1)
    assert refusal(mara.ask("GET", "/profiles/me", "mara's bot")) == (401, "session_ended")


def test_a_token_without_an_end_still_works_in_a_year(mara: Browser) -> None:
    assert make_token(mara, "mara", "profile:read", expiresInDays=None)["expiresAt"] is None
    pass_(mara, days=400)
    assert mara.ask("GET", "/profiles/me", "mara's bot").status_code == 200


@pytest.mark.parametrize("token", ["stonks_pat_", "stonks_pat_" + "A" * 49, "stonks_pat_é"])
def test_a_made_up_token_is_refused_without_asking_the_store(mara: Browser, token: str) -> None:
    mara.container.identity_reads.override(providers.Object(None))
    mara.container.authenticate.reset()
    mara.tokens["liar"] = token
    assert refusal(mara.ask("GET", "/profiles/me", "liar")) == (401, "token_invalid")


def test_tokens_end_with_a_profile_that_leaves(mara: Browser) -> None:
    make_token(mara, "mara", "profile:read")
    assert mara.ask("DELETE", "/profiles/me", "mara").status_code in (202, 204)
    assert refusal(mara.ask("GET", "/profiles/me", "mara's bot")) == (401, "session_ended")


def test_a_token_is_no_refresh_token(mara: Browser) -> None:
    made = make_token(mara, "mara", "profile:read")
    response = mara.ask("POST", "/auth/refresh", json={"refreshToken": made["token"]})
    assert refusal(response) == (401, "refresh_token_invalid")


def test_a_token_logs_nobody_out(mara: Browser) -> None:
    make_token(mara, "mara", *Scope)
    assert refusal(mara.ask("POST", "/auth/logout", "mara's bot")) == (403, "scope_missing")


def test_by_default_every_member_route_refuses_a_token(mara: Browser) -> None:
    """Also a route that was added yesterday: what says no scope is no token's."""
    make_token(mara, "mara", *Scope)
    closed = [it for it in member_routes(live(mara)) if not bearer_of(it)]
    assert {"makeAccessToken", "revokeAccessToken", "deactivateProfile"} <= {it.id for it in closed}
    for operation in closed:
        response = call(mara, operation, "mara's bot")
        assert refusal(response) == (403, "scope_missing"), operation.id


@pytest.mark.parametrize("scope", Scope)
def test_each_scope_opens_exactly_its_routes(mara: Browser, scope: Scope) -> None:
    make_token(mara, "mara", scope)
    opened = []
    for operation in member_routes(live(mara)):
        needed = bearer_of(operation)
        response = call(mara, operation, "mara's bot")
        is_refused = response.status_code == 403 and problem_code(response) == "scope_missing"
        assert is_refused == (needed != [scope.value]), operation.id
        opened += [] if is_refused else [operation.id]
    assert opened, "a scope that opens nothing is of no use"


def test_a_token_without_the_scope_sees_what_anybody_sees(mara: Browser) -> None:
    mara.open_channel("mara")
    make_token(mara, "mara", "profile:read")
    assert mara.ask("GET", "/channels/lounge/messages", "mara's bot").status_code == 200


def test_staff_have_no_power_by_a_token_that_is_not_for_it(browser: Browser) -> None:
    browser.sign_up("ruth", is_staff=True)
    browser.sign_up("mara")
    browser.open_channel("mara")
    make_token(browser, "ruth", "moderation", "chat:write")
    suspend = {"json": {"reason": "a test"}}
    response = browser.ask("PUT", "/channels/lounge/suspension", "ruth's bot", **suspend)
    assert refusal(response) == (403, "scope_missing")
    response = browser.ask(
        "POST", "/channels/lounge/messages", "ruth's bot", json={"text": "/suspend"}
    )
    assert refusal(response) == (403, "scope_missing")
    make_token(browser, "ruth", "admin")
    response = browser.ask("PUT", "/channels/lounge/suspension", "ruth's bot", **suspend)
    assert response.status_code == 204


def test_a_token_for_chat_writes_and_commands_no_more_than_its_scopes(mara: Browser) -> None:
    mara.open_channel("mara")
    mara.sign_up("bruno")
    make_token(mara, "mara", "chat:write")

    def say(text: str) -> Any:
        return mara.ask("POST", "/channels/lounge/messages", "mara's bot", json={"text": text})

    assert say("Hello").status_code == 201
    assert say("/help").status_code == 200
    for line in ("/mute @bruno", "/MUTE @bruno", "/set admin @bruno", "/suspend", '/set title "x"'):
        assert refusal(say(line)) == (403, "scope_missing"), line
    assert say("/nonsense").status_code == 422
    make_token(mara, "mara", "chat:write", "moderation")
    assert say("/mute @bruno").status_code == 200
    assert refusal(say("/set admin @bruno")) == (403, "scope_missing")


def test_a_ticket_is_worth_no_more_than_the_token_that_asked_for_it(mara: Browser) -> None:
    make_token(mara, "mara", "chat:write")
    ticket = mara.ask("POST", "/auth/ws-ticket", "mara's bot").json["ticket"]
    assert mara.container.redeem_ticket()(ticket=ticket).scopes == {Scope.CHAT_WRITE}


def test_its_owner_sees_when_a_token_was_last_used(mara: Browser) -> None:
    make_token(mara, "mara", "profile:read")
    assert mara.ask("GET", TOKENS, "mara").json["items"][0]["lastUsedAt"] is None
    pass_(mara, minutes=2)
    assert mara.ask("GET", "/profiles/me", "mara's bot").status_code == 200
    mara.container.session_uses()()
    assert mara.ask("GET", TOKENS, "mara").json["items"][0]["lastUsedAt"] is not None
