"""Following the HOST from the page."""

import pytest
import requests
from selenium.webdriver import Keys

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone, someone
from tests.browser.test_looks import CONTRAST
from tests.integration.servers import RunningServer


def watching(page: Page, server: RunningServer, host: Someone, fan: str) -> Someone:
    """Somebody new, signed in before the channel."""
    found = someone(server.url, fan)
    page.open(f"{server.url}/c/{host.username}")
    page.log_in(fan, PASSWORD)
    soon(lambda: page.find("follow").is_displayed(), "the button")
    return found


def seen(page: Page, fans: str, button: str) -> None:
    soon(lambda: (page.text_of("fans"), page.text_of("follow")) == (fans, button), fans)


def standing(host: Someone, fan: Someone) -> tuple[object, object, object]:
    headers = {"Authorization": f"Bearer {fan.token}"}
    url = f"{host.api}/profiles/{host.username}"
    told = requests.get(url, headers=headers, timeout=10).json()
    return told["followers"], told["followedByMe"], told.get("notify")


def test_by_keyboard_somebody_follows_mutes_the_bell_and_stops(
    page: Page, server: RunningServer, host: Someone
) -> None:
    fan = watching(page, server, host, "keyboard-fan")
    seen(page, "0 followers", "Follow")
    assert not page.find("bell").is_displayed()
    page.find("follow").send_keys(Keys.ENTER)
    seen(page, "1 follower", "Following")
    assert standing(host, fan) == (1, True, "all")
    active = page.browser.switch_to.active_element
    assert active.get_attribute("id") == "follow"
    active.send_keys(Keys.TAB)
    bell = page.browser.switch_to.active_element
    assert bell.get_attribute("id") == "bell"
    assert bell.get_attribute("aria-pressed") == "true"
    bell.send_keys(Keys.SPACE)
    soon(lambda: bell.get_attribute("aria-pressed") == "false", "the bell, muted")
    assert standing(host, fan) == (1, True, "none")
    page.browser.refresh()
    seen(page, "1 follower", "Following")
    assert page.find("bell").get_attribute("aria-pressed") == "false"
    page.find("follow").click()
    seen(page, "0 followers", "Follow")
    assert not page.find("bell").is_displayed()
    assert standing(host, fan) == (0, False, None)


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_fits_and_can_be_read(
    page: Page, server: RunningServer, host: Someone, is_dark: bool
) -> None:
    page.look(360, 640, is_dark=is_dark)
    watching(page, server, host, f"reading-fan-{int(is_dark)}")
    page.find("follow").click()
    seen(page, "1 follower", "Following")
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 360
    shown = page.browser.execute_script(CONTRAST, "#fans, .following button")
    assert [said for said, ratio in shown if ratio < 4.5] == []  # WCAG 2.2, 1.4.3


def test_who_is_signed_in_nowhere_and_the_host_see_how_many_and_no_button(
    page: Page, server: RunningServer, host: Someone
) -> None:
    someone(server.url, "a-fan").put(f"/profiles/{host.username}/follow")
    page.open(f"{server.url}/c/{host.username}")
    soon(lambda: page.text_of("fans") == "1 follower", "the count")
    assert not page.find("follow").is_displayed()
    page.log_in(host.username, PASSWORD)
    soon(lambda: "HOST" in page.read("#me")[0], "the HOST")
    assert page.text_of("fans") == "1 follower"
    assert not page.find("follow").is_displayed()


def test_the_button_comes_and_goes_with_who_is_signed_in(
    page: Page, server: RunningServer, host: Someone
) -> None:
    watching(page, server, host, "passing-fan")
    page.find("follow").click()
    seen(page, "1 follower", "Following")
    page.find("leave").click()
    soon(lambda: not page.find("follow").is_displayed(), "no button")
    assert not page.find("bell").is_displayed()
    assert page.text_of("fans") == "1 follower"


def test_a_refusal_is_said_and_nothing_is_shown_that_is_not_so(
    page: Page, server: RunningServer, host: Someone
) -> None:
    watching(page, server, host, "late-fan")
    headers = {"Authorization": f"Bearer {host.token}"}
    assert requests.delete(f"{host.api}/profiles/me", headers=headers, timeout=10).ok
    page.find("follow").click()
    soon(lambda: page.text_of("follow-remark") == "Nobody has this username.", "the refusal")
    seen(page, "0 followers", "Follow")
