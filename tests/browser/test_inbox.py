"""The bell, and the panel behind it."""

from collections.abc import Iterator
from itertools import count

import pytest
import requests
from selenium.webdriver import Keys

from tests.browser.backstage import Backstage, backstage
from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone, someone
from tests.browser.test_looks import CONTRAST
from tests.integration.servers import RunningServer

numbers = count(1)
NASTY = '<img src=x onerror="document.title=1"> & "live"'


@pytest.fixture(scope="module")
def behind(
    server: RunningServer, postgres_url: str, redis_url: str, private_key: str
) -> Iterator[Backstage]:
    with backstage(postgres_url, redis_url, private_key) as found:
        yield found


@pytest.fixture
def fan(server: RunningServer, host: Someone) -> Someone:
    """Somebody new who follows the host."""
    found = someone(server.url, f"inbox-fan-{next(numbers)}")
    found.put(f"/profiles/{host.username}/follow")
    return found


def watching(page: Page, server: RunningServer, fan: Someone, slug: str) -> None:
    page.open(f"{server.url}/c/{slug}")
    soon(page.is_live, "live")
    page.log_in(fan.username, PASSWORD)
    soon(lambda: page.find("inbox-bell").is_displayed(), "the bell")
    soon(page.is_live, "live, as oneself")


def counted(page: Page, number: str) -> None:
    soon(lambda: page.text_of("inbox-count") == number, f"{number} unread")


def unread(person: Someone) -> int:
    headers = {"Authorization": f"Bearer {person.token}"}
    url = f"{person.api}/notifications/unread"
    return int(requests.get(url, headers=headers, timeout=10).json()["unread"])


def titles(page: Page) -> list[str]:
    return page.read("#inbox-list strong")


def test_who_goes_live_shows_at_once_and_is_read_once_it_was_seen(
    page: Page, server: RunningServer, host: Someone, fan: Someone, behind: Backstage
) -> None:
    watching(page, server, fan, host.username)
    assert not page.find("inbox-count").is_displayed()
    assert page.find("inbox-bell").get_attribute("aria-label") == "Notifications"
    host.post(f"/channels/{host.username}/streams", {"title": NASTY})
    behind.work()
    counted(page, "1")
    assert page.find("inbox-bell").get_attribute("aria-label") == "Notifications, 1 unread"
    assert page.read("#inbox-said") == [f"{host.username} is live: {NASTY}"]
    page.find("inbox-bell").click()
    soon(lambda: titles(page) == [f"{host.username} is live"], "who is live")
    assert page.read("#inbox-list .about") == [NASTY]
    assert page.read("#inbox-list time") == ["just now"]
    assert page.read("#inbox-list img") == []
    soon(lambda: not page.find("inbox-count").is_displayed(), "no count")
    assert len(page.read("#inbox-list .new")) == 1  # it is marked as long as it is looked at
    assert unread(fan) == 0
    page.browser.find_element("css selector", "#inbox-list a").click()
    soon(lambda: page.browser.current_url.endswith(f"/c/{host.username}"), "the channel")
    soon(lambda: page.find("inbox-bell").is_displayed(), "the bell")
    assert not page.find("inbox-count").is_displayed()


def test_a_page_without_a_socket_asks_and_a_follower_is_told_in_words(
    page: Page, server: RunningServer, host: Someone, behind: Backstage
) -> None:
    someone(server.url, f"first-{host.username}").put(f"/profiles/{host.username}/follow")
    behind.work()
    page.open(f"{server.url}/account")
    soon(lambda: page.find("login").is_displayed(), "the form")
    page.find("login").send_keys(host.username)
    page.find("password").send_keys(PASSWORD, Keys.ENTER)
    counted(page, "1")  # asked for, where there is no socket
    watch = f"{server.url}/c/{host.username}"
    page.open(watch)
    counted(page, "1")
    soon(page.is_live, "live")
    page.find("inbox-bell").click()
    soon(lambda: titles(page) == [f"first-{host.username} follows you now"], "the follower")
    soon(lambda: unread(host) == 0, "that it is read")


