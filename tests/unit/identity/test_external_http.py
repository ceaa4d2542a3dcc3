"""Signing in by other issuers, as a browser meets it; who they are is taken on trust here."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from dependency_injector import providers
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from stonks.adapters.limits import LimitedThrottle, memory_windows
from stonks.adapters.memory.identity.issuers import MemoryIssuers
from stonks.adapters.passwords import PwdlibPasswords, Turns
from stonks.application.identity.external.ports import Vouched
from stonks.application.mail.ports import MailKind
from stonks.domain.errors import Unavailable
from stonks.domain.identity.totp import TotpFactor
from stonks.domain.ids import ProfileId
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import Settings
from tests.contracts.http import problem_code
from tests.contracts.identity_cases import PASSWORD, QUICK, MovableClock

SITE = "https://stonks.example"
AUTH = "/api/v1/auth"
COOKIE = "__Host-stonks-flow"
numbers = count(1)


@pytest.fixture(scope="module")
def issuers() -> MemoryIssuers:
    return MemoryIssuers({"acme": "Acme", "google": "Google"})


@pytest.fixture(scope="module")
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="module")
def container(issuers: MemoryIssuers, clock: MovableClock) -> Container:
    settings = Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url=SITE,
        token_private_key=new_private_key(),
        limits_scale=1000,
    )
    container = Container(settings=settings)
    container.passwords.override(providers.Object(PwdlibPasswords(QUICK, Turns())))
    container.issuers.override(providers.Object(issuers))
    container.now.override(providers.Object(clock))
    return container


@pytest.fixture(scope="module")
def app(container: Container) -> Any:
    return create_app(container)


@pytest.fixture
def browser(app: Any) -> FlaskClient:
    client: FlaskClient = app.test_client()
    return client


@pytest.fixture
def other_browser(app: Any) -> FlaskClient:
    client: FlaskClient = app.test_client()
    return client


def somebody(**changed: Any) -> Vouched:
    """Somebody whom an issuer knows, and who was never here."""
    number = next(numbers)
    told: dict[str, Any] = {
        "issuer": "https://acme.example",
        "subject": f"subject-{number}",
        "email": f"person{number}@example.org",
        "is_email_verified": True,
        "full_name": "Mara Lindqvist",
        "username": f"person{number}",
    }
    return Vouched(**(told | changed))


def get(client: FlaskClient, path: str, **query: str) -> TestResponse:
    return client.get(f"{AUTH}{path}", query_string=query, base_url=SITE)


def post(client: FlaskClient, path: str, token: str = "", **body: Any) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(f"{AUTH}{path}", json=body, base_url=SITE, headers=headers)


def state_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]


def started(client: FlaskClient, provider: str = "acme", **query: str) -> str:
    """The state with which the browser was sent off."""
    response = get(client, f"/{provider}/start", **query)
    assert response.status_code == 303, response.text
    return state_of(response.location)


def returned(
    client: FlaskClient, issuers: MemoryIssuers, state: str, who: Vouched, provider: str = "acme"
) -> TestResponse:
    code = f"code-{next(numbers)}"
    issuers.codes[code] = who
    return get(client, f"/{provider}/callback", state=state, code=code)


def entered(
    client: FlaskClient, issuers: MemoryIssuers, who: Vouched, **query: str
) -> TestResponse:
    return returned(client, issuers, started(client, **query), who)


def signed_in(client: FlaskClient, issuers: MemoryIssuers, who: Vouched) -> dict[str, Any]:
    response = entered(client, issuers, who)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json
    return body


def refused(response: TestResponse, status: int, code: str) -> None:
    assert (response.status_code, problem_code(response)) == (status, code)


def signed_up(client: FlaskClient) -> dict[str, Any]:
    """A member with a password."""
    name = f"member{next(numbers)}"
    body = {"fullName": "A Member", "username": name, "email": f"{name}@example.org"}
    response = post(client, "/signup", **body, password=PASSWORD)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json
    return answer


def identities(client: FlaskClient, token: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"}
    response = client.get(f"{AUTH}/identities", headers=headers, base_url=SITE)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json["items"]
    return items


def unlink(client: FlaskClient, token: str, identity: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    return client.delete(f"{AUTH}/identities/{identity}", headers=headers, base_url=SITE)


def link(
    client: FlaskClient, issuers: MemoryIssuers, token: str, who: Vouched, **body: str
) -> TestResponse:
    sent = post(client, "/acme/link", token, **body)
    assert sent.status_code == 200, sent.text
    return returned(client, issuers, state_of(sent.json["authorizationUrl"]), who)


def mails(container: Container, profile: dict[str, Any]) -> list[tuple[MailKind, Any]]:
    tables = container.mail_tables()
    found = tables.outgoing.where(lambda row: str(row.profile_id) == profile["id"])
    return [
        (mail.kind, dict(mail.values))
        for mail in found
        if mail.kind in (MailKind.IDENTITY_LINKED, MailKind.IDENTITY_UNLINKED)
    ]


def fragment(response: TestResponse) -> dict[str, str]:
    assert response.status_code == 303, response.text
    return {
        name: value[0] for name, value in parse_qs(urlsplit(response.location).fragment).items()
    }


def test_providers_are_listed(browser: FlaskClient) -> None:
    listed = get(browser, "/providers").json["items"]
    assert listed == [{"name": "acme", "label": "Acme"}, {"name": "google", "label": "Google"}]


@pytest.mark.parametrize("path", ["/email/start", "/nobody/start", "/nobody/callback"])
def test_an_unknown_provider_is_not_found(browser: FlaskClient, path: str) -> None:
    refused(get(browser, path), 404, "unknown_provider")


def test_the_browser_gets_a_cookie_that_scripts_and_other_sites_cannot_reach(
    browser: FlaskClient,
) -> None:
    response = get(browser, "/acme/start")
    assert response.location.startswith("https://acme.example/authorize?")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert response.headers["Cache-Control"] == "no-store"


def test_somebody_new_becomes_a_member_with_a_verified_address(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    who = somebody()
    answer = signed_in(browser, issuers, who)
    assert answer["profile"]["email"] == who.email
    assert answer["profile"]["username"] == who.username
    assert answer["profile"]["fullName"] == "Mara Lindqvist"
    assert {"accessToken", "refreshToken", "expiresIn"} <= set(answer)
    (identity,) = identities(browser, answer["accessToken"])
    assert (identity["provider"], identity["issuer"]) == ("acme", who.issuer)
    assert identity["email"] == who.email
    assert identity["usedAt"] is not None
    assert "subject" not in identity
    with container.begin_identity()() as work:
        profile = work.profiles.lock_named(who.username)
        assert work.email_proofs.is_proven(profile)


def test_somebody_known_signs_in_whatever_their_address_is_now(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    who = somebody()
    first = signed_in(browser, issuers, who)
    moved = somebody(subject=who.subject, email=None, is_email_verified=False, username="x")
    again = signed_in(browser, issuers, moved)
    assert again["profile"] == first["profile"]


def test_a_session_by_an_issuer_has_fresh_proof(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    token = signed_in(browser, issuers, somebody())["accessToken"]
    assert post(browser, "/acme/link", token).status_code == 200


def test_oauth_does_not_get_around_a_second_factor(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    who = somebody()
    profile = signed_in(browser, issuers, who)["profile"]
    with container.begin_identity()() as work:
        factor = TotpFactor(ProfileId(UUID(profile["id"])), b"sealed", container.now()(), 0)
        work.second_factors.put_totp(factor)
    half = entered(browser, issuers, who)
    code = fragment(entered(browser, issuers, who, next="/"))["code"]
    for response in (half, post(browser, "/exchange", code=code)):
        assert response.status_code == 200
        assert response.json["mfaRequired"] is True
        assert "accessToken" not in response.json


@pytest.mark.parametrize("password", ["", PASSWORD, "None", "\x00" * 8])
def test_no_password_left_is_no_password_login(
    browser: FlaskClient, issuers: MemoryIssuers, password: str
) -> None:
    who = somebody()
    signed_in(browser, issuers, who)
    for login in (who.username, who.email):
        response = post(browser, "/login", login=login, password=password)
        refused(response, 401, "bad_credentials")


def test_a_taken_username_gets_a_number(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    member = signed_up(browser)
    name = member["profile"]["username"]
    answer = signed_in(browser, issuers, somebody(username=name))
    assert answer["profile"]["username"].startswith(name)
    assert answer["profile"]["username"] != name


@pytest.mark.parametrize(
    "email",
    ["{name}@example.org", "{NAME}@EXAMPLE.org"],
)
def test_an_address_that_has_an_account_is_never_linked_silently(
    browser: FlaskClient, issuers: MemoryIssuers, email: str
) -> None:
    member = signed_up(browser)
    name = member["profile"]["username"]
    claimed = email.format(name=name, NAME=name.upper())
    refused(entered(browser, issuers, somebody(email=claimed)), 409, "email_taken_link_first")
    assert identities(browser, member["accessToken"]) == []


@pytest.mark.parametrize(
    "told",
    [
        {"is_email_verified": False},
        {"email": None},
        {"email": "no address"},
        {"email": "mårta@example.org"},
    ],
)
def test_an_unverified_or_missing_address_makes_no_account(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container, told: dict[str, Any]
) -> None:
    who = somebody(**told)
    refused(entered(browser, issuers, who), 403, "email_unverified")
    assert container.identity_reads().public(who.username) is None


def test_who_has_left_is_refused_as_a_bad_login_is(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    who = somebody()
    signed_in(browser, issuers, who)
    with container.begin_identity()() as work:
        profile = work.profiles.lock_named(who.username)
        profile.deactivate(at=container.now()())
        work.profiles.save(profile)
    refused(entered(browser, issuers, who), 401, "bad_credentials")
    page = entered(browser, issuers, who, next="/")
    assert fragment(page) == {"error": "bad_credentials"}


def test_signups_by_issuers_are_counted_with_the_others(
    app: Any, container: Container, issuers: MemoryIssuers
) -> None:
    asked: list[str] = []

    class Counting:
        signup_limits = login_limits = ()

        def sign_up(self, address: str) -> None:
            asked.append(address)

    container.enter.add_kwargs(attempts=Counting())
    container.enter.reset()
    try:
        browser = app.test_client()
        who = somebody()
        signed_in(browser, issuers, who)
        signed_in(browser, issuers, who)
    finally:
        container.enter.add_kwargs(attempts=container.attempts)
        container.enter.reset()
    assert asked == ["127.0.0.1"]


# --- limits -------------------------------------------------------------------------------------


@pytest.fixture
def strict(container: Container) -> Iterator[None]:
    """With the limits that people run it with."""
    container.reset_singletons()
    container.throttle.override(providers.Object(LimitedThrottle(memory_windows())))
    yield
    container.throttle.reset_last_overriding()
    container.reset_singletons()


@pytest.mark.usefixtures("strict")
def test_abuse_starts_and_returns_are_limited_by_address(
    browser: FlaskClient, other_browser: FlaskClient
) -> None:
    for _ in range(30):
        started(browser)
    refused(get(other_browser, "/acme/start"), 429, "too_many_attempts")
    for _ in range(30):
        refused(get(browser, "/acme/callback", state="x"), 401, "state_invalid")
    limited = get(other_browser, "/acme/callback", state="x")
    refused(limited, 429, "too_many_attempts")
    assert int(limited.headers["Retry-After"]) > 0
    assert "q=30;w=600" in limited.headers["RateLimit-Policy"]


@pytest.mark.usefixtures("strict")
def test_abuse_codes_are_limited_by_address(browser: FlaskClient) -> None:
    for number in range(30):
        refused(post(browser, "/exchange", code=f"guess-{number}"), 401, "code_invalid")
    refused(post(browser, "/exchange", code="guess"), 429, "too_many_attempts")


@pytest.mark.usefixtures("strict")
def test_abuse_links_are_limited_by_account(
    app: Any, browser: FlaskClient, container: Container
) -> None:
    token = signed_up(browser)["accessToken"]
    headers = {"Authorization": f"Bearer {token}"}

    def ask(number: int) -> TestResponse:
        answer: TestResponse = app.test_client().post(
            f"{AUTH}/acme/link",
            json={},
            base_url=SITE,
            headers=headers,
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
        return answer

    assert [ask(number).status_code for number in range(20)] == [200] * 20
    refused(ask(20), 429, "too_many_attempts")


@pytest.mark.usefixtures("strict")
def test_abuse_where_limits_cannot_be_kept_nobody_comes_in(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    state = started(browser)

    def away(*_: object) -> None:
        raise Unavailable("limits_unavailable", "try again in a moment")

    container.throttle.override(providers.Object(away))
    for use_case in (container.begin_flow, container.take_flow, container.exchange_code):
        use_case.reset()
    try:
        refused(get(browser, "/acme/start"), 503, "limits_unavailable")
        refused(returned(browser, issuers, state, somebody()), 503, "limits_unavailable")
        refused(post(browser, "/exchange", code="x"), 503, "limits_unavailable")
    finally:
        container.throttle.reset_last_overriding()


# --- state: one use, one browser, ten minutes -------------------------------------------------


def test_oauth_a_missing_state_is_refused(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    started(browser)
    issuers.codes["missing"] = somebody()
    refused(get(browser, "/acme/callback", code="missing"), 401, "state_invalid")
    refused(get(browser, "/acme/callback", code="missing", state=""), 401, "state_invalid")
    assert "missing" in issuers.codes


def test_oauth_a_foreign_state_is_refused(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    started(browser)
    refused(returned(browser, issuers, "made-up", somebody()), 401, "state_invalid")


def test_oauth_a_state_works_once(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    state = started(browser)
    assert returned(browser, issuers, state, somebody()).status_code == 200
    refused(returned(browser, issuers, state, somebody()), 401, "state_invalid")


def test_oauth_a_refused_state_does_not_work_again(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    state = started(browser)
    refused(get(browser, "/acme/callback", state=state, code="wrong"), 401, "sign_in_refused")
    refused(returned(browser, issuers, state, somebody()), 401, "state_invalid")


def test_oauth_a_state_of_another_browser_is_refused_and_stays_with_its_own(
    browser: FlaskClient, other_browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    """Login CSRF: an attacker's flow that is finished in the victim's browser."""
    state = started(browser)
    refused(returned(other_browser, issuers, state, somebody()), 401, "state_invalid")
    started(other_browser)
    refused(returned(other_browser, issuers, state, somebody()), 401, "state_invalid")
    assert returned(browser, issuers, state, somebody()).status_code == 200


def test_oauth_a_state_of_another_provider_is_refused(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    """A mix-up: what one provider answers is shown to another."""
    state = started(browser, "google")
    refused(returned(browser, issuers, state, somebody()), 401, "state_invalid")


def test_oauth_a_state_is_over_after_ten_minutes(
    browser: FlaskClient, issuers: MemoryIssuers, clock: MovableClock, container: Container
) -> None:
    state = started(browser)
    clock.pass_(601)
    refused(returned(browser, issuers, state, somebody()), 401, "state_invalid")
    state = started(browser)
    clock.pass_(590)
    assert returned(browser, issuers, state, somebody()).status_code == 200
    started(browser)
    clock.pass_(601)
    assert container.forget_flows()() is False
    assert container.identity_tables().external.flows.rows == {}


def test_two_tabs_may_be_on_their_way_at_once(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    first, second = started(browser), started(browser, "google")
    assert returned(browser, issuers, first, somebody()).status_code == 200
    there = returned(browser, issuers, second, somebody(), "google")
    assert there.status_code == 200


def test_a_cookie_that_is_none_of_ours_is_replaced(browser: FlaskClient) -> None:
    browser.set_cookie(COOKIE, "short", domain="stonks.example", secure=True)
    started(browser)
    cookie = browser.get_cookie(COOKIE, domain="stonks.example")
    assert cookie is not None
    assert len(cookie.value) == 43


def test_state_and_browser_are_kept_as_digests_and_no_token_is(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    state = started(browser, next="/here")
    cookie = browser.get_cookie(COOKIE, domain="stonks.example")
    assert cookie is not None
    kept = repr(container.identity_tables().external.flows.rows)
    assert state not in kept
    assert cookie.value not in kept
    page = returned(browser, issuers, state, somebody())
    assert fragment(page)["code"] not in repr(container.identity_tables().external)


def test_who_says_no_there_is_told_so(browser: FlaskClient) -> None:
    state = started(browser)
    response = get(browser, "/acme/callback", state=state, error="access_denied", scope="openid")
    refused(response, 401, "sign_in_cancelled")
    response = get(browser, "/acme/callback", state=started(browser), error="server_error")
    refused(response, 401, "sign_in_refused")


def test_a_provider_that_is_away_is_said_to_be(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    state = started(browser)
    issuers.away.add("acme")
    try:
        refused(get(browser, "/acme/start"), 503, "provider_unavailable")
        assert fragment(get(browser, "/acme/start", next="/in"))["error"] == "provider_unavailable"
        refused(get(browser, "/acme/callback", state=state, code="x"), 503, "provider_unavailable")
    finally:
        issuers.away.clear()


# --- next ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "evil.example",
        "",
        "?a",
        "/x#code=forged",
        "/x y",
        "/ö",
        "/%zz",
        "/a//evil.example",
        "/" + "a" * 1000,
    ],
)
def test_oauth_next_never_leads_to_another_site(
    browser: FlaskClient, page: str, container: Container
) -> None:
    before = len(container.identity_tables().external.flows.rows)
    refused(get(browser, "/acme/start", next=page), 422, "next_malformed")
    token = signed_up(browser)["accessToken"]
    refused(post(browser, "/acme/link", token, next=page), 422, "next_malformed")
    assert len(container.identity_tables().external.flows.rows) == before


@pytest.mark.parametrize("page", ["/", "/channels?live=1&q=a//b", "/a-b/c.d~e/%2F%20@x:1"])
def test_next_gets_a_code_in_the_fragment_and_never_a_token(
    browser: FlaskClient, issuers: MemoryIssuers, page: str
) -> None:
    who = somebody()
    response = entered(browser, issuers, who, next=page)
    assert response.location.startswith(f"{SITE}{page}#code=")
    assert "Token" not in response.location + response.text
    code = fragment(response)["code"]
    answer = post(browser, "/exchange", code=code)
    assert answer.status_code == 200, answer.text
    assert answer.json["profile"]["username"] == who.username
    assert len(identities(browser, answer.json["accessToken"])) == 1


def test_a_code_of_an_address_works_once(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    code = fragment(entered(browser, issuers, somebody(), next="/"))["code"]
    assert post(browser, "/exchange", code=code).status_code == 200
    refused(post(browser, "/exchange", code=code), 401, "code_invalid")
    refused(post(browser, "/exchange", code="made-up"), 401, "code_invalid")


def test_a_code_of_another_browser_is_refused(
    browser: FlaskClient, other_browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    """Login CSRF by a link with an attacker's code; or a code that somebody read off a screen."""
    code = fragment(entered(browser, issuers, somebody(), next="/"))["code"]
    refused(post(other_browser, "/exchange", code=code), 401, "code_invalid")
    started(other_browser)
    refused(post(other_browser, "/exchange", code=code), 401, "code_invalid")
    assert post(browser, "/exchange", code=code).status_code == 200


