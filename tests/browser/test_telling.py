"""How one is told, chosen on one's account; and the service worker that shows pushes.

Whoever gives Chromium its subscriptions cannot be reached from here. A browser that has one is
played by a script; what is pushed to the service worker is real.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import requests
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from websockets.sync.client import connect

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone, someone
from tests.browser.test_looks import CONTRAST
from tests.integration.servers import RunningServer
from tests.push_browser import PushBrowser

numbers = count(1)
FIRST = "0"  # of a browser's service workers; the pages of a server have one
LONG = 30  # seconds; a browser, a server and a store share what there is
SUBSCRIBED = """
let subscription = null;
PushManager.prototype.getSubscription = async () => subscription;
PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => (subscription = {
  options: { applicationServerKey: Uint8Array.fromBase64(key, { alphabet: "base64url" }).buffer },
  toJSON: () => (%s),
  unsubscribe: async () => Boolean((subscription = null) ?? true),
});
"""
WITHOUT_PUSH = "delete window.PushManager;"
CLICK = """
new Promise(async (done) => {
  Clients.prototype.openWindow = async (address) => done([address]);
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
})
"""
SHOWN = """
const done = arguments[arguments.length - 1];
navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => done(all.map(({ title, body, tag, data }) => [title, body, tag, data.address])));
"""
INSTALL = """
const done = arguments[arguments.length - 1];
const clear = async (registration) => {
  for (const one of await registration.getNotifications()) one.close();
  done([registration.scope, registration.active.scriptURL]);
};
navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(clear);
"""


@pytest.fixture
def mara(server: RunningServer) -> Someone:
    """Somebody new."""
    return someone(server.url, f"told-{next(numbers)}")


@pytest.fixture
def scripted(page: Page) -> Iterator[Any]:
    """``scripted(source)`` runs before each page."""
    added = []

    def add(source: str) -> None:
        command = "Page.addScriptToEvaluateOnNewDocument"
        added.append(page.browser.execute_cdp_cmd(command, {"source": source}))

    yield add
    for one in added:
        page.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", one)


def arrive(page: Page, server: RunningServer, mara: Someone) -> None:
    page.open(f"{server.url}/account")
    soon(lambda: page.find("login").is_displayed(), "the form", LONG)
    page.find("login").send_keys(mara.username)
    page.find("password").send_keys(PASSWORD, Keys.ENTER)
    soon(lambda: page.find("telling").is_displayed(), "how one is told", LONG)


def again(page: Page) -> None:
    page.browser.refresh()
    soon(lambda: page.find("telling").is_displayed(), "how one is told", LONG)


def permit(page: Page, server: RunningServer, setting: str) -> None:
    told = {"origin": server.url, "permission": {"name": "notifications"}, "setting": setting}
    page.browser.execute_cdp_cmd("Browser.setPermission", told)


def get(mara: Someone, path: str) -> Any:
    headers = {"Authorization": f"Bearer {mara.token}"}
    return requests.get(mara.api + path, headers=headers, timeout=10).json()


def lever(page: Page, name: str) -> Any:
    return page.browser.find_element(By.NAME, name)


def test_each_way_of_each_kind_is_a_switch_that_keeps(
    page: Page, server: RunningServer, mara: Someone
) -> None:
    arrive(page, server, mara)
    assert page.read("#preferences-head th") == ["Live on pages", "Push", "Mail"]
    assert len(page.read("#preferences tr")) == 3
    box = lever(page, "new_follower.push")
    assert (box.aria_role, box.accessible_name) == ("switch", "Somebody follows you: Push")
    assert box.is_selected()
    box.send_keys(Keys.SPACE)
    soon(lambda: page.text_of("telling-done") == "Saved.", "that it is kept")
    assert get(mara, "/notifications/preferences")["new_follower"]["push"] is False
    again(page)
    assert not lever(page, "new_follower.push").is_selected()
    assert lever(page, "stream_started.push").is_selected()


def test_a_switch_that_was_not_kept_goes_back_and_says_why(
    page: Page, server: RunningServer, mara: Someone
) -> None:
    arrive(page, server, mara)
    page.browser.delete_cookie("__Host-stonks-csrf")
    lever(page, "new_follower.email").click()
    soon(lambda: page.text_of("telling-remark"), "why")
    assert not lever(page, "new_follower.email").is_selected()
    assert get(mara, "/notifications/preferences")["new_follower"]["email"] is False


def test_pushes_are_turned_on_when_asked_for_and_off_again(
    page: Page, server: RunningServer, mara: Someone, scripted: Any
) -> None:
    known = PushBrowser()
    keys = {"p256dh": known.p256dh, "auth": known.auth}
    endpoint = f"https://9.9.9.9/{mara.username}"
    sent = {"endpoint": endpoint, "expirationTime": None, "keys": keys}
    scripted(SUBSCRIBED % json.dumps(sent))
    permit(page, server, "granted")
    arrive(page, server, mara)
    assert page.text_of("push") == "Turn on"
    assert get(mara, "/notifications/push-subscriptions")["items"] == []
    page.find("push").click()
    soon(lambda: page.text_of("push") == "Turn off", "that it is on", LONG)
    (device,) = get(mara, "/notifications/push-subscriptions")["items"]
    assert page.read("#devices h3") == [f"{device['device']}this device"]
    assert "Chrom" in device["device"]
    page.find("push").click()
    soon(lambda: page.text_of("push") == "Turn on", "that it is off", LONG)
    assert get(mara, "/notifications/push-subscriptions")["items"] == []
    assert page.read("#devices h3") == []


def test_another_device_is_removed_from_here(
    page: Page, server: RunningServer, mara: Someone
) -> None:
    known = PushBrowser()
    keys = {"p256dh": known.p256dh, "auth": known.auth}
    body = {"endpoint": f"https://9.9.9.9/of-{mara.username}", "keys": keys}
    mara.post("/notifications/push-subscriptions", body)
    arrive(page, server, mara)
    button = page.browser.find_element(By.CSS_SELECTOR, "#devices .remove")
    assert button.accessible_name.startswith("Send no more pushes to ")
    button.click()
    soon(lambda: "gets no more pushes" in page.text_of("telling-done"), "that it is gone", LONG)
    assert get(mara, "/notifications/push-subscriptions")["items"] == []


def test_it_says_plainly_why_there_are_none(
    page: Page, server: RunningServer, mara: Someone, scripted: Any
) -> None:
    permit(page, server, "denied")
    arrive(page, server, mara)
    assert "does not let Stonks show notifications" in page.text_of("push-state")
    page.find("push").click()
    soon(lambda: "allow them" in page.text_of("telling-remark"), "what to do", LONG)
    scripted(WITHOUT_PUSH)
    again(page)
    assert "cannot take pushes" in page.text_of("push-state")
    assert not page.find("push").is_displayed()


def test_the_service_worker_shows_what_is_pushed(
    page: Page, server: RunningServer, host: Someone
) -> None:
    here, watch = install(page, server), f"{server.url}/c/{host.username}"
    live = pushed(host)
    push(page, server, json.dumps(live))
    push(page, server, json.dumps({**live, "body": "Closing bell"}))  # in place of the first
    push(page, server, "{")
    wanted = [
        [f"{host.username} is live", "Closing bell", "01", watch],
        ["Stonks", "Something new is in your inbox.", "stonks", f"{here}/"],
    ]
    shown = page.browser.execute_async_script
    soon(lambda: sorted(shown(SHOWN)) == sorted(wanted), "what was pushed", LONG)


def test_a_click_opens_what_it_is_about_and_no_other_site(
    page: Page, server: RunningServer, host: Someone
) -> None:
    here = install(page, server)
    push(page, server, json.dumps({**pushed(host), "url": "https://elsewhere.example//evil/?a=b"}))
    soon(lambda: page.browser.execute_async_script(SHOWN), "the push", LONG)
    assert in_the_worker(page, CLICK) == [f"{here}/evil/?a=b"]
    soon(lambda: page.browser.execute_async_script(SHOWN) == [], "nothing any more", LONG)


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_fits_a_phone_and_can_be_read(
    page: Page, server: RunningServer, mara: Someone, is_dark: bool
) -> None:
    page.look(360, 640, is_dark=is_dark)
    arrive(page, server, mara)
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 360
    words = "#telling h1, #telling h2, #telling .lead, #telling th, #push"
    shown = page.browser.execute_script(CONTRAST, words)
    assert [said for said, ratio in shown if ratio < 4.5] == []  # WCAG 2.2, 1.4.3


def install(page: Page, server: RunningServer) -> str:
    """The service worker, with leave to show, and nothing shown; the origin that it serves."""
    permit(page, server, "granted")
    page.open(f"{server.url}/account")
    scope, script = page.browser.execute_async_script(INSTALL)
    assert (scope, script) == (f"{server.url}/", f"{server.url}/sw.js")
    page.browser.execute_cdp_cmd("ServiceWorker.enable", {})
    return server.url


def pushed(host: Someone) -> dict[str, Any]:
    """What a push says that tells of a stream."""
    return {
        "id": "01",
        "type": "stream_started",
        "at": "2026-11-20T18:30:00.125Z",
        "title": f"{host.username} is live",
        "body": "Opening bell",
        "url": f"https://elsewhere.example/c/{host.username}",
        "data": {},
    }


def push(page: Page, server: RunningServer, data: str) -> None:
    """As if a push service had brought it."""
    told = {"origin": server.url, "registrationId": FIRST, "data": data}
    page.browser.execute_cdp_cmd("ServiceWorker.deliverPushMessage", told)


def in_the_worker(page: Page, script: str) -> Any:
    """What a script comes to that runs where the service worker runs."""
    debugger = page.browser.capabilities["goog:chromeOptions"]["debuggerAddress"]
    targets = requests.get(f"http://{debugger}/json/list", timeout=10).json()
    (address,) = [
        target["webSocketDebuggerUrl"] for target in targets if target["type"] == "service_worker"
    ]
    asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
    with connect(address) as socket:
        socket.send(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": asked}))
        answers = (json.loads(said) for said in socket)
        answer = next(answer for answer in answers if answer.get("id") == 1)
    return answer["result"]["result"]["value"]
