"""A browser stays signed in, and no script of the page can take that away with it."""

from selenium.webdriver import Keys

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone
from tests.integration.servers import RunningServer

LONG = 30  # seconds; a browser, a server and a store share what there is
REACHABLE = "return document.cookie + JSON.stringify([{...localStorage}, {...sessionStorage}])"


def arrive(page: Page, server: RunningServer, host: Someone) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live", LONG)


def is_signed_in(page: Page, name: str) -> bool:
    return page.find("me").is_displayed() and name in page.text_of("me")


def test_a_reload_keeps_the_person_and_their_socket(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    arrive(page, server, host)
    soon(lambda: is_signed_in(page, host.username), "signed in after the reload", LONG)
    page.write("Still me")
    page.sees("Still me")


def test_no_script_can_read_what_signs_in(page: Page, server: RunningServer, host: Someone) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    kept = {one["name"]: one for one in page.browser.get_cookies()}
    assert set(kept) == {"__Host-stonks", "__Host-stonks-csrf"}
    secret = kept["__Host-stonks"]
    assert (secret["httpOnly"], secret["secure"], secret["sameSite"]) == (True, True, "Lax")
    reachable = str(page.browser.execute_script(REACHABLE))
    assert "__Host-stonks-csrf=" in reachable
    assert secret["value"] not in reachable


def test_a_logout_in_one_tab_bites_in_the_other(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    first = page.browser.current_window_handle
    page.browser.switch_to.new_window("tab")
    try:
        arrive(page, server, host)
        soon(lambda: is_signed_in(page, host.username), "signed in here, too", LONG)
        page.find("leave").click()
        soon(lambda: page.find("enter").is_displayed(), "signed out", LONG)
        soon(lambda: page.browser.get_cookies() == [], "no cookie any more", LONG)
        page.browser.close()
    finally:
        page.browser.switch_to.window(first)
    soon(lambda: page.find("enter").is_displayed(), "signed out by the other tab", LONG)
    page.find("line").send_keys("Who am I?", Keys.ENTER)
    soon(lambda: page.find("username").is_displayed(), "the box to join", LONG)
