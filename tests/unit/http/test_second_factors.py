"""Second factors through the door: each success, and each way to be refused."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from dependency_injector import providers
from werkzeug.test import TestResponse

from stonks.application.ports import Limit
from stonks.domain.errors import Unavailable
from tests.contracts.documents import operations
from tests.contracts.http import BASE, PASSWORD, Browser, problem_code
from tests.contracts.second_factor_cases import App, StillClock, a_sealer

SVG = "http://www.w3.org/2000/svg"
HERS = {"login": "mara", "password": PASSWORD}


@pytest.fixture
def clock(browser: Browser) -> StillClock:
    clock = StillClock()
    browser.container.now.override(providers.Object(clock))
    return clock


@pytest.fixture
def mara(browser: Browser, clock: StillClock) -> str:
    return browser.sign_up("mara")


def ok(response: TestResponse, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    assert response.headers["Cache-Control"] == "no-store"
    return response.json if response.data and response.mimetype == "application/json" else None


def refused(response: TestResponse) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def started(browser: Browser, clock: StillClock) -> App:
    new = ok(browser.ask("POST", "/profiles/me/2fa", "mara"))
    return App(new["secret"], lambda: clock().timestamp())


def turned_on(browser: Browser, clock: StillClock) -> tuple[App, Sequence[str]]:
    app = started(browser, clock)
    body = {"code": app.code(-1)}
    answer = ok(browser.ask("POST", "/profiles/me/2fa/confirm", "mara", json=body))
    return app, answer["recoveryCodes"]


def half(browser: Browser) -> str:
    answer = ok(browser.ask("POST", "/auth/login", json=HERS))
    assert answer["mfaRequired"] is True
    token: str = answer["mfaToken"]
    return token


def finish(browser: Browser, token: str, code: str) -> TestResponse:
    return browser.ask("POST", "/auth/login/2fa", json={"mfaToken": token, "code": code})


def grow_stale(clock: StillClock) -> None:
    clock.pass_(301)


def reauthenticate(browser: Browser, **proof: Any) -> TestResponse:
    return browser.ask("POST", "/auth/reauthenticate", "mara", json=proof)


def test_all_of_it_from_the_qr_code_to_a_login(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    new = ok(browser.ask("POST", "/profiles/me/2fa", mara))
    assert set(new) == {"secret", "otpauthUri", "qrSvg"}
    told = parse_qs(urlsplit(new["otpauthUri"]).query)
    assert (told["secret"], told["issuer"]) == ([new["secret"]], ["localhost"])
    assert new["qrSvg"].startswith(f'<svg xmlns="{SVG}"')
    assert "<script" not in new["qrSvg"]
    app = App(new["secret"], lambda: clock().timestamp())
    none = {"totp": False, "passkeys": 0, "recoveryCodesLeft": 0}
    assert ok(browser.ask("GET", "/profiles/me/2fa", mara)) == none
    body = {"code": app.code(-1)}
    codes = ok(browser.ask("POST", "/profiles/me/2fa/confirm", mara, json=body))["recoveryCodes"]
    assert len(set(codes)) == 10
    entry = ok(browser.ask("POST", "/auth/login", json=HERS))
    assert set(entry) == {"mfaRequired", "mfaToken", "ways", "expiresIn"}
    assert (entry["ways"], entry["expiresIn"]) == (["totp", "recovery_code"], 600)
    tokens = ok(finish(browser, entry["mfaToken"], app.code()))
    assert set(tokens) == {"profile", "accessToken", "refreshToken", "expiresIn"}
    browser.tokens["mara"] = tokens["accessToken"]
    assert ok(browser.ask("GET", "/profiles/me", mara))["username"] == "mara"
    assert ok(finish(browser, half(browser), codes[0]))
    there = {"totp": True, "passkeys": 0, "recoveryCodesLeft": 9}
    assert ok(browser.ask("GET", "/profiles/me/2fa", mara)) == there


def test_a_secret_is_never_shown_again(browser: Browser, mara: str, clock: StillClock) -> None:
    app, codes = turned_on(browser, clock)
    for path in ("/profiles/me/2fa", "/profiles/me"):
        shown = browser.ask("GET", path, mara).text
        assert app.secret not in shown
        assert not any(code in shown for code in codes)


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("text/plain", "text/plain"),
        ("text/plain, application/json;q=0.5", "text/plain"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_recovery_codes_come_as_a_file_for_who_asks_for_one(
    browser: Browser, mara: str, clock: StillClock, accept: str, mimetype: str
) -> None:
    turned_on(browser, clock)
    headers = {"Accept": accept}
    response = browser.ask("POST", "/profiles/me/2fa/recovery-codes", mara, headers=headers)
    ok(response)
    assert response.mimetype == mimetype
    if mimetype == "text/plain":
        told = response.headers["Content-Disposition"]
        assert told == "attachment; filename=stonks-recovery-codes.txt"
        code = response.text.splitlines()[9]
        assert ok(finish(browser, half(browser), code))


def test_a_confirmation_answers_a_file_too(browser: Browser, mara: str, clock: StillClock) -> None:
    body, headers = {"code": started(browser, clock).code()}, {"Accept": "text/plain"}
    response = browser.ask("POST", "/profiles/me/2fa/confirm", mara, json=body, headers=headers)
    assert response.status_code == 200
    assert len(response.text.splitlines()) == 10


def test_a_wrong_confirmation_changes_nothing(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    app = started(browser, clock)
    for code in ("000000", "", "x", app.code(3)):
        body = {"code": code}
        response = browser.ask("POST", "/profiles/me/2fa/confirm", mara, json=body)
        assert refused(response) == (422, "wrong_code")
        assert set(response.json["errors"]) == {"code"}
    assert "accessToken" in ok(browser.ask("POST", "/auth/login", json=HERS))


def test_nothing_is_confirmed_before_it_was_started(browser: Browser, mara: str) -> None:
    response = browser.ask("POST", "/profiles/me/2fa/confirm", mara, json={"code": "123456"})
    assert refused(response) == (409, "totp_not_started")


def test_there_are_no_recovery_codes_of_nothing(browser: Browser, mara: str) -> None:
    response = browser.ask("POST", "/profiles/me/2fa/recovery-codes", mara)
    assert refused(response) == (409, "second_factor_off")


def test_turning_it_off_asks_for_nothing_more_at_the_next_login(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    turned_on(browser, clock)
    waiting = half(browser)
    ok(browser.ask("DELETE", "/profiles/me/2fa", mara), 204)
    ok(browser.ask("DELETE", "/profiles/me/2fa", mara), 204)
    assert refused(finish(browser, waiting, "123456")) == (401, "mfa_token_invalid")
    assert "accessToken" in ok(browser.ask("POST", "/auth/login", json=HERS))


def test_a_change_of_factors_ends_the_other_sessions_on_the_next_request(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    other = ok(browser.ask("POST", "/auth/login", json=HERS))["accessToken"]
    app, _ = turned_on(browser, clock)
    headers = {"Authorization": f"Bearer {other}"}
    assert refused(browser.ask("GET", "/profiles/me", headers=headers)) == (401, "session_ended")
    other = ok(finish(browser, half(browser), app.code()))["accessToken"]
    ok(browser.ask("DELETE", "/profiles/me/2fa", mara), 204)
    headers = {"Authorization": f"Bearer {other}"}
    assert refused(browser.ask("GET", "/profiles/me", headers=headers)) == (401, "session_ended")
    assert ok(browser.ask("GET", "/profiles/me", mara))


@pytest.mark.parametrize("code", ["000000", "", "abc", "k7wq3-m9dx2-pt8h1", "\x00", "é", "' OR 1"])
def test_a_wrong_code_is_refused_at_a_login(
    browser: Browser, mara: str, clock: StillClock, code: str
) -> None:
    app, _ = turned_on(browser, clock)
    token = half(browser)
    response = finish(browser, token, code)
    assert refused(response) == (401, "wrong_code")
    assert ok(finish(browser, token, app.code()))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"mfaToken": "x"},
        {"code": "123456"},
        {"mfaToken": 1, "code": "123456"},
        {"mfaToken": "x", "code": 123456},
        {"mfaToken": "x", "code": None},
        {"mfaToken": "x", "code": ["123456"]},
        {"mfaToken": "x", "code": "1" * 65},
        {"mfaToken": "x" * 129, "code": "123456"},
        {"mfaToken": "x", "code": "123456", "profileId": "x"},
    ],
)
def test_a_malformed_finish_is_refused(browser: Browser, body: dict[str, Any]) -> None:
    response = browser.ask("POST", "/auth/login/2fa", json=body)
    assert refused(response) == (422, "invalid_fields")


def test_an_unknown_half_signed_in_token_is_refused(browser: Browser, clock: StillClock) -> None:
    assert refused(finish(browser, "unknown", "123456")) == (401, "mfa_token_invalid")


def test_a_half_signed_in_token_is_refused_everywhere_else(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    turned_on(browser, clock)
    token = half(browser)
    document = browser.app.test_client().get("/openapi.json").json
    tried = 0
    for operation in operations(document):
        if any("bearer" in way for way in operation.described.get("security", [])):
            body = {"json": operation.body["example"]} if operation.body else {}
            response = browser.app.test_client().open(
                operation.address,
                method=operation.method.upper(),
                headers={"Authorization": f"Bearer {token}"},
                **body,
            )
            assert refused(response) == (401, "token_invalid"), operation.id
            tried += 1
    assert tried > 40
    refresh = browser.ask("POST", "/auth/refresh", json={"refreshToken": token})
    assert refused(refresh) == (401, "refresh_token_invalid")
    assert ok(browser.ask("POST", "/auth/logout", json={"refreshToken": token}), 204) is None
    assert half(browser)


def test_guesses_are_counted_through_the_door(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    app, codes = turned_on(browser, clock)  # one try
    for _ in range(9):
        assert refused(finish(browser, half(browser), "000000")) == (401, "wrong_code")
    response = finish(browser, half(browser), app.code())
    assert refused(response) == (429, "too_many_attempts")
    assert int(response.headers["Retry-After"]) > 0
    assert "proofs-of-account" in response.headers["RateLimit"]
    assert '"proofs-of-account-a-day";q=50;w=86400' in response.headers["RateLimit-Policy"]
    limited = reauthenticate(browser, code=codes[0])
    assert refused(limited) == (429, "too_many_attempts"), "it is one count, wherever one guesses"


def test_guesses_fail_closed_where_they_cannot_be_counted(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    app, codes = turned_on(browser, clock)
    token = half(browser)

    def away(limit: Limit, *key: str) -> None:
        raise Unavailable("limits_unavailable", "try again in a moment")

    browser.container.throttle.override(providers.Object(away))
    browser.container.guesses.reset()
    browser.container.finish_login.reset()
    browser.container.reauthenticate.reset()
    browser.container.confirm_totp.reset()
    away_now = (503, "limits_unavailable")
    assert refused(finish(browser, token, app.code())) == away_now
    assert refused(finish(browser, "unknown", app.code())) == away_now
    assert refused(reauthenticate(browser, code=codes[0])) == away_now
    confirm = browser.ask("POST", "/profiles/me/2fa/confirm", mara, json={"code": app.code()})
    assert refused(confirm) == away_now
    browser.container.throttle.reset_override()
    for provider in ("guesses", "finish_login"):
        getattr(browser.container, provider).reset()
    assert ok(finish(browser, token, app.code())), "nothing was used up"


CHANGES = [
    ("POST", "/profiles/me/2fa", None),
    ("POST", "/profiles/me/2fa/confirm", {"code": "123456"}),
    ("DELETE", "/profiles/me/2fa", None),
    ("POST", "/profiles/me/2fa/recovery-codes", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_changes_of_second_factors_demand_fresh_proof(
    browser: Browser, mara: str, clock: StillClock, method: str, path: str, body: Any
) -> None:
    options = {"json": body} if body else {}
    anonymous = browser.ask(method, path, **options)
    assert refused(anonymous) == (401, "token_missing")
    assert browser.ask(method, path, mara, **options).status_code in (200, 204, 409)
    grow_stale(clock)
    stale = browser.ask(method, path, mara, **options)
    assert refused(stale) == (403, "fresh_proof_required")
    ok(reauthenticate(browser, password=PASSWORD), 204)
    assert browser.ask(method, path, mara, **options).status_code in (200, 204, 409)


def test_stale_sessions_turn_nothing_off(browser: Browser, mara: str, clock: StillClock) -> None:
    turned_on(browser, clock)
    grow_stale(clock)
    off = browser.ask("DELETE", "/profiles/me/2fa", mara)
    assert refused(off) == (403, "fresh_proof_required")
    assert half(browser)


def test_fresh_proof_lasts_five_minutes_and_is_of_one_session(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    other = ok(browser.ask("POST", "/auth/login", json=HERS))["accessToken"]
    grow_stale(clock)
    ok(reauthenticate(browser, password=PASSWORD), 204)
    clock.pass_(299)
    ok(browser.ask("POST", "/profiles/me/2fa", mara))
    headers = {"Authorization": f"Bearer {other}"}
    elsewhere = browser.ask("POST", "/profiles/me/2fa", headers=headers)
    assert refused(elsewhere) == (403, "fresh_proof_required")
    clock.pass_(1)
    late = browser.ask("POST", "/profiles/me/2fa", mara)
    assert refused(late) == (403, "fresh_proof_required")


def test_the_password_alone_is_no_proof_where_a_second_factor_is_on(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    app, _ = turned_on(browser, clock)
    grow_stale(clock)
    for password in (PASSWORD, "wrong"):
        response = reauthenticate(browser, password=password)
        assert refused(response) == (403, "second_factor_required")
    assert refused(reauthenticate(browser, code="000000")) == (403, "proof_wrong")
    ok(reauthenticate(browser, code=app.code()), 204)
    assert refused(reauthenticate(browser, code=app.code())) == (403, "proof_wrong")
    ok(browser.ask("DELETE", "/profiles/me/2fa", mara), 204)


def test_a_recovery_code_is_proof_once(browser: Browser, mara: str, clock: StillClock) -> None:
    _, codes = turned_on(browser, clock)
    grow_stale(clock)
    ok(reauthenticate(browser, code=codes[0]), 204)
    assert refused(reauthenticate(browser, code=codes[0])) == (403, "proof_wrong")


@pytest.mark.parametrize(
    ("proof", "status", "code"),
    [
        ({}, 422, "one_proof"),
        ({"password": PASSWORD, "code": "123456"}, 422, "one_proof"),
        ({"password": "wrong"}, 403, "proof_wrong"),
        ({"password": ""}, 403, "proof_wrong"),
        ({"password": "x" * 100_000}, 403, "proof_wrong"),
        ({"code": "123456"}, 403, "proof_wrong"),
        ({"code": "k7wq3-m9dx2-pt8h1"}, 403, "proof_wrong"),
        ({"password": 1}, 422, "invalid_fields"),
        ({"password": None, "code": "123456"}, 422, "invalid_fields"),
        ({"code": "1" * 65}, 422, "invalid_fields"),
        ({"password": PASSWORD, "sessionId": "x"}, 422, "invalid_fields"),
    ],
)
def test_what_is_no_proof_is_refused_and_gives_none(
    browser: Browser,
    mara: str,
    clock: StillClock,
    proof: dict[str, Any],
    status: int,
    code: str,
) -> None:
    grow_stale(clock)
    assert refused(reauthenticate(browser, **proof)) == (status, code)
    stale = browser.ask("POST", "/profiles/me/2fa", mara)
    assert refused(stale) == (403, "fresh_proof_required")


def test_who_has_neither_password_nor_code_signs_in_again(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    grow_stale(clock)
    browser.container.identity_tables().passwords.rows.clear()
    for proof in ({"password": PASSWORD}, {"code": "123456"}):
        assert refused(reauthenticate(browser, **proof)) == (409, "sign_in_again")


def test_nobody_reauthenticates_without_a_session(browser: Browser, clock: StillClock) -> None:
    response = browser.ask("POST", "/auth/reauthenticate", json={"password": PASSWORD})
    assert refused(response) == (401, "token_missing")


def test_a_password_is_guessed_at_ten_times_whatever_session_asks(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    for number in range(10):
        if number % 3 == 0:
            tokens = ok(browser.ask("POST", "/auth/login", json=HERS))
            browser.tokens["mara"] = tokens["accessToken"]
        assert refused(reauthenticate(browser, password="wrong")) == (403, "proof_wrong")
    response = reauthenticate(browser, password=PASSWORD)
    assert refused(response) == (429, "too_many_attempts")


def test_a_lost_sealing_key_is_told_and_recovery_codes_go_on(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    app, codes = turned_on(browser, clock)
    token = half(browser)
    browser.container.sealer.override(providers.Object(a_sealer()))
    browser.container.check_code.reset()
    browser.container.finish_login.reset()
    response = finish(browser, token, app.code())
    assert refused(response) == (503, "sealing_key_missing")
    assert response.headers["Retry-After"] == "60"
    assert ok(finish(browser, token, codes[0]))


def test_the_document_tells_of_half_a_login(browser: Browser) -> None:
    document = browser.app.test_client().get("/openapi.json").json
    schema = document["paths"][f"{BASE}/auth/login"]["post"]["responses"]["200"]["content"]
    told = json.dumps(schema["application/json"]["schema"])
    assert "SignedIn" in told
    assert "HalfSignedIn" in told
    codes = document["paths"][f"{BASE}/profiles/me/2fa/recovery-codes"]["post"]["responses"]["200"]
    assert set(codes["content"]) == {"application/json", "text/plain"}


def test_canary_neither_secret_nor_code_nor_token_is_logged(
    browser: Browser, mara: str, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    app, codes = turned_on(browser, clock)
    token = half(browser)
    finish(browser, token, "canary-code-9f27")
    finish(browser, "canary-token-51ac", app.code())
    tokens = ok(finish(browser, token, app.code()))
    reauthenticate(browser, code=codes[0])
    reauthenticate(browser, password="canary password d41")
    grow_stale(clock)
    reauthenticate(browser, code=app.code(1))
    logged = "".join(capsys.readouterr())
    assert "/auth/login/2fa" in logged
    canaries = ["canary-code-9f27", "canary-token-51ac", "canary password d41", app.secret, token]
    canaries += [app.code(), app.code(1), codes[0], codes[1], tokens["accessToken"]]
    for canary in canaries:
        assert canary not in logged


def test_logins_that_nobody_finished_are_forgotten_in_the_background(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    turned_on(browser, clock)
    half(browser)
    chore = browser.container.half_sessions_chore()
    kept = browser.container.identity_tables().second_factors.half_sessions.rows
    assert (chore.do(), len(kept)) == (False, 1)
    clock.pass_(600)
    assert (chore.do(), len(kept)) == (False, 0)


def test_every_answer_with_a_secret_is_kept_by_nobody_on_the_way(
    browser: Browser, mara: str, clock: StillClock
) -> None:
    for response in (
        browser.ask("POST", "/profiles/me/2fa", mara),
        browser.ask("POST", "/auth/login", json=HERS),
        finish(browser, "unknown", "123456"),
        reauthenticate(browser, password="wrong"),
    ):
        assert response.headers["Cache-Control"] == "no-store"
