"""Passwords change by fresh proof, and throw everybody else out."""

from datetime import timedelta
from typing import Any

import pytest
from dependency_injector import providers

from stonks.application.identity.sessions.change_password import OF_ACCOUNT
from stonks.application.mail.ports import Mail, MailKind
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.refresh_token import digest_of
from tests.contracts.bots import make_token
from tests.contracts.cookies import Tab
from tests.contracts.http import PASSWORD, Browser, problem_code
from tests.contracts.identity_cases import MovableClock
from tests.contracts.mail_cases import token_of

NEW = "nine kettles under the bridge"


@pytest.fixture
def hanna(browser: Browser) -> str:
    return browser.sign_up("hanna")


def change(browser: Browser, who: str | None, password: Any = NEW, **more: Any) -> Any:
    body = {"password": password} | more
    return browser.ask("POST", "/profiles/me/password", who, json=body)


def logs_in(browser: Browser, password: str) -> bool:
    body = {"login": "hanna", "password": password}
    return bool(browser.ask("POST", "/auth/login", json=body).status_code == 200)


def mails(browser: Browser) -> list[Mail]:
    rows = browser.container.mail_tables().outgoing.where(lambda row: True)
    return [mail for mail in rows if mail.kind is MailKind.PASSWORD_CHANGED]


def test_the_new_password_signs_in_and_the_old_one_does_not(browser: Browser, hanna: str) -> None:
    for more in ({}, {"currentPassword": NEW}):
        assert change(browser, hanna, **more).status_code == 204
        assert logs_in(browser, NEW)
        assert not logs_in(browser, PASSWORD)


def test_all_other_sessions_end_and_this_one_stays(browser: Browser, hanna: str) -> None:
    tab, here = Tab(browser), browser.tokens[hanna]
    tab.log_in(hanna)
    browser.tokens["old"] = browser.ask(
        "POST", "/auth/login", json={"login": "hanna", "password": PASSWORD}
    ).json["accessToken"]
    assert change(browser, hanna).status_code == 204
    assert browser.tokens[hanna] == here
    assert browser.ask("GET", "/profiles/me", hanna).status_code == 200
    assert problem_code(browser.ask("GET", "/profiles/me", "old")) == "session_ended"
    assert problem_code(tab.me()) == "session_ended"


def test_links_by_which_a_thief_comes_back_die_and_others_live(
    browser: Browser, hanna: str
) -> None:
    box = browser.container
    at, owner = box.now()(), box.identity_tables().named(hanna)
    assert owner is not None
    with box.begin_identity()() as work:
        for purpose in Purpose:
            digest, end = digest_of(purpose), at + timedelta(hours=1)
            work.mail_links.add(MailLink(digest, purpose, owner.email, at, end, owner.id))
    assert change(browser, hanna).status_code == 204
    with box.begin_identity()() as work:
        alive = {one for one in Purpose if work.mail_links.get(digest_of(one)) is not None}
    assert alive == set(Purpose) - {Purpose.RESET_PASSWORD, Purpose.SIGN_IN, Purpose.CHANGE_EMAIL}


@pytest.mark.parametrize("has_left", [True, False])
def test_takeover_a_thief_s_new_address_dies_with_the_old_password(
    browser: Browser, hanna: str, has_left: bool
) -> None:
    browser.tokens["thief"] = browser.ask(
        "POST", "/auth/login", json={"login": hanna, "password": PASSWORD}
    ).json["accessToken"]
    box, wish = browser.container, {"email": "thief@example.net"}
    assert browser.ask("PATCH", "/profiles/me", "thief", json=wish).status_code == 200
    while has_left and box.send_mails()():
        pass
    assert change(browser, hanna).status_code == 204
    while box.send_mails()():
        pass
    got = [mail for mail in box.mailer().sent if mail.to == "thief@example.net"]
    assert len(got) == has_left
    for mail in got:
        answer = browser.ask("POST", "/auth/email/verify", json={"token": token_of(mail)})
        assert (answer.status_code, problem_code(answer)) == (422, "link_invalid")
    assert browser.ask("GET", "/profiles/me", hanna).json["email"] == "hanna@example.org"