def test_by_keyboard_it_opens_is_gone_through_and_closes(
    page: Page, server: RunningServer, host: Someone, fan: Someone, behind: Backstage
) -> None:
    host.post(f"/channels/{host.username}/streams", {})
    behind.work()
    watching(page, server, fan, host.username)
    counted(page, "1")
    page.find("inbox-bell").send_keys(Keys.ENTER)
    soon(lambda: titles(page), "the list")
    for reached in ("/account#telling", f"/c/{host.username}"):
        page.browser.switch_to.active_element.send_keys(Keys.TAB)
        active = page.browser.switch_to.active_element
        assert str(active.get_attribute("href")).endswith(reached)
    someone(server.url, f"other-{fan.username}").put(f"/profiles/{fan.username}/follow")
    behind.work()
    soon(lambda: len(titles(page)) == 2, "a second one")
    active = page.browser.switch_to.active_element  # the same, though the list is another
    assert str(active.get_attribute("href")).endswith(f"/c/{host.username}")
    soon(lambda: unread(fan) == 0, "that both are read")
    page.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    soon(lambda: not page.find("inbox").is_displayed(), "the panel, closed")
    assert page.browser.switch_to.active_element == page.find("inbox-bell")


def test_there_are_pages_and_all_can_be_marked(
    page: Page, server: RunningServer, host: Someone, fan: Someone, behind: Backstage
) -> None:
    for number in range(25):
        other = someone(server.url, f"{fan.username}-host-{number}")
        other.open(other.username, "A channel")
        fan.put(f"/profiles/{other.username}/follow")
        other.post(f"/channels/{other.username}/streams", {})
    behind.work()
    watching(page, server, fan, host.username)
    counted(page, "25")
    page.find("inbox-bell").click()
    counted(page, "5")
    assert len(titles(page)) == 20
    page.find("inbox-all").click()
    soon(lambda: not page.find("inbox-count").is_displayed(), "no count")
    page.find("inbox-earlier").click()
    soon(lambda: len(titles(page)) == 25, "all of them")
    assert not page.find("inbox-earlier").is_displayed()
    assert unread(fan) == 0


def test_it_goes_with_whom_it_belongs_to(
    page: Page, server: RunningServer, host: Someone, fan: Someone, behind: Backstage
) -> None:
    host.post(f"/channels/{host.username}/streams", {})
    behind.work()
    watching(page, server, fan, host.username)
    counted(page, "1")
    page.find("inbox-bell").click()
    soon(lambda: titles(page), "the list")
    page.find("leave").click()
    soon(lambda: not page.find("inbox-bell").is_displayed(), "no bell")
    assert not page.find("inbox").is_displayed()
    watching(page, server, host, host.username)
    page.find("inbox-bell").click()
    soon(lambda: titles(page) == [f"{fan.username} follows you now"], "the host's own")


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_fits_a_phone_and_can_be_read(
    page: Page,
    server: RunningServer,
    host: Someone,
    fan: Someone,
    behind: Backstage,
    is_dark: bool,
) -> None:
    page.look(360, 640, is_dark=is_dark)
    host.post(f"/channels/{host.username}/streams", {"title": "w" * 140})
    behind.work()
    watching(page, server, fan, host.username)
    counted(page, "1")
    shown = page.browser.execute_script(CONTRAST, "#inbox-count")
    page.find("inbox-bell").click()
    soon(lambda: titles(page), "the list")
    words = "#inbox h2, #inbox a, #inbox strong, #inbox .about, #inbox time"
    shown += page.browser.execute_script(CONTRAST, words)
    assert [said for said, ratio in shown if ratio < 4.5] == []  # WCAG 2.2, 1.4.3
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 360
    box = page.find("inbox").rect
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
