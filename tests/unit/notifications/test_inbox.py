"""One's inbox, as a client meets it."""

from typing import Any

import pytest

from stonks.domain.ids import NoticeId
from stonks.entrypoints.http.notifications.inbox_shapes import EITHER
from tests.contracts.http import Browser, problem_code
from tests.contracts.notice_props import STARTED, a_notification

NOBODYS = "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e99"


@pytest.fixture
def ada(browser: Browser) -> str:
    return browser.sign_up("ada")


def told(browser: Browser, who: str, times: int = 1) -> list[NoticeId]:
    """Notifications that somebody has, the newest first."""
    owner = browser.container.find_account()(username=who)
    return [a_notification(browser.container, owner) for _ in range(times)][::-1]


def read(browser: Browser, who: str, **body: object) -> Any:
    response = browser.ask("POST", "/notifications/read", who, json=body)
    assert response.status_code == 200, response.text
    return response.json


def page(browser: Browser, who: str, **query: object) -> Any:
    response = browser.ask("GET", "/notifications", who, query_string=query)
    assert response.status_code == 200, response.text
    return response.json


def test_it_has_every_field(browser: Browser, ada: str) -> None:
    (id_,) = told(browser, ada)
    (item,) = page(browser, ada)["items"]
    at = item.pop("at")
    assert at.endswith("Z")
    assert item == {"id": str(id_), "type": "stream_started", "readAt": None, "data": STARTED}
    read(browser, ada, ids=[str(id_)])
    (item,) = page(browser, ada)["items"]
    assert item["readAt"] >= at


def test_it_has_pages_and_says_how_many_are_unread_in_all_of_it(browser: Browser, ada: str) -> None:
    ids = told(browser, ada, times=5)
    read(browser, ada, ids=[str(ids[0])])
    seen, query = list[str](), dict[str, object](limit=2)
    while query.get("cursor", "") is not None:
        shown = page(browser, ada, **query)
        assert shown["unread"] == 4
        seen += [item["id"] for item in shown["items"]]
        query["cursor"] = shown["nextCursor"]
    assert seen == [str(id_) for id_ in ids]


def test_one_some_or_all_are_read_and_again_does_nothing(browser: Browser, ada: str) -> None:
    ids = [str(id_) for id_ in told(browser, ada, times=4)]
    assert read(browser, ada, ids=ids[:1]) == {"unread": 3}
    assert read(browser, ada, ids=[*ids[:2], NOBODYS]) == {"unread": 2}
    before = page(browser, ada)["items"][0]["readAt"]
    assert read(browser, ada, all=True) == {"unread": 0}
    assert read(browser, ada, all=True) == {"unread": 0}
    assert page(browser, ada)["items"][0]["readAt"] == before
    assert browser.ask("GET", "/notifications/unread", ada).json == {"unread": 0}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"body": [EITHER]}),
        ({"ids": [NOBODYS], "all": True}, {"body": [EITHER]}),
        ({"all": False}, {"all": ["Must be equal to True."]}),
        ({"ids": []}, {"ids": ["Length must be between 1 and 100."]}),
        ({"ids": [NOBODYS] * 101}, {"ids": ["Length must be between 1 and 100."]}),
        ({"ids": ["7"]}, {"ids.0": ["Not a valid UUID."]}),
    ],
)
def test_what_makes_no_sense_is_refused_and_reads_nothing(
    browser: Browser, ada: str, body: object, errors: object
) -> None:
    told(browser, ada)
    response = browser.ask("POST", "/notifications/read", ada, json=body)
    assert problem_code(response) == "invalid_fields"
    assert (response.status_code, response.json["errors"]) == (422, errors)  # type: ignore[index]
    assert page(browser, ada)["unread"] == 1


def test_another_persons_are_neither_shown_nor_read_nor_explained(
    browser: Browser, ada: str
) -> None:
    bo, (id_,) = browser.sign_up("bob"), told(browser, ada)
    assert page(browser, bo) == {"items": [], "nextCursor": None, "unread": 0}
    assert read(browser, bo, ids=[str(id_)]) == {"unread": 0}
    assert page(browser, ada)["unread"] == 1
    response = browser.ask("GET", f"/notifications/{id_}/deliveries", bo)
    assert (response.status_code, problem_code(response)) == (404, "unknown_notification")


def test_it_says_why_one_was_not_told(browser: Browser, ada: str) -> None:
    (id_,) = told(browser, ada)
    response = browser.ask("GET", f"/notifications/{id_}/deliveries", ada)
    (item,) = response.json["items"]  # type: ignore[index]
    assert item.pop("decidedAt") == item.pop("changedAt")
    assert item == {
        "way": "email",
        "device": None,
        "state": "skipped",
        "reason": "no_proven_email",
        "detail": "The e-mail address is not confirmed.",
        "attempts": 0,
    }


def test_who_watches_over_accounts_reads_it_and_that_is_on_record(
    browser: Browser, ada: str
) -> None:
    (id_,), sana = told(browser, ada), browser.sign_up("sana", is_staff=True)
    ada_id = browser.container.find_account()(username=ada)
    inbox = f"/admin/profiles/{ada_id}/notifications"
    shown = browser.ask("GET", inbox, sana).json
    assert shown == page(browser, ada)
    trace = browser.ask("GET", f"{inbox}/{id_}/deliveries", sana).json
    assert trace == browser.ask("GET", f"/notifications/{id_}/deliveries", ada).json
    assert shown["unread"] == 1  # type: ignore[index]
    query = {"subject": ada_id, "action": "notifications_read"}
    entries = browser.ask("GET", "/admin/audit", sana, query_string=query).json
    recorded = [(entry["by"], entry["detail"]) for entry in entries["items"]]  # type: ignore[index]
    assert recorded == [("sana", "ada")] * 2


@pytest.mark.parametrize("rest", ["", f"/{NOBODYS}/deliveries"])
def test_nobody_has_no_inbox_to_watch(browser: Browser, rest: str) -> None:
    sana = browser.sign_up("sana", is_staff=True)
    response = browser.ask("GET", f"/admin/profiles/{NOBODYS}/notifications{rest}", sana)
    assert (response.status_code, problem_code(response)) == (404, "unknown_profile")
    audit = browser.ask("GET", "/admin/audit?action=notifications_read", sana)
    assert audit.json["items"] == []  # type: ignore[index]
