"""Unsubscribing by a link, as people and their mail programs do it."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from stonks.adapters.sealing import new_sealing_key, read_key
from stonks.adapters.tokens.unsubscribe import SignedUnsubscribeTokens
from stonks.application.notifications.preferences import Subscription
from stonks.domain.errors import Invalid
from stonks.domain.notifications.notice import NoticeKind
from stonks.entrypoints.notifying import unsubscribe_urls
from tests.contracts.http import BASE, Browser, problem_code
from tests.contracts.preferences import somebody, unsubscribe_token

OLD, NEW = read_key(new_sealing_key()), read_key(new_sealing_key())
ENDED = Subscription(somebody(), NoticeKind.WEBHOOK_DISABLED, "pigeon")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BROWSING = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def mara(browser: Browser) -> str:
    return browser.sign_up("mara")


def token(browser: Browser) -> str:
    return unsubscribe_token(browser.container, browser.container.find_account()(username="mara"))


def post(browser: Browser, of: str, **options: Any) -> TestResponse:
    given = {"data": ONE_CLICK} | options
    return browser.ask("POST", "/notifications/unsubscribe", query_string={"token": of}, **given)


def wants_mail(browser: Browser) -> bool:
    holding = browser.ask("GET", "/notifications/preferences", "mara").json
    return bool(holding["stream_started"]["email"])


def test_a_token_names_a_person_a_kind_and_a_way() -> None:
    tokens = SignedUnsubscribeTokens([NEW])
    made = tokens.token(ENDED)
    assert made == tokens.token(ENDED)
    assert tokens.read(made) == ENDED


def test_a_token_of_an_old_key_is_still_believed_and_a_new_one_signs() -> None:
    before, both = SignedUnsubscribeTokens([OLD]), SignedUnsubscribeTokens([NEW, OLD])
    assert both.read(before.token(ENDED)) == ENDED
    assert both.token(ENDED) == SignedUnsubscribeTokens([NEW]).token(ENDED)
    with pytest.raises(Invalid):
        SignedUnsubscribeTokens([OLD]).read(both.token(ENDED))


def test_a_token_that_was_changed_is_not_believed() -> None:
    tokens = SignedUnsubscribeTokens([NEW])
    made = tokens.token(ENDED)
    other = tokens.token(Subscription(somebody(), ENDED.kind, ENDED.way))
    payload, signature = made.split(".")
    for forged in (
        f"{other.split('.')[0]}.{signature}",
        f"{payload}.",
        payload,
        made[:-4],
        f"{made}x",
        "",
        ".",
        "\ud800",
        "🌙" * 1000,
    ):
        with pytest.raises(Invalid) as refusal:
            tokens.read(forged)
        assert refusal.value.code == "unsubscribe_link_invalid"


def test_no_key_is_no_signature() -> None:
    with pytest.raises(ValueError, match="no key"):
        SignedUnsubscribeTokens([])


def test_the_link_in_a_letter_is_the_one_that_works(browser: Browser, mara: str) -> None:
    box = browser.container
    url = unsubscribe_urls("https://stonks.example", box.unsubscribe_tokens)(
        box.find_account()(username="mara"), "stream_started", "email"
    )
    path = url.removeprefix("https://stonks.example")
    assert path.startswith(f"{BASE}/notifications/unsubscribe?token=")
    assert browser.app.test_client().post(path, data=ONE_CLICK).status_code == 200
    assert not wants_mail(browser)


@pytest.mark.parametrize("form", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_needs_no_session_no_cookie_and_no_csrf_token(
    browser: Browser, mara: str, form: str
) -> None:
    assert wants_mail(browser)
    for _ in range(2):
        response = post(browser, token(browser), content_type=form)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert not wants_mail(browser)


def test_link_scanners_following_a_link_changes_nothing(browser: Browser, mara: str) -> None:
    for method in ("GET", "HEAD"):
        response = browser.ask(
            method, "/notifications/unsubscribe", query_string={"token": token(browser)}
        )
        assert response.status_code == 200
        assert response.mimetype == "text/html"
    assert wants_mail(browser)


def test_a_person_gets_a_page_with_one_button_that_runs_nothing(
    browser: Browser, mara: str
) -> None:
    made = token(browser)
    page = browser.ask(
        "GET", "/notifications/unsubscribe", query_string={"token": made}, headers=BROWSING
    )
    assert f'action="/api/v1/notifications/unsubscribe?token={made}"' in page.text
    assert 'name="List-Unsubscribe" value="One-Click"' in page.text
    assert "by mail any more when somebody whom you follow goes live" in page.text
    assert "<script" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert page.headers["Referrer-Policy"] == "no-referrer"
    done = post(browser, made, headers=BROWSING)
    assert "Done" in done.text
    assert not wants_mail(browser)


@pytest.mark.parametrize("bad", ["x", "", "a.b", "🌙", "\0"])
def test_a_bad_token_is_a_problem_for_programs_and_a_page_for_people(
    browser: Browser, mara: str, bad: str
) -> None:
    for method in ("GET", "POST"):
        asked = {"query_string": {"token": bad}, "data": ONE_CLICK if method == "POST" else None}
        response = browser.ask(method, "/notifications/unsubscribe", **asked)
        told = (response.status_code, problem_code(response))
        assert told == (422, "unsubscribe_link_invalid")
        page = browser.ask(method, "/notifications/unsubscribe", headers=BROWSING, **asked)
        assert (page.status_code, page.mimetype) == (422, "text/html")
        assert "This link is not whole" in page.text
    assert wants_mail(browser)


@pytest.mark.parametrize(
    "options",
    [
        {"data": {}},
        {"data": {"List-Unsubscribe": "No"}},
        {"data": None, "json": ONE_CLICK},
        {"data": ONE_CLICK | {"more": "of it"}},
    ],
)
def test_what_is_no_one_click_changes_nothing(
    browser: Browser, mara: str, options: dict[str, Any]
) -> None:
    response = post(browser, token(browser), **options)
    assert (response.status_code, problem_code(response)) == (422, "invalid_fields")
    assert wants_mail(browser)


def test_without_a_token_nothing_happens(browser: Browser, mara: str) -> None:
    response = browser.ask("POST", "/notifications/unsubscribe", data=ONE_CLICK)
    assert (response.status_code, problem_code(response)) == (422, "invalid_fields")


def test_what_was_ended_by_a_link_can_be_turned_on_again(browser: Browser, mara: str) -> None:
    post(browser, token(browser))
    change = {"stream_started": {"email": True}}
    answer = browser.ask("PUT", "/notifications/preferences", "mara", json=change)
    assert answer.json["stream_started"] == {"inApp": True, "push": True, "email": True}
    assert wants_mail(browser)


def test_preferences_what_there_is_not_is_refused_with_its_field(
    browser: Browser, mara: str
) -> None:
    for change, code, field in (
        ({"stream_started": {"pigeon": True}}, "unknown_preference", "stream_started.pigeon"),
        ({"earthquake": {"email": True}}, "invalid_fields", "earthquake"),
        ({"stream_started": {"email": "yes"}}, "invalid_fields", "stream_started.email.value"),
        ({"stream_started": {"email": 1}}, "invalid_fields", "stream_started.email.value"),
    ):
        response = browser.ask("PUT", "/notifications/preferences", "mara", json=change)
        assert (response.status_code, problem_code(response)) == (422, code)
        assert list(response.json["errors"]) == [field]
    assert wants_mail(browser)
