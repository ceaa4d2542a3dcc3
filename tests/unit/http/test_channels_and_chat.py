"""The routes of channels and their chat, as people use them."""

from typing import Any

import pytest

from tests.contracts.http import Browser, problem_code

LOUNGE = "/channels/lounge"
MESSAGES = f"{LOUNGE}/messages"


@pytest.fixture(autouse=True)
def _people(browser: Browser) -> None:
    for name in ("hanna", "ann", "bob"):
        browser.sign_up(name)
    browser.sign_up("sana", is_staff=True)
    browser.open_channel("hanna")


def say(browser: Browser, who: str, text: str) -> Any:
    return browser.ask("POST", MESSAGES, who, json={"text": text})


def test_a_channel_reads_as_it_was_opened_and_changed(browser: Browser) -> None:
    channel = browser.ask("GET", "/channels/LOUNGE").json
    assert channel["host"] == {"username": "hanna", "fullName": "Hanna"}
    assert (channel["slug"], channel["isSuspended"]) == ("lounge", False)
    assert channel["createdAt"].endswith("Z")
    assert len(channel["createdAt"]) == len("2026-01-05T20:15:00.000Z")
    changed = browser.ask("PATCH", LOUNGE, "hanna", json={"description": "Two\nlines"})
    assert changed.json["description"] == "Two\nlines"
    assert changed.json["title"] == channel["title"]


def test_lists_go_on_where_the_page_before_ended(browser: Browser) -> None:
    for number in range(3):
        browser.open_channel("ann", f"room-{number}")
    first = browser.ask("GET", "/channels?limit=2").json
    rest = browser.ask("GET", f"/channels?limit=2&cursor={first['nextCursor']}").json
    slugs = [item["slug"] for item in first["items"] + rest["items"]]
    assert slugs == ["room-2", "room-1", "room-0", "lounge"]
    assert rest["nextCursor"] is None


def test_admins_are_set_listed_and_unset(browser: Browser) -> None:
    for _ in range(2):
        assert browser.ask("PUT", f"{LOUNGE}/admins/ANN", "hanna").status_code == 204
    members = browser.ask("GET", f"{LOUNGE}/members").json["items"]
    assert [(item["username"], item["role"]) for item in members] == [
        ("hanna", "HOST"),
        ("ann", "ADMIN"),
    ]
    for _ in range(2):
        assert browser.ask("DELETE", f"{LOUNGE}/admins/ann", "hanna").status_code == 204
    assert len(browser.ask("GET", f"{LOUNGE}/members").json["items"]) == 1
    unknown = browser.ask("PUT", f"{LOUNGE}/admins/%00", "hanna")
    assert (unknown.status_code, problem_code(unknown)) == (404, "unknown_profile")


def test_a_suspended_channel_takes_no_messages(browser: Browser) -> None:
    refused = browser.ask("PUT", f"{LOUNGE}/suspension", "hanna", json={})
    assert (refused.status_code, problem_code(refused)) == (403, "staff_only")
    assert browser.ask("PUT", f"{LOUNGE}/suspension", "sana").status_code == 204
    assert browser.ask("GET", LOUNGE).json["isSuspended"] is True
    assert problem_code(say(browser, "ann", "Hello")) == "channel_suspended"
    assert browser.ask("DELETE", f"{LOUNGE}/suspension", "sana").status_code == 204
    assert say(browser, "ann", "Hello").status_code == 201


def test_a_message_is_answered_with_its_place_and_read_back(browser: Browser) -> None:
    posted = say(browser, "ann", "//Hello <b>\u00e9</b>").json
    assert set(posted) == {"room", "seq", "at", "nonce"}
    (entry,) = browser.ask("GET", MESSAGES).json["items"]
    assert (entry["seq"], entry["at"], entry["room"]) == (1, posted["at"], posted["room"])
    assert entry["kind"] == "message"
    assert entry["data"] == {"text": "/Hello <b>\u00e9</b>"}
    assert (entry["actor"]["username"], entry["actor"]["role"]) == ("ann", "member")


