"""Browsers that take pushes, as they register."""

from dataclasses import replace
from socket import EAI_AGAIN, gaierror
from typing import Any

import pytest
from dependency_injector import providers

from stonks.adapters.limits import REGISTERING_DEVICES, LimitedPace, memory_windows
from stonks.adapters.memory.egress import MemoryEgress
from stonks.domain.notifications.delivery import Decided, Decision, DeliveryKey, State
from stonks.domain.notifications.way import PUSH
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.http import PASSWORD, Browser, browser_of, problem_code
from tests.contracts.notice_props import a_notification
from tests.push_browser import PushBrowser, raw

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PUSHES = "/notifications/push-subscriptions"
ENDPOINT = "https://push.example/1"


@pytest.fixture
def ada(browser: Browser) -> str:
    return browser.sign_up("ada")


def subscription(endpoint: str = ENDPOINT, **keys: str) -> dict[str, Any]:
    """As ``JSON.stringify`` writes it in Chromium."""
    told = PushBrowser()
    own = {"p256dh": told.p256dh, "auth": told.auth}
    return {"endpoint": endpoint, "expirationTime": None, "keys": own | keys}


def register(browser: Browser, who: str, endpoint: str = ENDPOINT) -> Any:
    headers = {"User-Agent": FIREFOX}
    response = browser.ask("POST", PUSHES, who, json=subscription(endpoint), headers=headers)
    assert response.status_code == 201, response.text
    return response.json


def devices(browser: Browser, who: str) -> Any:
    response = browser.ask("GET", PUSHES, who)
    assert response.status_code == 200, response.text
    return response.json["items"]  # type: ignore[index]


def log_in(browser: Browser, who: str) -> str:
    """Somewhere else, under another name."""
    response = browser.ask("POST", "/auth/login", json={"login": who, "password": PASSWORD})
    browser.tokens[f"{who} elsewhere"] = response.json["accessToken"]  # type: ignore[index]
    return f"{who} elsewhere"


def test_a_browser_registers_and_is_listed_by_what_it_is(browser: Browser, ada: str) -> None:
    made = register(browser, ada)
    assert (made["device"], made["usedAt"], made["current"]) == ("Firefox on Linux", None, True)
    assert devices(browser, ada) == [made]
    assert devices(browser, log_in(browser, ada)) == [made | {"current": False}]


def test_an_endpoint_again_is_the_same_device(browser: Browser, ada: str) -> None:
    made = register(browser, ada)
    assert register(browser, ada)["id"] == made["id"]
    assert [one["id"] for one in devices(browser, ada)] == [made["id"]]


def test_abuse_a_flood_of_registrations_is_refused_before_a_name_is_resolved(
    browser: Browser, ada: str
) -> None:
    made, inside = register(browser, ada), subscription("https://127.0.0.1/")
    for _ in range(19):
        assert browser.ask("POST", PUSHES, ada, json=inside).status_code == 422
    refused = browser.ask("POST", PUSHES, ada, json=inside)
    assert (refused.status_code, problem_code(refused)) == (429, "too_many_devices")
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["RateLimit-Policy"] == '"devices";q=20;w=3600'
    assert devices(browser, ada) == [made]
    register(browser, browser.sign_up("bob"))


def test_while_the_resolver_is_in_trouble_nobody_registers_a_name(
    browser: Browser, ada: str
) -> None:
    def troubled(_: str) -> list[str]:
        raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")

    browser.container.egress.override(providers.Object(MemoryEgress(resolve=troubled)))
    response = browser.ask("POST", PUSHES, ada, json=subscription())
    assert (response.status_code, problem_code(response)) == (503, "egress_unresolved")
    assert response.headers["Retry-After"] == "10"
    assert devices(browser, ada) == []
    register(browser, ada, "https://9.9.9.9/1")


def test_of_more_than_twenty_the_oldest_goes(browser: Browser, ada: str) -> None:
    alone = memory_windows()
    wide = LimitedPace(alone, alone, REGISTERING_DEVICES, scale=2)
    browser.container.device_pace.override(providers.Object(wide))
    made = [register(browser, ada, f"https://push.example/{n}")["id"] for n in range(21)]
    assert [one["id"] for one in devices(browser, ada)] == made[:0:-1]


