"""Requests that are sent again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contracts.http import Browser, problem_code

BODY = {"slug": "lounge", "title": "A title"}
KEY = {"Idempotency-Key": "a key"}


@pytest.fixture(autouse=True)
def _people(browser: Browser) -> None:
    browser.sign_up("ann")
    browser.sign_up("bob")


def test_a_request_sent_again_gets_its_first_answer(browser: Browser) -> None:
    first = browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY)
    again = browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


def test_without_a_key_it_is_another_request(browser: Browser) -> None:
    browser.ask("POST", "/channels", "ann", json=BODY)
    assert problem_code(browser.ask("POST", "/channels", "ann", json=BODY)) == "slug_taken"


def test_a_key_is_not_taken_for_another_body(browser: Browser) -> None:
    browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY)
    other = browser.ask("POST", "/channels", "ann", json=BODY | {"slug": "bar"}, headers=KEY)
    assert (other.status_code, problem_code(other)) == (422, "idempotency_key_reused")
    assert browser.ask("GET", "/channels/bar").status_code == 404


def test_a_key_is_not_shared_by_people(browser: Browser) -> None:
    browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY)
    other = browser.ask("POST", "/channels", "bob", json=BODY, headers=KEY)
    assert problem_code(other) == "slug_taken"


def test_a_refused_request_may_be_put_right_under_its_key(browser: Browser) -> None:
    refused = browser.ask("POST", "/channels", "ann", json=BODY | {"slug": "-"}, headers=KEY)
    assert refused.status_code == 422
    assert browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 65, "\u00e9"])
def test_a_bad_key_is_refused(browser: Browser, key: str) -> None:
    headers = {"Idempotency-Key": key}
    response = browser.ask("POST", "/channels", "ann", json=BODY, headers=headers)
    assert (response.status_code, problem_code(response)) == (422, "bad_idempotency_key")


def test_of_requests_at_the_same_time_one_is_carried_out(browser: Browser) -> None:
    def send(_: int) -> int:
        return browser.ask("POST", "/channels", "ann", json=BODY, headers=KEY).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(16)))
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert len(browser.ask("GET", "/channels").json["items"]) == 1


def test_the_key_of_a_message_is_its_nonce(browser: Browser) -> None:
    browser.open_channel("ann")
    path, text = "/channels/lounge/messages", {"text": "Hello"}
    first = browser.ask("POST", path, "ann", json=text, headers=KEY)
    again = browser.ask("POST", path, "ann", json=text, headers=KEY)
    assert first.json["nonce"] == "a key"
    assert first.json == again.json
    named = browser.ask("POST", path, "ann", json={"text": "Ho", "nonce": "n"}, headers=KEY)
    assert (named.json["nonce"], named.json["seq"]) == ("n", first.json["seq"] + 1)
