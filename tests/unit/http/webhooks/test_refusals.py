"""Every way in which the routes of webhooks refuse."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stonks.adapters.egress.refusals import failed, uncertain
from stonks.application.egress.ports import Answer
from stonks.domain.webhooks.endpoint import MOST_OF_A_CHANNEL
from tests.contracts.bots import make_token
from tests.contracts.endpoint_props import URL
from tests.contracts.http import BASE, problem_code
from tests.unit.http.webhooks.conftest import Stage

BODIES: Mapping[tuple[str, str], Any] = {
    ("POST", ""): {"url": URL},
    ("PATCH", "/{id}"): {"description": "new"},
    ("POST", "/{id}/replay"): {"fromSeq": 1},
}
"""Of the routes that take one: without it they refuse for another reason than is asked for."""
UNKNOWN = "01980a5c-1b7e-7f43-a1c6-8e2d4b9f7a30"
CLOSED = {"", "/{id}/activate", "/{id}/test", "/{id}/replay"}
"""What is refused while a channel is suspended, where it is no GET."""


def routes(stage: Stage) -> list[tuple[str, str, Any]]:
    """Method, path and body of every route that there is."""
    found = []
    for rule in stage.browser.app.url_map.iter_rules():
        start, is_of_webhooks, path = rule.rule.partition("/channels/<slug>/webhooks")
        if is_of_webhooks and start == BASE:
            path = path.replace("<uuid:endpoint_id>", "{id}")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                found.append((method, path, BODIES.get((method, path))))
    return sorted(found, key=lambda route: route[:2])


def named(stage: Stage) -> list[tuple[str, str, Any]]:
    return [route for route in routes(stage) if "{id}" in route[1]]


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def kept(stage: Stage) -> str:
    tables = stage.browser.container.webhook_tables()
    return repr((tables.endpoints.rows, tables.attempts.rows))


def test_every_route_is_asked_here(stage: Stage) -> None:
    found = routes(stage)
    assert set(BODIES) <= {(method, path) for method, path, _ in found}
    assert {path for _, path, _ in found} >= {"", "/{id}", "/{id}/attempts"}
    assert {path for _, path, _ in named(stage)} >= CLOSED - {""}


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (None, (401, "token_missing")),
        ("ann", (403, "host_only")),
        ("bob", (403, "host_only")),
        ("sana", (403, "host_only")),
    ],
)
def test_nobody_but_its_host_learns_or_changes_anything(
    stage: Stage, who: str | None, told: tuple[int, str]
) -> None:
    id_ = stage.add_active()["id"]
    before, asked = kept(stage), list(stage.receivers.asked)
    for method, path, body in routes(stage):
        assert refusal(stage.ask(method, path.format(id=id_), who, json=body)) == told, path
    assert (kept(stage), stage.receivers.asked) == (before, asked)


def test_an_admin_is_no_host(stage: Stage) -> None:
    stage.browser.ask("PUT", "/channels/lounge/admins/bob", "hanna")
    id_ = stage.add_active()["id"]
    for method, path, body in routes(stage):
        response = stage.ask(method, path.format(id=id_), "bob", json=body)
        assert refusal(response) == (403, "host_only")


def test_another_channels_is_not_found_and_stays_as_it_was(stage: Stage) -> None:
    id_ = stage.add_active()["id"]
    before = kept(stage)
    for method, path, body in named(stage):
        path = f"/channels/salon/webhooks{path.format(id=id_)}"
        response = stage.browser.ask(method, path, "ann", json=body)
        assert refusal(response) == (404, "unknown_endpoint")
    assert kept(stage) == before


def test_what_is_not_there_is_not_found(stage: Stage) -> None:
    for method, path, body in named(stage):
        response = stage.ask(method, path.format(id=UNKNOWN), json=body)
        assert refusal(response) == (404, "unknown_endpoint")


@pytest.mark.parametrize("id_", ["1", "not-an-id", "01980a5c1b7e7f43a1c68e2d4b9f7a30x", "%00"])
def test_what_is_no_id_is_not_found(stage: Stage, id_: str) -> None:
    for method, path, body in named(stage):
        response = stage.ask(method, path.format(id=id_), json=body)
        assert response.status_code == 404
        problem_code(response)


def test_a_channel_that_is_not_there_has_none(stage: Stage) -> None:
    for method, path, body in routes(stage):
        path = path.format(id=UNKNOWN)
        response = stage.browser.ask(method, f"/channels/nowhere/webhooks{path}", "ann", json=body)
        assert refusal(response) == (404, "unknown_channel")


def test_while_a_channel_is_suspended_nothing_is_sent_and_the_rest_goes_on(stage: Stage) -> None:
    stage.say("one")
    id_ = stage.add_active()["id"]
    stage.suspend()
    asked = list(stage.receivers.asked)
    for method, path, body in sorted(routes(stage), key=lambda route: route[0] == "DELETE"):
        response = stage.ask(method, path.format(id=id_), json=body)
        if method != "GET" and path in CLOSED:
            assert refusal(response) == (403, "channel_suspended")
        else:
            assert response.status_code in (200, 204), response.text
    assert stage.receivers.asked == asked


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, "invalid_fields", "url"),
        ({"url": None}, "invalid_fields", "url"),
        ({"url": 1}, "invalid_fields", "url"),
        ({"url": ""}, "invalid_fields", "url"),
        ({"url": f"{URL}/{'x' * 2048}"}, "invalid_fields", "url"),
        ({"url": URL, "description": "x" * 201}, "description_too_long", "description"),
        ({"url": URL, "description": "a\nb"}, "description_bad_characters", "description"),
        ({"url": URL, "description": None}, "invalid_fields", "description"),
        ({"url": URL, "eventTypes": ["chat.*"]}, "unknown_event_type", "eventTypes"),
        ({"url": URL, "eventTypes": ["webhook.test"]}, "unknown_event_type", "eventTypes"),
        ({"url": URL, "eventTypes": "chat.message_posted"}, "invalid_fields", "eventTypes"),
        ({"url": URL, "eventTypes": [1]}, "invalid_fields", "eventTypes.0"),
        ({"url": URL, "eventTypes": ["x"] * 101}, "invalid_fields", "eventTypes"),
        ({"url": URL, "eventTypes": ["x" * 65]}, "invalid_fields", "eventTypes.0"),
        ({"url": URL, "secret": "mine"}, "invalid_fields", "secret"),
        ({"url": URL, "status": "active"}, "invalid_fields", "status"),
        ({"url": URL, "position": 0}, "invalid_fields", "position"),
        ({"url": URL, "id": "mine"}, "invalid_fields", "id"),
    ],
)
def test_what_is_wrong_is_named_and_neither_added_nor_changed(
    stage: Stage, fields: dict[str, Any], code: str, field: str
) -> None:
    made = stage.add_active()
    before = kept(stage)
    refused = [stage.ask("POST", json=fields)]
    if fields:
        refused.append(stage.ask("PATCH", f"/{made['id']}", json=fields))
    for response in refused:
        assert refusal(response) == (422, code)
        assert list(response.json["errors"]) == [field]
    assert kept(stage) == before


@pytest.mark.parametrize("seq", [0, -1, "1", 1.0, 1.5, None, True])
def test_it_is_told_again_from_a_seq_and_nothing_else(stage: Stage, seq: object) -> None:
    stage.say("one")
    id_ = stage.add_active()["id"]
    response = stage.ask("POST", f"/{id_}/replay", json={"fromSeq": seq})
    assert refusal(response) == (422, "invalid_fields")
    assert stage.read(id_)["position"] == 1


@pytest.mark.parametrize("seq", [3, 10**30])
def test_it_is_not_told_again_of_what_it_was_not_told(stage: Stage, seq: int) -> None:
    stage.say("one")
    id_ = stage.add_active()["id"]
    response = stage.ask("POST", f"/{id_}/replay", json={"fromSeq": seq})
    assert refusal(response) == (422, "seq_ahead")
    assert list(response.json["errors"]) == ["fromSeq"]


def test_asking_again_for_a_replay_whose_answer_was_lost_is_no_mistake(stage: Stage) -> None:
    stage.say("one")
    id_ = stage.add_active()["id"]
    for _ in range(2):
        response = stage.ask("POST", f"/{id_}/replay", json={"fromSeq": 1})
        assert (response.status_code, response.json["position"]) == (200, 0)


def test_one_that_was_not_verified_is_neither_tested_nor_told_again(stage: Stage) -> None:
    stage.say("one")
    id_ = stage.add()["id"]
    for path, body in (("test", None), ("replay", {"fromSeq": 1})):
        response = stage.ask("POST", f"/{id_}/{path}", json=body)
        assert refusal(response) == (409, "endpoint_not_active")
    assert stage.receivers.asked == []
    assert stage.attempts(id_) == []


@pytest.mark.parametrize("query", ["?cursor=x", "?limit=0", "?limit=101", "?more=1"])
def test_pages_are_asked_for_as_everywhere(stage: Stage, query: str) -> None:
    id_ = stage.add()["id"]
    for path in ("", f"/{id_}/attempts"):
        assert stage.ask("GET", f"{path}{query}").status_code == 422


def test_attempts_end_in_one_of_three_ways(stage: Stage) -> None:
    id_ = stage.add()["id"]
    assert refusal(stage.ask("GET", f"/{id_}/attempts?outcome=lost")) == (422, "invalid_fields")


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (Answer(200, {}, b""), 200, "challenge"),
        (Answer(200, {}, b"ok"), 200, "challenge"),
        (Answer(201, {}, b'{"challenge": ""}'), 201, "challenge"),
        (Answer(200, {}, b'{"challenge": null}'), 200, "challenge"),
        (Answer(200, {}, b'{"challenge": {"a": 1}}'), 200, "challenge"),
        (Answer(200, {}, b'["challenge"]'), 200, "challenge"),
        (Answer(200, {}, b'"challenge"'), 200, "challenge"),
        (Answer(200, {}, b"\xff\xfe\x00"), 200, "challenge"),
        (Answer(200, {}, "\N{DEGREE CELSIUS}".encode()), 200, "challenge"),
        (Answer(200, {}, b'{"challenge": "\\ud800"}'), 200, "challenge"),
        (Answer(200, {}, b"[" * 4096), 200, "challenge"),
        (Answer(200, {}, b'{"challenge":' * 300), 200, "challenge"),
        (Answer(302, {"Location": "http://169.254.169.254/"}, b""), 302, "redirect"),
        (Answer(404, {}, b""), 404, "status"),
        (Answer(410, {}, b""), 410, "gone"),
        (Answer(429, {}, b""), 429, "slow_down"),
        (failed("it takes no connections"), None, "not_reached"),
        (uncertain("it hung up"), None, "no_answer"),
    ],
)
def test_whoever_does_not_answer_the_challenge_is_not_active_and_that_is_on_record(
    stage: Stage, answer: Any, status: int | None, reason: str
) -> None:
    made = stage.add()
    before = stage.read(made["id"])
    stage.receivers.script.append(answer)
    response = stage.ask("POST", f"/{made['id']}/activate")
    assert refusal(response) == (409, "verification_failed")
    assert stage.read(made["id"]) == before
    (attempt,) = stage.attempts(made["id"])
    assert (attempt["outcome"], attempt["status"]) == ("failed", status)
    assert (attempt["reason"], attempt["eventType"]) == (reason, "webhook.verification")
    assert attempt["detail"] in response.json["detail"]
    assert stage.hints == []


def test_an_active_one_that_fails_a_verification_stays_active(stage: Stage) -> None:
    made = stage.add_active()
    stage.receivers.script.append(Answer(500, {}, b""))
    response = stage.ask("POST", f"/{made['id']}/activate")
    assert refusal(response) == (409, "verification_failed")
    assert stage.read(made["id"])["status"] == "active"


def test_the_challenge_of_another_is_no_answer(stage: Stage) -> None:
    stage.add_active()
    (asked,) = stage.receivers.asked
    stage.receivers.script.append(Answer(200, {}, asked.body))
    response = stage.ask("POST", f"/{stage.add()['id']}/activate")
    assert refusal(response) == (409, "verification_failed")


def _move(stage: Stage, id_: str) -> Any:
    return stage.ask("PATCH", f"/{id_}", json={"url": f"{URL}/2"})


def _remove(stage: Stage, id_: str) -> Any:
    return stage.ask("DELETE", f"/{id_}")


def _suspend(stage: Stage, id_: str) -> Any:
    return stage.suspend()


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (_move, (409, "endpoint_changed")),
        (_remove, (404, "unknown_endpoint")),
        (_suspend, (403, "channel_suspended")),
    ],
)
def test_what_changes_while_a_challenge_is_answered_counts(
    stage: Stage, meanwhile: Callable[[Stage, str], Any], told: tuple[int, str]
) -> None:
    id_ = stage.add()["id"]
    stage.receivers.meanwhile = lambda: meanwhile(stage, id_)
    assert refusal(stage.ask("POST", f"/{id_}/activate")) == told
    kept = stage.browser.container.webhook_tables()
    assert [row.is_active for row in kept.endpoints.where(lambda row: True)] in ([], [False])
    assert len(kept.attempts.where(lambda row: True)) == 1


def test_there_are_so_many_of_a_channel_and_no_more(stage: Stage) -> None:
    made = [stage.add()["id"] for _ in range(MOST_OF_A_CHANNEL)]
    assert refusal(stage.ask("POST", json={"url": URL})) == (409, "too_many_endpoints")
    assert stage.ask("DELETE", f"/{made[0]}").status_code == 204
    stage.add()
    assert len(stage.ok(stage.ask("GET", "?limit=100"))["items"]) == MOST_OF_A_CHANNEL


def test_a_scope_is_good_for_what_it_says(stage: Stage) -> None:
    id_ = stage.add_active()["id"]
    make_token(stage.browser, "hanna", "webhooks:read")
    for method, path, body in routes(stage):
        response = stage.ask(method, path.format(id=id_), "hanna's bot", json=body)
        if method == "GET":
            assert response.status_code == 200
        else:
            assert refusal(response) == (403, "scope_missing")
    make_token(stage.browser, "hanna", "webhooks:write")
    assert refusal(stage.ask("GET", f"/{id_}", "hanna's bot")) == (403, "scope_missing")
    assert stage.ask("POST", f"/{id_}/test", "hanna's bot").status_code == 200
