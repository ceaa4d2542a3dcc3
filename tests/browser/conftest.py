"""A real browser before a real server."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.browser.chromium import chromium, must_be_installed
from tests.browser.page import Page
from tests.browser.people import Someone, someone
from tests.integration.conftest import postgres_url, private_key, redis_url, servers_folder, stores
from tests.integration.servers import RunningServer, Servers

__all__ = ["postgres_url", "private_key", "redis_url", "servers_folder", "stores"]

numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def _installed() -> None:
    must_be_installed()


@pytest.fixture(scope="module")
def server(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers()
    finally:
        servers.end()


@pytest.fixture(scope="module")
def first_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(str(tmp_path_factory.mktemp("profile"))) as browser:
        yield Page(browser)


@pytest.fixture
def page(first_page: Page) -> Iterator[Page]:
    """The browser, signed in nowhere, on a blank page, in a large light window.

    It may not complain.
    """
    first_page.open("about:blank")
    first_page.browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    first_page.look(1280, 800)
    first_page.complaints()
    yield first_page
    assert first_page.complaints() == []


@pytest.fixture
def host(server: RunningServer) -> Someone:
    """Somebody new whose channel is open, and is named after them."""
    found = someone(server.url, f"host-{next(numbers)}")
    found.open(found.username, f"At {found.username}'s")
    return found
