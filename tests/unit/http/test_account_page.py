"""The page of one's account, as it is served."""

import re

import pytest

from tests.contracts.http import Browser

ASSETS = (
    *("account.js", "account-door.js", "account-list.js", "account-proof.js", "passkeys.js"),
    *("inbox.js", "inbox-panel.js", "notices.js", "push.js", "telling.js"),
)


def test_it_needs_nothing_inline_and_nothing_from_elsewhere(browser: Browser) -> None:
    page = browser.app.test_client().get("/account")
    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://", page.text)


@pytest.mark.parametrize("name", ASSETS)
def test_each_of_its_scripts_finds_what_it_imports(browser: Browser, name: str) -> None:
    client = browser.app.test_client()
    script = client.get(f"/assets/{name}")
    assert script.status_code == 200
    assert script.mimetype == "text/javascript"
    for imported in re.findall(r'from "\./([^"]+)"', script.text):
        assert client.get(f"/assets/{imported}").status_code == 200


def test_every_part_that_its_scripts_look_for_is_there(browser: Browser) -> None:
    client = browser.app.test_client()
    page = client.get("/account").text
    scripts = "".join(client.get(f"/assets/{name}").text for name in ASSETS)
    wanted = set(re.findall(r'(?:find|getElementById)\("([a-z-]+)"\)', scripts))
    assert wanted
    assert {name for name in wanted if f'id="{name}"' not in page} == set()


def test_the_service_worker_serves_all_of_the_site_and_reaches_nothing_else(
    browser: Browser,
) -> None:
    script = browser.app.test_client().get("/sw.js")
    assert script.status_code == 200
    assert script.mimetype == "text/javascript"
    assert script.headers["Cache-Control"] == "no-cache"
    policy = script.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; connect-src 'self'; img-src 'self'"
    (icon,) = set(re.findall(r'"(/assets/[^"]+)"', script.text))
    assert browser.app.test_client().get(icon).mimetype == "image/png"
