"""What a link in a mail leads to, from the mail to being signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.browser.page import Page, soon
from tests.integration.mail.postbox import Postbox, mail_server
from tests.integration.mail.test_servers import link_of, senders, wait_for
from tests.integration.servers import RunningServer, Servers

PATIENT = 30  # seconds


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    postbox = Postbox()
    server = mail_server(postbox)
    server.start()
    postbox.port = server.port
    yield postbox
    server.stop()


@pytest.fixture
def mailing(
    postgres_url: str, redis_url: str, private_key: str, tmp_path: Path, postbox: Postbox
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, tmp_path)
    try:
        url = f"smtp://127.0.0.1:{postbox.port}"
        senders(servers, url, 1)
        yield servers(mail_url=url)
    finally:
        servers.end()


def test_a_link_signs_a_browser_up_once_its_button_is_pressed(
    page: Page, mailing: RunningServer, postbox: Postbox
) -> None:
    body = {"email": "nora@example.org"}
    asked = requests.post(f"{mailing.url}/api/v1/auth/email/start", json=body, timeout=30)
    assert asked.status_code == 202
    wait_for(postbox, "nora@example.org")
    token = link_of(postbox.to("nora@example.org")[0])
    page.open(f"{mailing.url}/sign-in#token={token}")
    press(page)
    soon(lambda: page.find("done").is_displayed(), "being signed in", PATIENT)
    assert token not in page.browser.current_url
    page.open("about:blank")
    page.open(f"{mailing.url}/sign-in#token={token}")
    press(page)
    soon(lambda: "unknown, used or too old" in page.text_of("follow"), "its end", PATIENT)
    page.open(f"{mailing.url}/account")
    soon(lambda: "nora" in page.text_of("me"), "somebody signed in", PATIENT)


def press(page: Page) -> None:
    soon(lambda: page.find("follow").is_displayed(), "the button", PATIENT)
    page.browser.find_element("css selector", "#follow button.wide").click()
