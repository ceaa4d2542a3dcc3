"""Everything that goes by mail, through the door."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from dependency_injector import providers
from flask import Flask

from stonks.adapters.mail import MemoryMailer
from stonks.application.mail.ports import Message
from stonks.domain.errors import Unavailable
from stonks.entrypoints.container import Container
from tests.contracts.http import PASSWORD, Browser, browser_of, problem_code
from tests.contracts.identity_cases import MovableClock
from tests.contracts.mail_cases import token_of

NEW_PASSWORD = "eleven boats beside the pier"
numbers = count(1)
START, RESEND, FORGOT = "/auth/email/start", "/auth/email/resend", "/auth/password/forgot"
VERIFY, FINISH, RESET = "/auth/email/verify", "/auth/email/finish", "/auth/password/reset"


@pytest.fixture(scope="module")
def wide(lasting_browser: Browser) -> Browser:
    """One Stonks for all tests that do not count."""
    return lasting_browser


@pytest.fixture
def browser(wide: Browser) -> Iterator[Browser]:
    yield wide
    sent(wide)


@pytest.fixture
def narrow(app: Flask, memory_container: Container) -> Browser:
    """A Stonks of this test's own, with the limits that people run it with."""
    return browser_of(memory_container, app)


def sent(browser: Browser) -> list[Message]:
    """What leaves now."""
    box = browser.container
    while box.send_mails()():
        pass
    mailer = box.mailer()
    assert isinstance(mailer, MemoryMailer)
    messages = list(mailer.sent)
    mailer.sent.clear()
    return messages


def member(browser: Browser) -> str:
    return browser.sign_up(f"mara{next(numbers)}")


def post(browser: Browser, path: str, **body: str) -> Any:
    return browser.ask("POST", path, json=body)


def refused(response: Any, status: int, code: str) -> None:
    assert (response.status_code, problem_code(response)) == (status, code)


def token(browser: Browser, path: str, email: str) -> str:
    sent(browser)
    assert post(browser, path, email=email).status_code == 202
    return token_of(sent(browser)[0])


def mine(browser: Browser, who: str) -> Any:
    return browser.ask("GET", "/profiles/me", who)


def test_a_signup_is_verified_by_mail(browser: Browser) -> None:
    who = member(browser)
    assert mine(browser, who).json["emailVerified"] is False
    (message,) = sent(browser)
    response = post(browser, VERIFY, token=token_of(message))
    assert (response.status_code, response.data) == (204, b"")
    assert mine(browser, who).json["emailVerified"] is True
    refused(post(browser, VERIFY, token=token_of(message)), 422, "link_invalid")


def test_the_link_is_sent_again(browser: Browser) -> None:
    who = member(browser)
    response = post(browser, VERIFY, token=token(browser, RESEND, f"{who}@example.org"))
    assert response.status_code == 204


@pytest.mark.parametrize("path", [START, RESEND, FORGOT])
def test_known_and_unknown_addresses_get_the_same_answer(browser: Browser, path: str) -> None:
    who = member(browser)
    known = post(browser, path, email=f"{who}@example.org")
    unknown = post(browser, path, email=f"nobody{next(numbers)}@example.org")
    assert known.status_code == unknown.status_code == 202
    assert known.data == unknown.data == b""
    named = [{name for name, _ in answer.headers} for answer in (known, unknown)]
    assert named[0] == named[1]


@pytest.mark.parametrize("path", [START, RESEND, FORGOT])
def test_known_and_unknown_addresses_are_the_same_work(browser: Browser, path: str) -> None:
    """Both queue one mail and look nobody up: that is done when it leaves."""
    who = member(browser)
    sent(browser)
    queued = browser.container.mail_tables().outgoing
    for number, email in enumerate((f"{who}@example.org", f"nobody{next(numbers)}@example.org"), 1):
        post(browser, path, email=email)
        assert len(queued.where(lambda row: row.profile_id is None)) == number