def test_a_device_is_forgotten_by_its_owner_alone(browser: Browser, ada: str) -> None:
    made, bo = register(browser, ada), browser.sign_up("bob")
    response = browser.ask("DELETE", f"{PUSHES}/{made['id']}", bo)
    assert (response.status_code, problem_code(response)) == (404, "unknown_device")
    assert browser.ask("DELETE", f"{PUSHES}/{made['id']}", ada).status_code == 204
    assert devices(browser, ada) == []
    response = browser.ask("DELETE", f"{PUSHES}/{made['id']}", ada)
    assert (response.status_code, problem_code(response)) == (404, "unknown_device")


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/auth/logout"), ("DELETE", "/auth/sessions/{session}"), ("POST", "")],
    ids=["by logging out", "from elsewhere", "by a new password"],
)
def test_a_device_goes_with_the_session_that_registered_it(
    browser: Browser, ada: str, method: str, path: str
) -> None:
    register(browser, ada)
    elsewhere, session = log_in(browser, ada), browser.asking(ada)["session_id"]
    kept = register(browser, elsewhere, "https://push.example/2")
    if path == "/auth/logout":
        ended = browser.ask(method, path, ada)
    elif path:
        ended = browser.ask(method, path.format(session=session), elsewhere)
    else:
        body = {"currentPassword": PASSWORD, "password": f"{PASSWORD}, at dawn"}
        ended = browser.ask(method, "/profiles/me/password", elsewhere, json=body)
    assert ended.status_code == 204, ended.text
    assert devices(browser, elsewhere) == [kept]


def test_a_device_is_its_last_persons(browser: Browser, ada: str) -> None:
    register(browser, ada)
    bo = browser.sign_up("bob")
    made = register(browser, bo)
    assert devices(browser, ada) == []
    assert devices(browser, bo) == [made]


def test_it_shows_when_it_was_last_pushed_to_and_the_trace_names_it(
    browser: Browser, ada: str
) -> None:
    made, box = register(browser, ada), browser.container
    owner = box.find_account()(username=ada)
    notice_id = a_notification(box, owner)
    (device,) = box.list_devices()(actor=owner)
    key = DeliveryKey(notice_id, owner, PUSH, device.id)
    with box.begin_notifications()() as work:
        decision = Decision(PUSH, State.WAITING, "device", device.id)
        work.deliveries.add(notice_id, [Decided([owner], [decision])])
        work.deliveries.settle(key, State.SENT, "")
    assert devices(browser, ada)[0]["usedAt"] >= made["createdAt"]
    trace = browser.ask("GET", f"/notifications/{notice_id}/deliveries", ada).json["items"]  # type: ignore[index]
    assert [(one["way"], one["device"], one["state"]) for one in trace] == [
        ("email", None, "skipped"),
        ("push", "Firefox on Linux", "sent"),
    ]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (subscription("http://push.example/1"), "endpoint"),
        (subscription("https://127.0.0.1/1"), "endpoint"),
        (subscription("https://user:secret@push.example/1"), "endpoint"),
        (subscription(p256dh="AAAA"), "keys.p256dh"),
        (subscription(auth="AAAA"), "keys.auth"),
    ],
    ids=map(str, range(5)),
)
def test_ssrf_and_keys_that_are_none_are_refused_by_the_names_that_were_sent(
    browser: Browser, ada: str, sent: object, field: str
) -> None:
    response = browser.ask("POST", PUSHES, ada, json=sent)
    assert (response.status_code, problem_code(response)) == (422, "subscription_malformed")
    assert list(response.json["errors"]) == [field]  # type: ignore[index]
    assert field in response.json["detail"]  # type: ignore[index]
    assert devices(browser, ada) == []


def test_programs_with_a_token_have_no_browser(browser: Browser, ada: str) -> None:
    body = {"name": "a bot", "scopes": ["notifications:read", "notifications:write"]}
    made = browser.ask("POST", "/profiles/me/tokens", ada, json=body).json
    bearer = {"Authorization": f"Bearer {made['token']}"}  # type: ignore[index]
    for method, sent in (("POST", subscription()), ("GET", None)):
        response = browser.ask(method, PUSHES, json=sent, headers=bearer)
        assert (response.status_code, problem_code(response)) == (403, "scope_missing")


def test_anybody_may_have_the_key(browser: Browser) -> None:
    key = browser.ask("GET", "/notifications/push-key").json["key"]  # type: ignore[index]
    assert len(raw(key)) == 65
    assert key == browser.container.vapid().public_key


def test_where_no_pushes_are_sent_nobody_registers(memory_settings: Settings) -> None:
    browser = browser_of(Container(settings=replace(memory_settings, notifiers=())))
    ada = browser.sign_up("ada")
    for response in (
        browser.ask("GET", "/notifications/push-key"),
        browser.ask("POST", PUSHES, ada, json=subscription()),
    ):
        assert (response.status_code, problem_code(response)) == (404, "push_unavailable")
    assert devices(browser, ada) == []