def test_a_code_is_over_after_a_minute(
    browser: FlaskClient, issuers: MemoryIssuers, clock: MovableClock
) -> None:
    code = fragment(entered(browser, issuers, somebody(), next="/"))["code"]
    clock.pass_(61)
    refused(post(browser, "/exchange", code=code), 401, "code_invalid")


def test_a_page_is_told_why_not(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    member = signed_up(browser)["profile"]
    taken = entered(browser, issuers, somebody(email=member["email"]), next="/in?x=1")
    assert taken.location == f"{SITE}/in?x=1#error=email_taken_link_first"


def test_a_code_may_be_changed_for_a_cookie(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    code = fragment(entered(browser, issuers, somebody(), next="/"))["code"]
    headers = {"Stonks-Session": "cookie", "Origin": SITE}
    body = {"code": code}
    response = browser.post(f"{AUTH}/exchange", json=body, base_url=SITE, headers=headers)
    assert response.status_code == 200, response.text
    assert "accessToken" not in response.json
    assert browser.get_cookie("__Host-stonks", domain="stonks.example") is not None


# --- linking ------------------------------------------------------------------------------------


def test_linking_lets_in_and_is_told_by_mail(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    member, who = signed_up(browser), somebody(email=None, is_email_verified=False)
    linked = link(browser, issuers, member["accessToken"], who)
    assert linked.status_code == 200
    assert linked.json["usedAt"] is None
    assert signed_in(browser, issuers, who)["profile"]["id"] == member["profile"]["id"]
    told = (MailKind.IDENTITY_LINKED, {"provider": "Acme"})
    assert mails(container, member["profile"]) == [told]
    page = link(browser, issuers, member["accessToken"], somebody(), next="/settings")
    assert page.location == f"{SITE}/settings#linked=acme"


def test_linking_what_is_linked_changes_nothing(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    member, who = signed_up(browser), somebody()
    first = link(browser, issuers, member["accessToken"], who).json
    assert link(browser, issuers, member["accessToken"], who).json == first
    assert len(mails(container, member["profile"])) == 1


def test_an_identity_of_somebody_else_cannot_be_linked(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    who = somebody()
    owner = signed_in(browser, issuers, who)
    member = signed_up(browser)
    refused(link(browser, issuers, member["accessToken"], who), 409, "identity_taken")
    assert len(identities(browser, owner["accessToken"])) == 1
    assert identities(browser, member["accessToken"]) == []


def test_linking_ends_all_other_sessions(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    member = signed_up(browser)
    login = {"login": member["profile"]["username"], "password": PASSWORD}
    other = post(browser, "/login", **login).json
    assert link(browser, issuers, member["accessToken"], somebody()).status_code == 200
    assert len(identities(browser, member["accessToken"])) == 1
    headers = {"Authorization": f"Bearer {other['accessToken']}"}
    refused(browser.get(f"{AUTH}/identities", headers=headers, base_url=SITE), 401, "session_ended")


def test_linking_in_another_browser_is_refused(
    browser: FlaskClient, other_browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    """An attacker sends the address of their own flow, to have the victim's identity linked."""
    attacker = signed_up(browser)
    sent = post(browser, "/acme/link", attacker["accessToken"])
    state = state_of(sent.json["authorizationUrl"])
    refused(returned(other_browser, issuers, state, somebody()), 401, "state_invalid")
    assert identities(browser, attacker["accessToken"]) == []


def test_linking_needs_the_session_that_began_it(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    member = signed_up(browser)
    sent = post(browser, "/acme/link", member["accessToken"])
    assert post(browser, "/logout", member["accessToken"]).status_code == 204
    state = state_of(sent.json["authorizationUrl"])
    refused(returned(browser, issuers, state, somebody()), 401, "session_ended")
    assert mails(container, member["profile"]) == []


def test_linking_and_unlinking_demand_fresh_proof(
    browser: FlaskClient, issuers: MemoryIssuers, clock: MovableClock
) -> None:
    member = signed_up(browser)
    identity = link(browser, issuers, member["accessToken"], somebody()).json["id"]
    clock.pass_(301)
    token = member["accessToken"]
    refused(post(browser, "/acme/link", token), 403, "fresh_proof_required")
    refused(unlink(browser, token, identity), 403, "fresh_proof_required")
    assert len(identities(browser, token)) == 1


def test_unlinking_takes_the_way_in_and_ends_what_it_began(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    member, who = signed_up(browser), somebody(email=None)
    token = member["accessToken"]
    identity = link(browser, issuers, token, who).json["id"]
    intruder = signed_in(browser, issuers, who)
    assert unlink(browser, token, identity).status_code == 204
    assert identities(browser, token) == []
    headers = {"Authorization": f"Bearer {intruder['accessToken']}"}
    refused(browser.get(f"{AUTH}/identities", headers=headers, base_url=SITE), 401, "session_ended")
    refused(entered(browser, issuers, who), 403, "email_unverified")
    told = [kind for kind, _ in mails(container, member["profile"])]
    assert told == [MailKind.IDENTITY_LINKED, MailKind.IDENTITY_UNLINKED]


ENDINGS = {
    "unlinking": ("DELETE", "/auth/identities/{}", {}),
    "all others": ("DELETE", "/auth/sessions", {}),
    "password": ("POST", "/profiles/me/password", {"password": "forty lanterns under ice"}),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_oauth_a_code_ends_with_the_sessions_of_its_owner(
    browser: FlaskClient, other_browser: FlaskClient, issuers: MemoryIssuers, ending: str
) -> None:
    member, who = signed_up(browser), somebody(email=None)
    linked = link(browser, issuers, member["accessToken"], who).json["id"]
    code = fragment(entered(other_browser, issuers, who, next="/"))["code"]
    method, path, body = ENDINGS[ending]
    headers = {"Authorization": f"Bearer {member['accessToken']}"}
    sent = {"json": body} if body else {}
    address = f"/api/v1{path.format(linked)}"
    ended = browser.open(address, method=method, headers=headers, base_url=SITE, **sent)
    assert ended.status_code == 204, ended.text
    refused(post(other_browser, "/exchange", code=code), 401, "code_invalid")


def test_the_last_way_in_cannot_be_unlinked(
    browser: FlaskClient, issuers: MemoryIssuers, container: Container
) -> None:
    who = somebody()
    token = signed_in(browser, issuers, who)["accessToken"]
    with container.begin_identity()() as work:  # without its address it has nothing else
        profile = work.profiles.lock_named(who.username)
        work.email_proofs.put(profile.id, "before@example.org", container.now()())
    (first,) = identities(browser, token)
    refused(unlink(browser, token, first["id"]), 409, "last_way_in")
    second = link(browser, issuers, token, somebody()).json
    assert unlink(browser, token, first["id"]).status_code == 204
    refused(unlink(browser, token, second["id"]), 409, "last_way_in")
    assert [one["id"] for one in identities(browser, token)] == [second["id"]]


def test_a_verified_address_is_a_way_in(browser: FlaskClient, issuers: MemoryIssuers) -> None:
    token = signed_in(browser, issuers, somebody())["accessToken"]
    (only,) = identities(browser, token)
    assert unlink(browser, token, only["id"]).status_code == 204


def test_an_identity_of_another_reads_as_not_there(
    browser: FlaskClient, issuers: MemoryIssuers
) -> None:
    owner = signed_in(browser, issuers, somebody())
    (theirs,) = identities(browser, owner["accessToken"])
    token = signed_up(browser)["accessToken"]
    refused(unlink(browser, token, theirs["id"]), 404, "unknown_identity")
    assert len(identities(browser, owner["accessToken"])) == 1