@pytest.mark.parametrize("path", [START, RESEND, FORGOT])
def test_what_is_no_address_is_refused(browser: Browser, path: str) -> None:
    refused(post(browser, path, email="mara"), 422, "email_malformed")
    refused(post(browser, path), 422, "invalid_fields")
    refused(post(browser, path, email="m@b.example", role="admin"), 422, "invalid_fields")
    refused(browser.ask("POST", path, json={"email": 1}), 422, "invalid_fields")
    refused(browser.ask("POST", path, data="email=x"), 415, "unsupported_media_type")
    assert sent(browser) == []


def test_abuse_one_network_address_does_not_mail_the_world(narrow: Browser) -> None:
    answers = [post(narrow, START, email=f"m{n}@example.org").status_code for n in range(21)]
    assert answers == [202] * 20 + [429]
    response = post(narrow, FORGOT, email="another@example.org")
    refused(response, 429, "too_many_attempts")
    assert int(response.headers["Retry-After"]) > 0
    assert '"mails-from-address"' in response.headers["RateLimit"]
    assert len(sent(narrow)) == 20


def test_abuse_a_mailbox_is_not_flooded_and_the_answer_does_not_tell(narrow: Browser) -> None:
    answers = [post(narrow, START, email="mara@example.org") for _ in range(8)]
    assert {(answer.status_code, answer.data) for answer in answers} == {(202, b"")}
    assert len(sent(narrow)) == 5


@pytest.mark.parametrize("path", [START, RESEND, FORGOT, VERIFY, FINISH, RESET])
def test_it_fails_closed_where_limits_cannot_be_shared(narrow: Browser, path: str) -> None:
    def away(*_: object) -> None:
        raise Unavailable("limits_unavailable", "try again in a moment")

    box = narrow.container
    box.throttle.override(providers.Object(away))
    body = {"email": "m@b.example"} if path in (START, RESEND, FORGOT) else {"token": "x"}
    extra = {"password": NEW_PASSWORD} if path == RESET else {}
    refused(post(narrow, path, **body, **extra), 503, "limits_unavailable")


def test_a_new_address_signs_up_by_a_link(browser: Browser) -> None:
    email = f"new{next(numbers)}@example.org"
    response = post(browser, FINISH, token=token(browser, START, email), fullName="Åsa Ek")
    assert response.status_code == 201, response.text
    assert response.json["profile"]["email"] == email
    assert response.json["profile"]["fullName"] == "Åsa Ek"
    browser.tokens["new"] = response.json["accessToken"]
    assert mine(browser, "new").json["emailVerified"] is True


def test_a_member_signs_in_by_a_link_once(browser: Browser) -> None:
    who = member(browser)
    link = token(browser, START, f"{who}@example.org".upper())
    response = post(browser, FINISH, token=link)
    assert response.status_code == 200
    assert set(response.json) == {"profile", "accessToken", "refreshToken", "expiresIn"}
    assert response.json["profile"]["username"] == who
    refused(post(browser, FINISH, token=link), 422, "link_invalid")


def test_names_that_break_a_rule_leave_the_link_good(browser: Browser) -> None:
    who, email = member(browser), f"new{next(numbers)}@example.org"
    link = token(browser, START, email)
    refused(post(browser, FINISH, token=link, username="x"), 422, "username_malformed")
    refused(post(browser, FINISH, token=link, username="admin"), 422, "username_reserved")
    refused(post(browser, FINISH, token=link, username=who), 409, "username_taken")
    refused(post(browser, FINISH, token=link, fullName=""), 422, "full_name_too_short")
    refused(post(browser, FINISH, token=link, active="1"), 422, "invalid_fields")
    assert post(browser, FINISH, token=link, username=f"{who}x").status_code == 201


