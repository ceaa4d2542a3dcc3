"""No URL that leads inside becomes a webhook's."""

import pytest
from dependency_injector import providers

from stonks.adapters.memory.egress import MemoryEgress
from tests.contracts.egress import FORBIDDEN
from tests.contracts.endpoint_props import URL
from tests.contracts.http import Browser, problem_code

HOSTS = [
    *("2130706433", "0x7f000001", "0X7F.0.0.1", "017700000001", "0177.0.0.1", "127.1"),
    *("127.0.1", "0x7f.1", "127.0.0.01", "00.0.0.0", "0", "0x", "1.2.3.4.5", "256.0.0.1", "a.0x1"),
    *("①②⑦.0.0.1", "１２７.0.0.1", "127。0。0。1", "ｌocalhost", "٠.٠.٠.٠", "a\u00ad.example"),
    *("127.0.0.1.", "localhost.", "a..example", "[::1%25eth0]", "[::1", "[127.0.0.1]", "a%2e"),
    *("a.example@127.0.0.1", "127.0.0.1@a.example", "a:b@hooks.example", "@hooks.example"),
    *("hooks.example:22", "hooks.example:25", "hooks.example:6000", "hooks.example:0"),
    *("hooks.example:65536", "hooks.example:-1", "hooks.example:0443", "hooks.example:٤٤٣"),
    *("hooks.example\\@127.0.0.1", "127.0.0.1\\.hooks.example", "hooks.example#@127.0.0.1"),
    *("hooks.example/\r\nHost:b", "hooks.example/ x", "hooks.example/#x", "224.0.0.1"),
    *("192.168.0.1", "172.16.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "[2001:db8::1]"),
]
"""In place of a host, and of what comes after it."""
ODD = [
    *("javascript:alert(1)", "data:text/html,x", "unix:///run/x.sock", "wss://a.example/"),
    *("https:/a.example", "\thttps://a.example", "https:a.example", "jar:https://a.example!/"),
    *("dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "http://[::ffff:169.254.169.254]/"),
    "https://hooks.example/?next=" + "x" * 2048,
]
REFUSED = [*FORBIDDEN, *(f"https://{host}/" for host in HOSTS), *ODD]


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    """Nobody meets a limit, and every name is public."""
    lasting_browser.sign_up("hanna")
    lasting_browser.open_channel("hanna")
    response = lasting_browser.ask("POST", "/channels/lounge/webhooks", "hanna", json={"url": URL})
    assert response.status_code == 201, response.text
    return lasting_browser


@pytest.mark.parametrize("url", REFUSED)
def test_ssrf_nothing_that_leads_inside_is_added_or_moved_to(browser: Browser, url: str) -> None:
    path = "/channels/lounge/webhooks"
    (before,) = browser.ask("GET", path, "hanna").json["items"]  # type: ignore[index]
    for response in (
        browser.ask("POST", path, "hanna", json={"url": url}),
        browser.ask("PATCH", f"{path}/{before['id']}", "hanna", json={"url": url}),
    ):
        assert response.status_code == 422, response.text
        wanted = "egress_forbidden" if len(url) <= 2048 else "invalid_fields"
        assert problem_code(response) == wanted
        assert list(response.json["errors"]) == ["url"]  # type: ignore[index]
    assert browser.ask("GET", path, "hanna").json["items"] == [before]  # type: ignore[index]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:10.0.0.1"]
)
def test_ssrf_a_name_that_leads_inside_is_refused_as_one_that_leads_nowhere(
    browser: Browser, address: str
) -> None:
    told = []
    for resolved in ([address], ["9.9.9.9", address], []):
        inside = MemoryEgress(resolve=lambda _, resolved=resolved: resolved)  # type: ignore[misc]
        with browser.container.egress.override(providers.Object(inside)):
            response = browser.ask("POST", "/channels/lounge/webhooks", "hanna", json={"url": URL})
        assert response.status_code == 422
        told.append(response.json)
    assert told[0] == told[1] == told[2]


def test_ssrf_a_name_that_turned_inside_since_it_was_saved_is_not_asked(browser: Browser) -> None:
    path = "/channels/lounge/webhooks"
    (kept,) = browser.ask("GET", path, "hanna").json["items"]  # type: ignore[index]
    inside = MemoryEgress(resolve=lambda _: ["127.0.0.1"])
    with browser.container.egress.override(providers.Object(inside)):
        response = browser.ask("POST", f"{path}/{kept['id']}/activate", "hanna")
    assert (response.status_code, problem_code(response)) == (409, "verification_failed")
    assert inside.asked == []
    attempts = browser.ask("GET", f"{path}/{kept['id']}/attempts", "hanna").json
    assert attempts["items"][0]["reason"] == "forbidden_address"  # type: ignore[index]
