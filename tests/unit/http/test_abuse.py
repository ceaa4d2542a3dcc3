"""Abuse that needs no bug: guessing from everywhere, and asking who has an account."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import Settings
from tests.contracts.http import PASSWORD, Browser, browser_of, problem_code

SPOOFED = [
    "X-Forwarded-For",
    "Forwarded",
    "X-Real-IP",
    "X-Client-IP",
    "CF-Connecting-IP",
    "True-Client-IP",
    "X-Originating-IP",
]
numbers = count(1)


@pytest.fixture(scope="module")
def _behind_a_proxy() -> Browser:
    settings = Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url="http://localhost:8000",
        token_private_key=new_private_key(),
        trusted_proxies=1,
    )
    return browser_of(Container(settings=settings))


@pytest.fixture
def behind_a_proxy(_behind_a_proxy: Browser) -> Iterator[Browser]:
    yield _behind_a_proxy
    _behind_a_proxy.container.reset_singletons()


def guesses(browser: Browser, headers: Iterator[dict[str, str]]) -> list[int]:
    """How twelve wrong guesses at mara's password are answered."""
    wrong = {"login": "mara", "password": "not the lanterns"}
    asked = (
        browser.ask("POST", "/auth/login", json=wrong, headers=next(headers)) for _ in "x" * 12
    )
    return [answer.status_code for answer in asked]


def elsewhere(name: str, ending: str = "") -> Iterator[dict[str, str]]:
    """Another address each time."""
    shape = "for=203.0.113.{}" if name == "Forwarded" else "203.0.113.{}"
    return ({name: shape.format(next(numbers) % 250) + ending} for _ in count())


@pytest.mark.parametrize("name", SPOOFED)
def test_a_spoofed_address_buys_no_more_guesses(browser: Browser, name: str) -> None:
    browser.sign_up("mara")
    assert guesses(browser, elsewhere(name)) == [401] * 10 + [429] * 2


def test_behind_a_proxy_what_a_client_says_of_itself_buys_no_more_guesses(
    behind_a_proxy: Browser,
) -> None:
    """The proxy adds the address that it saw, after whatever the client sent."""
    behind_a_proxy.sign_up("mara")
    spoofed = elsewhere("X-Forwarded-For", ending=", 198.51.100.7")
    assert guesses(behind_a_proxy, spoofed) == [401] * 10 + [429] * 2


def test_behind_a_proxy_people_are_told_apart(behind_a_proxy: Browser) -> None:
    behind_a_proxy.sign_up("mara")
    assert guesses(behind_a_proxy, elsewhere("X-Forwarded-For")) == [401] * 12


def test_one_house_of_ipv6_addresses_is_one_guesser(behind_a_proxy: Browser) -> None:
    behind_a_proxy.sign_up("mara")
    hosts = ({"X-Forwarded-For": f"2001:db8::{next(numbers):x}"} for _ in count())
    assert guesses(behind_a_proxy, hosts) == [401] * 10 + [429] * 2


def told(browser: Browser, path: str, body: dict[str, Any]) -> tuple[int, str, list[str]]:
    """All that somebody learns from an answer: its status, its body, and which headers it has."""
    response = browser.ask("POST", path, json=body)
    names = sorted(name for name, _ in response.headers if name != "X-Request-Id")
    return response.status_code, response.text, names


@pytest.mark.parametrize("path", ["password/forgot", "email/start", "email/resend"])
def test_nobody_learns_who_has_an_account_by_asking_for_a_mail(browser: Browser, path: str) -> None:
    browser.sign_up("mara")
    known = told(browser, f"/auth/{path}", {"email": "mara@example.org"})
    unknown = told(browser, f"/auth/{path}", {"email": "none@example.org"})
    assert known == unknown
    assert known[0] in (202, 204)


def test_nobody_learns_who_has_an_account_by_logging_in(browser: Browser) -> None:
    browser.sign_up("mara")
    browser.sign_up("gone")
    browser.ask("DELETE", "/profiles/me", "gone")
    wrong = {"password": "not the lanterns"}
    logins = ["mara", "mara@example.org", "nobody", "nobody@example.org", "gone", "x", "\x00", ""]
    answers = {str(told(browser, "/auth/login", wrong | {"login": login})) for login in logins}
    assert len(answers) == 1
    right = told(browser, "/auth/login", {"login": "gone", "password": PASSWORD})
    assert str(right) in answers, "who left does not log in, and nobody learns that they were here"


def test_an_account_that_is_under_attack_is_not_told_apart_either(browser: Browser) -> None:
    """Limits count logins, known or not."""
    browser.sign_up("mara")
    for login in ("mara", "nobody"):
        wrong = {"login": login, "password": "not the lanterns"}
        answers = [browser.ask("POST", "/auth/login", json=wrong) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert problem_code(answers[-1]) == "too_many_attempts"


def test_guesses_at_a_username_do_not_tell_whose_an_address_is(browser: Browser) -> None:
    """One count for both spellings would refuse the address that belongs to the username."""
    browser.sign_up("mara")
    wrong = {"password": "not the lanterns"}
    for _ in range(11):
        full = browser.ask("POST", "/auth/login", json=wrong | {"login": "mara"})
    assert full.status_code == 429
    logins = ["mara@example.org", "nobody@example.org"]
    answers = [told(browser, "/auth/login", wrong | {"login": login}) for login in logins]
    assert answers[0] == answers[1]
    assert answers[0][0] == 401