def test_a_token_is_not_consumed_by_get(browser: Browser) -> None:
    who = member(browser)
    link = token(browser, START, f"{who}@example.org")
    for path in (FINISH, f"{FINISH}?token={link}"):
        assert browser.ask("GET", path).status_code == 405
    page = browser.app.test_client().get(f"/sign-in?token={link}")
    assert page.status_code == 200
    assert link.encode() not in page.data
    assert post(browser, FINISH, token=link).status_code == 200


def test_a_password_is_reset_by_a_link(browser: Browser) -> None:
    who = member(browser)
    link = token(browser, FORGOT, f"{who}@example.org")
    refused(post(browser, RESET, token=link, password="short"), 422, "password_too_short")
    refused(post(browser, RESET, token=link, password="password123"), 422, "password_too_common")
    refused(post(browser, RESET, token=link, password=f"{who}1234"), 422, "password_too_personal")
    assert mine(browser, who).status_code == 200
    assert post(browser, RESET, token=link, password=NEW_PASSWORD).status_code == 204
    refused(mine(browser, who), 401, "session_ended")
    refused(post(browser, "/auth/login", login=who, password=PASSWORD), 401, "bad_credentials")
    assert post(browser, "/auth/login", login=who, password=NEW_PASSWORD).status_code == 200
    refused(post(browser, RESET, token=link, password=NEW_PASSWORD), 422, "link_invalid")
    assert [message.subject for message in sent(browser)] == ["Your password was changed"]


def test_a_new_address_asks_for_fresh_proof_and_counts_once_followed(browser: Browser) -> None:
    who = member(browser)
    sent(browser)
    new = f"new{next(numbers)}@example.org"
    later = MovableClock(timedelta(minutes=6))
    with browser.container.now.override(providers.Object(later)):
        stale = browser.ask("PATCH", "/profiles/me", who, json={"email": new})
    refused(stale, 403, "fresh_proof_required")
    response = browser.ask("PATCH", "/profiles/me", who, json={"email": new, "fullName": "New"})
    assert response.status_code == 200
    assert (response.json["email"], response.json["fullName"]) == (f"{who}@example.org", "New")
    link = token_of(sent(browser)[0])
    assert post(browser, VERIFY, token=link).status_code == 204
    after = mine(browser, who).json
    assert (after["email"], after["emailVerified"]) == (new, True)
    assert [message.to for message in sent(browser)] == [f"{who}@example.org"]


def test_a_taken_address_reads_like_any_other(browser: Browser) -> None:
    other, who = member(browser), member(browser)
    answers = [
        browser.ask("PATCH", "/profiles/me", who, json={"email": email})
        for email in (f"{other}@example.org", f"free{next(numbers)}@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].json | {"updatedAt": ""} == answers[1].json | {"updatedAt": ""}


def test_an_address_that_was_taken_meanwhile_conflicts(browser: Browser) -> None:
    who, new = member(browser), f"late{next(numbers)}"
    sent(browser)
    browser.ask("PATCH", "/profiles/me", who, json={"email": f"{new}@example.org"})
    link = token_of(sent(browser)[0])
    browser.sign_up(new)
    refused(post(browser, VERIFY, token=link), 409, "email_taken")


def test_no_name_but_an_address_is_checked(browser: Browser) -> None:
    who = member(browser)
    sent(browser)
    response = browser.ask("PATCH", "/profiles/me", who, json={"email": "nowhere"})
    refused(response, 422, "email_malformed")
    assert sent(browser) == []


@pytest.mark.parametrize("page", ["verify", "sign-in", "reset", "keep-profile"])
def test_links_lead_to_pages_without_scripts_of_their_own(browser: Browser, page: str) -> None:
    response = browser.app.test_client().get(f"/{page}")
    assert response.status_code == 200
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert b"<script>" not in response.data
    assert b'id="follow"' in response.data


@pytest.mark.parametrize("path", ["/dev/mail", "/dev/mail/x", "/dev/mail/x/html"])
def test_mail_is_shown_nowhere_but_on_the_embedded_default(browser: Browser, path: str) -> None:
    assert browser.app.test_client().get(path).status_code == 404
