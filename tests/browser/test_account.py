"""One's account in a real browser, with a passkey in an authenticator that Chromium makes up."""

from collections.abc import Iterator
from itertools import count

import psycopg2
import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from sqlalchemy import make_url

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone, someone
from tests.integration.servers import RunningServer

numbers = count(1)
WITHOUT_JSON = """
delete PublicKeyCredential.parseCreationOptionsFromJSON;
delete PublicKeyCredential.parseRequestOptionsFromJSON;
delete PublicKeyCredential.prototype.toJSON;
"""
LONG = 30  # seconds; a browser, a server and a store share what there is


@pytest.fixture
def mara(server: RunningServer) -> Someone:
    """Somebody new."""
    return someone(server.url, f"mara-{next(numbers)}")


@pytest.fixture
def account(page: Page, server: RunningServer) -> Iterator[Page]:
    """The page, at the name that passkeys are for, in a browser with an authenticator."""
    options = VirtualAuthenticatorOptions(
        protocol=VirtualAuthenticatorOptions.Protocol.CTAP2,
        transport=VirtualAuthenticatorOptions.Transport.INTERNAL,
        has_resident_key=True,
        has_user_verification=True,
        is_user_consenting=True,
        is_user_verified=True,
    )
    page.open(f"http://localhost:{server.port}/account")
    page.browser.delete_all_cookies()
    page.browser.add_virtual_authenticator(options)
    page.open(f"http://localhost:{server.port}/account")
    waits_for(page, "entering")
    yield page
    page.browser.remove_virtual_authenticator()
    page.browser.delete_all_cookies()


def waits_for(page: Page, part: str) -> None:
    soon(lambda: page.find(part).is_displayed(), part, LONG)


def names(page: Page) -> list[str]:
    return page.read("#passkeys h2")


def log_in(page: Page, person: Someone, then: str = "keeping") -> None:
    page.find("login").clear()
    page.find("login").send_keys(person.username)
    page.find("password").send_keys(PASSWORD, Keys.ENTER)
    waits_for(page, then)


def log_out(page: Page) -> None:
    page.find("leave").click()
    waits_for(page, "entering")


def add(page: Page, name: str) -> None:
    before = len(names(page))
    page.find("name").send_keys(name, Keys.ENTER)
    soon(lambda: len(names(page)) > before, f"{name}, added", LONG)


def test_a_passkey_is_added_and_lets_its_owner_in(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    assert account.find("none").is_displayed()
    add(account, "My phone")
    assert names(account) == ["My phone"]
    assert "My phone is added" in account.text_of("done")
    log_out(account)
    account.find("by-passkey").click()
    waits_for(account, "keeping")
    assert mara.username in account.text_of("me")
    assert "last used" in account.read("#passkeys p")[0]


def test_browsers_that_speak_no_json_of_passkeys_do_as_well(account: Page, mara: Someone) -> None:
    added = account.browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": WITHOUT_JSON}
    )
    try:
        account.browser.refresh()
        waits_for(account, "entering")
        log_in(account, mara)
        add(account, "My phone")
        log_out(account)
        account.find("by-passkey").click()
        waits_for(account, "keeping")
        assert mara.username in account.text_of("me")
    finally:
        account.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_who_comes_back_is_still_signed_in(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    account.browser.refresh()
    waits_for(account, "keeping")
    assert mara.username in account.text_of("me")


def test_a_passkey_is_asked_for_after_a_password(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    add(account, "My phone")
    account.browser.find_element(By.CSS_SELECTOR, "#passkeys input").click()
    soon(lambda: "password alone" in account.text_of("done"), "that it counts", LONG)
    log_out(account)
    log_in(account, mara, then="half")
    account.find("half-passkey").click()
    waits_for(account, "keeping")
    assert mara.username in account.text_of("me")


def test_a_passkey_is_removed(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    add(account, "My phone")
    account.browser.find_element(By.CSS_SELECTOR, "#passkeys .remove").click()
    soon(lambda: names(account) == [], "the empty list", LONG)
    log_out(account)
    account.find("by-passkey").click()
    soon(lambda: account.text_of("entering-remark"), "that it is not known any more", LONG)
    assert account.find("entering").is_displayed()


def test_a_change_asks_again_who_it_is(account: Page, mara: Someone, postgres_url: str) -> None:
    log_in(account, mara)
    add(account, "My phone")
    let_proofs_age(postgres_url)
    account.browser.find_element(By.CSS_SELECTOR, "#passkeys .remove").click()
    waits_for(account, "proving")
    account.find("proof").send_keys("not the password", Keys.ENTER)
    soon(lambda: account.text_of("proving-remark"), "that it is wrong", LONG)
    account.find("prove-passkey").click()
    soon(lambda: names(account) == [], "the empty list", LONG)
    let_proofs_age(postgres_url)
    account.find("name").send_keys("Another", Keys.ENTER)
    waits_for(account, "proving")
    account.find("proof").send_keys(PASSWORD, Keys.ENTER)
    soon(lambda: names(account) == ["Another"], "the new one", LONG)


def test_a_device_that_has_one_already_makes_no_other(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    add(account, "My phone")
    account.find("name").send_keys("My phone again", Keys.ENTER)
    soon(lambda: "already" in account.text_of("keeping-remark"), "why", LONG)
    assert names(account) == ["My phone"]


def test_a_device_that_checks_nobody_does_not_let_in(account: Page, mara: Someone) -> None:
    log_in(account, mara)
    add(account, "My phone")
    log_out(account)
    account.browser.set_user_verified(False)
    account.find("by-passkey").click()
    soon(lambda: account.text_of("entering-remark"), "why", LONG)
    assert account.find("entering").is_displayed()


def test_a_wrong_password_is_said(account: Page, mara: Someone) -> None:
    account.find("login").send_keys(mara.username)
    account.find("password").send_keys("wrong", Keys.ENTER)
    soon(lambda: account.text_of("entering-remark"), "what is wrong", LONG)
    assert "wrong" in account.text_of("entering-remark")


def test_it_fits_a_phone_and_every_field_has_a_name(account: Page, mara: Someone) -> None:
    account.look(360, 640)
    log_in(account, mara)
    add(account, "A rather long name for a phone that is always at hand")
    assert account.browser.execute_script("return document.documentElement.scrollWidth") <= 360
    nodes = account.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    nameless = [
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored")
        and node["role"]["value"] in ("textbox", "button", "link", "checkbox", "dialog")
        and not node.get("name", {}).get("value")
    ]
    assert nameless == []


def let_proofs_age(postgres_url: str) -> None:
    """As if everybody had proved an hour ago who they are."""
    plain = make_url(postgres_url).set(drivername="postgresql")
    connection = psycopg2.connect(plain.render_as_string(hide_password=False))
    with connection, connection.cursor() as cursor:
        cursor.execute("UPDATE sessions SET proven_at = proven_at - interval '1 hour'")
    connection.close()