def test_history_goes_on_in_both_directions(browser: Browser) -> None:
    for number in range(5):
        say(browser, "ann", f"Message {number}")

    def walk(query: str) -> list[int]:
        seqs, page = [], browser.ask("GET", f"{MESSAGES}?limit=2{query}").json
        while True:
            seqs += [item["seq"] for item in page["items"]]
            if page["nextCursor"] is None:
                return seqs
            page = browser.ask("GET", f"{MESSAGES}?limit=2&cursor={page['nextCursor']}").json

    assert walk("&after=1") == [2, 3, 4, 5]
    assert walk("") == [4, 5, 2, 3, 1]
    assert walk("&before=3") == [1, 2]


def test_a_command_is_answered_and_is_no_message(browser: Browser) -> None:
    answer = say(browser, "hanna", "/timeout @ann 10m spoilers")
    assert answer.status_code == 200
    assert answer.json["command"] == "/timeout"
    (entry,) = browser.ask("GET", MESSAGES).json["items"]
    assert entry["kind"] == "member_timed_out"
    refused = say(browser, "ann", "Hello")
    assert (refused.status_code, problem_code(refused)) == (429, "timed_out")
    assert 595 <= int(refused.headers["Retry-After"]) <= 600
    (sanction,) = browser.ask("GET", f"{LOUNGE}/sanctions", "hanna").json["items"]
    assert (sanction["username"], sanction["kind"], sanction["by"]) == ("ann", "mute", "hanna")
    assert sanction["reason"] == "spoilers"


def test_a_command_that_is_refused_changes_nothing(browser: Browser) -> None:
    for who, line, status in [("ann", "/ban @bob", 403), ("hanna", "/ban", 422)]:
        refused = say(browser, who, line)
        assert refused.status_code == status
        assert problem_code(refused)
    assert browser.ask("GET", MESSAGES).json["items"] == []


def test_somebody_who_is_banned_is_out_of_reading_too(browser: Browser) -> None:
    say(browser, "hanna", "/ban @bob")
    assert problem_code(browser.ask("GET", MESSAGES, "bob")) == "banned"
    assert browser.ask("GET", MESSAGES).status_code == 200


def test_a_hidden_message_keeps_its_place_and_moderators_its_text(browser: Browser) -> None:
    say(browser, "ann", "Hide me")
    assert browser.ask("DELETE", f"{MESSAGES}/1", "bob").status_code == 403
    assert browser.ask("DELETE", f"{MESSAGES}/1", "ann").status_code == 204
    assert problem_code(browser.ask("DELETE", f"{MESSAGES}/1", "hanna")) == "unknown_message"
    message, hidden = browser.ask("GET", MESSAGES).json["items"]
    assert message["data"] == {"hidden": True}
    assert (hidden["kind"], hidden["data"]) == ("message_hidden", {"seq": 1})
    assert problem_code(browser.ask("GET", f"{LOUNGE}/log", "ann")) == "not_allowed"
    first = browser.ask("GET", f"{LOUNGE}/log", "hanna").json["items"][0]
    assert (first["data"], first["hidden"]) == ({"text": "Hide me"}, "deleted")


def test_sanctions_come_in_pages(browser: Browser) -> None:
    for line in ("/mute @ann", "/ban @ann", "/ban @bob"):
        assert say(browser, "hanna", line).status_code == 200
    path, seen = f"{LOUNGE}/sanctions?limit=1", []
    page = browser.ask("GET", path, "hanna").json
    while True:
        seen += [(item["username"], item["kind"]) for item in page["items"]]
        if page["nextCursor"] is None:
            break
        page = browser.ask("GET", f"{path}&cursor={page['nextCursor']}", "hanna").json
    assert sorted(seen) == [("ann", "ban"), ("ann", "mute"), ("bob", "ban")]


def test_a_deleted_channel_is_gone_with_its_chat(browser: Browser) -> None:
    say(browser, "ann", "Hello")
    assert problem_code(browser.ask("DELETE", LOUNGE, "ann")) == "host_only"
    assert browser.ask("DELETE", LOUNGE, "hanna").status_code == 204
    for path in (LOUNGE, MESSAGES, f"{LOUNGE}/members"):
        assert problem_code(browser.ask("GET", path)) == "unknown_channel"
