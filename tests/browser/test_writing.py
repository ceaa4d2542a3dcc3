"""Somebody new joins and writes."""

from selenium.webdriver import Keys

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone
from tests.integration.servers import RunningServer


def arrive(page: Page, server: RunningServer, host: Someone) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")


def test_a_newcomer_writes_by_keyboard_alone(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    page.write("Is this on?")
    page.sign_up(f"new-{host.username}", PASSWORD)
    page.sees("Is this on?")
    assert page.text_of("me").endswith(f"new-{host.username}")
    assert page.browser.switch_to.active_element == page.find("line")
    page.browser.switch_to.active_element.send_keys("It is.", Keys.ENTER)
    page.sees("It is.")
    assert page.find("line").get_attribute("value") == ""
    assert page.read() == ["Is this on?", "It is."]


def test_what_is_wrong_is_said_beside_it(page: Page, server: RunningServer, host: Someone) -> None:
    arrive(page, server, host)
    page.find("enter").click()
    page.sign_up("admin", PASSWORD)
    soon(lambda: page.text_of("username-wrong"), "what is wrong with the name")
    assert page.text_of("username-wrong") == "Username is reserved."
    assert page.find("username").get_attribute("aria-invalid") == "true"
    page.find("is-back").click()
    page.find("username").clear()
    page.find("username").send_keys(host.username)
    page.find("password").clear()
    page.find("password").send_keys("not the password", Keys.ENTER)
    soon(lambda: page.text_of("account-remark"), "that the password is wrong")
    assert not page.find("me").is_displayed()


def test_a_refused_line_comes_back(page: Page, server: RunningServer, host: Someone) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    page.write("x" * 501)
    soon(lambda: page.text_of("remark"), "why it was refused")
    assert page.find("line").get_attribute("value") == "x" * 501
    page.find("line").clear()
    page.write("shorter")
    page.sees("shorter")
    assert page.text_of("remark") == ""


def test_commands_are_answered_to_their_sender(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    page.write("/help")
    soon(lambda: any("/ban @user" in said for said in page.read(".whisper")), "the commands")
    page.write("/slow 1s")
    soon(lambda: page.text_of("remark"), "that this is too fast")
    page.find("line").clear()
    page.write('/set title "By hand"')
    soon(lambda: page.text_of("title") == "By hand", "the new title")


def test_a_restart_in_between_sends_it_once(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    server.kill()
    page.write("into the dark")
    soon(lambda: page.read(".pending .quiet") == ["into the dark"], "that it waits")
    server.start()
    page.sees("into the dark")
    soon(lambda: page.read(".pending .quiet") == [], "that it waits no more")
    host.say(host.username, "I heard you")
    page.sees("I heard you")
    assert page.read() == ["into the dark", "I heard you"]


def test_banned_people_read_on_as_anybody(page: Page, server: RunningServer, host: Someone) -> None:
    arrive(page, server, host)
    page.find("enter").click()
    page.sign_up(f"loud-{host.username}", PASSWORD)
    soon(lambda: page.find("me").is_displayed(), "signed in")
    page.write("aaaa")
    page.sees("aaaa")
    host.say(host.username, f"/ban @loud-{host.username}")
    soon(lambda: "banned" in page.text_of("remark"), "why one is out")
    soon(page.is_live, "live again, as anybody")
    assert page.find("enter").is_displayed()
    host.say(host.username, "calm")
    page.sees("calm")
    assert page.read() == ["calm"]


def test_logging_out(page: Page, server: RunningServer, host: Someone) -> None:
    arrive(page, server, host)
    page.log_in(host.username, PASSWORD)
    page.find("leave").click()
    soon(lambda: page.find("enter").is_displayed(), "signed out")
    page.write("Who am I?")
    soon(lambda: page.find("username").is_displayed(), "the box to join")
    page.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    soon(lambda: not page.find("joining").is_displayed(), "the box closed")
    assert page.read() == []