def test_its_owner_is_told_by_mail_and_never_the_password(browser: Browser, hanna: str) -> None:
    assert change(browser, hanna).status_code == 204
    (mail,) = mails(browser)
    assert mail.to == "hanna@example.org"
    assert set(mail.values) == {"device"}
    assert NEW not in repr(browser.container.mail_tables())


def test_its_owner_learns_how_many_access_tokens_still_work(browser: Browser, hanna: str) -> None:
    make_token(browser, hanna, "profile:write")
    assert change(browser, hanna).status_code == 204
    (mail,) = mails(browser)
    assert mail.values["tokens"] == "1"


def test_without_fresh_proof_nothing_changes(browser: Browser, hanna: str) -> None:
    clock = MovableClock()
    clock.pass_(5 * 60)
    browser.container.now.override(providers.Object(clock))
    response = change(browser, hanna, currentPassword=PASSWORD)
    assert (response.status_code, problem_code(response)) == (403, "fresh_proof_required")
    assert logs_in(browser, PASSWORD)
    assert not mails(browser)


@pytest.mark.parametrize("wrong", ["not the password", "", NEW, PASSWORD.upper()])
def test_a_wrong_current_password_is_refused_and_changes_nothing(
    browser: Browser, hanna: str, wrong: str
) -> None:
    response = change(browser, hanna, currentPassword=wrong)
    assert (response.status_code, problem_code(response)) == (403, "current_password_wrong")
    assert logs_in(browser, PASSWORD)
    assert not mails(browser)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("password123", "password_too_common"),
        ("hanna@example.org", "password_too_personal"),
        (12345678, "invalid_fields"),
        (None, "invalid_fields"),
    ],
)
def test_the_rules_of_a_signup_hold(browser: Browser, hanna: str, password: Any, code: str) -> None:
    response = change(browser, hanna, password)
    assert (response.status_code, problem_code(response)) == (422, code)
    assert "password" in response.json["errors"]
    assert logs_in(browser, PASSWORD)


def test_somebody_without_a_password_sets_a_first_one(browser: Browser, hanna: str) -> None:
    owner = browser.container.identity_tables().named(hanna)
    assert owner is not None
    browser.container.identity_tables().passwords.remove(owner.id)
    refused = change(browser, hanna, currentPassword=PASSWORD)
    assert problem_code(refused) == "current_password_wrong"
    assert change(browser, hanna).status_code == 204
    assert logs_in(browser, NEW)


def test_guesses_at_the_current_password_are_throttled(browser: Browser, hanna: str) -> None:
    for _ in range(OF_ACCOUNT.quota):
        guess = change(browser, hanna, currentPassword="not the password")
        assert problem_code(guess) == "current_password_wrong"
    response = change(browser, hanna, currentPassword=PASSWORD)
    assert (response.status_code, problem_code(response)) == (429, "too_many_attempts")
    assert "Retry-After" in response.headers
    assert logs_in(browser, PASSWORD)


def test_neither_nobody_nor_an_access_token_changes_it(browser: Browser, hanna: str) -> None:
    assert problem_code(change(browser, None)) == "token_missing"
    make_token(browser, hanna, "profile:write")
    assert problem_code(change(browser, "hanna's bot")) == "scope_missing"
    assert logs_in(browser, PASSWORD)


def test_a_session_that_ends_while_it_is_hashed_changes_nothing(
    browser: Browser, hanna: str
) -> None:
    box = browser.container
    person = box.authenticate()(token=browser.tokens[hanna])
    use, passwords = box.change_password(), box.passwords()

    class Slow:
        match = passwords.match

        def hash(self, password: str) -> str:
            box.log_out()(session_id=person.session_id)
            return str(passwords.hash(password))

    box.passwords.override(providers.Object(Slow()))
    box.change_password.reset()
    assert use is not box.change_password()
    assert problem_code(change(browser, hanna)) == "session_ended"
    box.passwords.override(providers.Object(passwords))
    assert logs_in(browser, PASSWORD)
    assert not mails(browser)
