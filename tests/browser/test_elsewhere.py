"""Signing in by another place in a real browser, through the pages of a real provider."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By

from tests.browser.page import Page, soon
from tests.integration.oidc.mock import MockProvider, mock_provider
from tests.integration.servers import RunningServer, Servers

LONG = 30  # seconds; a browser, two servers and their stores share what there is
numbers = count(1)


@pytest.fixture(scope="module")
def mock() -> Iterator[MockProvider]:
    with mock_provider() as found:
        yield found


@pytest.fixture(scope="module")
def server(
    mock: MockProvider,
    postgres_url: str,
    redis_url: str,
    private_key: str,
    servers_folder: Path,
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers(
            oidc_providers="mock",
            oidc_mock_issuer=mock.url,
            oidc_mock_client_id="stonks",
            oidc_mock_client_secret="of a client",
            oidc_mock_label="Mock & Sons",
        )
    finally:
        servers.end()


def comes(look: Callable[[], object], what: str) -> None:
    """Wait for it; while a page goes and the next comes there is nothing to look at."""

    def seen() -> object:
        with suppress(WebDriverException):
            return look()
        return False

    soon(seen, what, LONG)


def is_open(page: Page, part: str) -> bool:
    return page.find(part).is_displayed()


@pytest.fixture
def account(page: Page, server: RunningServer) -> Page:
    page.open(f"http://localhost:{server.port}/account")
    comes(lambda: is_open(page, "entering"), "the page")
    return page


def go_there(page: Page) -> None:
    link = "#elsewhere a"
    comes(lambda: page.read(link) == ["Sign in with Mock & Sons"], "the link")
    page.browser.find_element(By.CSS_SELECTOR, link).click()
    comes(lambda: page.browser.find_elements(By.NAME, "sub"), "the provider's page")


def answer(page: Page, subject: str) -> None:
    field = page.browser.find_element(By.CSS_SELECTOR, "input[name=sub]")
    field.send_keys(subject)
    field.submit()


def test_somebody_signs_in_by_another_place(
    account: Page, server: RunningServer, mock: MockProvider
) -> None:
    subject = f"asa{next(numbers)}"
    mock.know(
        subject,
        email=f"{subject}@elsewhere.example",
        email_verified=True,
        preferred_username=subject,
    )
    go_there(account)
    answer(account, subject)
    comes(lambda: is_open(account, "keeping"), "somebody signed in")
    assert account.browser.current_url.endswith("/account")
    assert subject in account.text_of("me")
    account.open(f"http://localhost:{server.port}/account")  # it is a cookie, which stays
    comes(lambda: is_open(account, "keeping"), "somebody still signed in")


def test_somebody_is_told_why_not(account: Page, mock: MockProvider) -> None:
    subject = f"bo{next(numbers)}"
    mock.know(subject, email=f"{subject}@elsewhere.example", email_verified=False)
    go_there(account)
    answer(account, subject)
    told = "Verify your e-mail address there first."
    comes(lambda: account.text_of("entering-remark") == told, told)
    assert account.browser.current_url.endswith("/account")
