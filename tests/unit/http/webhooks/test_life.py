"""The life of an endpoint, as its HOST leads it over HTTP."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from stonks.application.egress.ports import Answer
from stonks.domain.webhooks.endpoint import DisabledBecause, Status
from tests.contracts.endpoint_props import URL
from tests.unit.http.webhooks.conftest import Stage, headers_of

NOW = datetime.now(UTC)


def test_a_new_one_is_shown_with_its_secret_and_is_sent_nothing(stage: Stage) -> None:
    stage.say("before")
    wanted = ["chat.message_hidden", "chat.message_posted"]
    made = stage.add(description="  The archive ", eventTypes=wanted)
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    created = made["createdAt"]
    assert made == {
        "id": made["id"],
        "url": URL,
        "description": "The archive",
        "eventTypes": ["chat.message_posted", "chat.message_hidden"],
        "status": "pending",
        "position": 1,
        "behind": 0,
        "failures": 0,
        "failingSince": None,
        "nextAttemptAt": None,
        "activatedAt": None,
        "disabledAt": None,
        "disabledReason": None,
        "oldSecretUntil": None,
        "createdAt": created,
        "updatedAt": created,
    }
    assert stage.read(made["id"]) == made
    assert (stage.receivers.asked, stage.hints) == ([], [])


def test_a_url_alone_is_enough_and_may_be_there_twice(stage: Stage) -> None:
    first, second = stage.add(), stage.add()
    assert (first["description"], first["eventTypes"]) == ("", [])
    assert first["id"] != second["id"]
    assert first["secret"] != second["secret"]


def test_they_are_listed_a_page_at_a_time_the_oldest_first(stage: Stage) -> None:
    made = [stage.add(description=str(number))["id"] for number in range(3)]
    page = stage.ok(stage.ask("GET", "?limit=2"))
    assert [item["id"] for item in page["items"]] == made[:2]
    rest = stage.ok(stage.ask("GET", f"?limit=2&cursor={page['nextCursor']}"))
    assert [item["id"] for item in rest["items"]] == made[2:]
    assert rest["nextCursor"] is None


@pytest.mark.parametrize(
    "form", ["{}", " {}\r\n", '{{"challenge": "{}"}}', '{{"a": [], "challenge":"{}"}}\n']
)
def test_whoever_answers_the_challenge_is_active_from_then_on(stage: Stage, form: str) -> None:
    made = stage.add()
    stage.say("one", "two")
    stage.receivers.form = form
    activated = stage.ok(stage.ask("POST", f"/{made['id']}/activate"))
    assert (activated["status"], activated["position"], activated["behind"]) == ("active", 2, 0)
    assert activated["activatedAt"] is not None
    stage.say("three")
    assert stage.read(made["id"]) == activated | {"behind": 1}
    assert stage.hints == ["webhooks.steady"]


def test_a_challenge_is_signed_named_and_on_record(stage: Stage) -> None:
    made = stage.add_active()
    (asked,) = stage.receivers.asked
    told = Webhook(made["secret"]).verify(asked.body.decode(), dict(headers_of(asked)))
    assert (asked.url, told["type"]) == (URL, "webhook.verification")
    assert told["data"]["channel"] == "lounge"
    assert len(told["data"]["challenge"]) == 43
    (attempt,) = stage.attempts(made["id"])
    assert attempt["eventId"] == headers_of(asked)["webhook-id"]
    assert (attempt["eventType"], attempt["seq"]) == ("webhook.verification", None)
    assert (attempt["outcome"], attempt["status"]) == ("delivered", 200)


def test_no_two_challenges_are_the_same(stage: Stage) -> None:
    made = stage.add_active()
    stage.ok(stage.ask("POST", f"/{made['id']}/activate"))
    told = [json.loads(asked.body)["data"]["challenge"] for asked in stage.receivers.asked]
    assert len(set(told)) == 2


def test_one_that_was_given_up_goes_on_where_it_stopped(stage: Stage) -> None:
    made = stage.add_active()
    stage.set(
        made["id"],
        status=Status.DISABLED,
        disabled_at=NOW,
        disabled_because=DisabledBecause.KEPT_FAILING,
        failures=10,
        failing_since=NOW,
        due_at=None,
    )
    stage.say("one", "two")
    given_up = stage.read(made["id"])
    assert (given_up["status"], given_up["disabledReason"]) == ("disabled", "kept_failing")
    assert (given_up["failures"], given_up["nextAttemptAt"]) == (10, None)
    back = stage.ok(stage.ask("POST", f"/{made['id']}/activate"))
    assert (back["status"], back["position"], back["behind"]) == ("active", 0, 2)
    assert (back["disabledAt"], back["disabledReason"], back["failures"]) == (None, None, 0)


def test_while_one_is_failing_it_shows_when_it_is_tried_again(stage: Stage) -> None:
    made = stage.add_active()
    assert stage.read(made["id"])["nextAttemptAt"] is None
    later = NOW + timedelta(minutes=5)
    stage.set(made["id"], failures=2, failing_since=NOW, due_at=later)
    failing = stage.read(made["id"])
    assert failing["failures"] == 2
    assert failing["failingSince"] < failing["nextAttemptAt"]
    tried = stage.ok(stage.ask("POST", f"/{made['id']}/activate"))
    assert (tried["failures"], tried["failingSince"], tried["nextAttemptAt"]) == (0, None, None)


def test_a_test_is_signed_and_answered_with_what_came_of_it(stage: Stage) -> None:
    made = stage.add_active()
    stage.receivers.script.append(Answer(204, {}, b""))
    tested = stage.ok(stage.ask("POST", f"/{made['id']}/test"))
    asked = stage.receivers.asked[-1]
    told = Webhook(made["secret"]).verify(asked.body.decode(), dict(headers_of(asked)))
    assert (told["type"], told["data"]["channel"]) == ("webhook.test", "lounge")
    assert tested.pop("durationMs") >= 0
    assert tested == {
        "id": tested["id"],
        "eventId": headers_of(asked)["webhook-id"],
        "eventType": "webhook.test",
        "seq": None,
        "at": tested["at"],
        "outcome": "delivered",
        "status": 204,
        "reason": None,
        "detail": "",
    }
    assert stage.attempts(made["id"])[0]["id"] == tested["id"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(500, "status"), (302, "redirect"), (410, "gone"), (429, "slow_down"), (404, "status")],
)
def test_a_test_that_fails_is_an_answer_and_changes_nothing(
    stage: Stage, status: int, reason: str
) -> None:
    made = stage.add_active()
    before = stage.read(made["id"])
    headers = {"Location": "http://169.254.169.254/", "Retry-After": "9"}
    stage.receivers.script.append(Answer(status, headers, b"a stack trace"))
    tested = stage.ok(stage.ask("POST", f"/{made['id']}/test"))
    assert (tested["outcome"], tested["status"], tested["reason"]) == ("failed", status, reason)
    assert "stack trace" not in json.dumps(stage.attempts(made["id"]))
    assert stage.read(made["id"]) == before


def test_one_that_was_given_up_may_be_tested(stage: Stage) -> None:
    made = stage.add_active()
    stage.set(made["id"], status=Status.DISABLED, disabled_at=NOW)
    assert stage.ok(stage.ask("POST", f"/{made['id']}/test"))["outcome"] == "delivered"


def test_after_a_rotation_both_secrets_sign_and_the_new_one_is_shown(stage: Stage) -> None:
    made = stage.add_active()
    rotated = stage.ok(stage.ask("POST", f"/{made['id']}/rotate-secret"))
    assert rotated["secret"] != made["secret"]
    assert (rotated["status"], rotated["position"]) == ("active", 0)
    until = datetime.fromisoformat(rotated["oldSecretUntil"])
    assert until - datetime.fromisoformat(rotated["updatedAt"]) == timedelta(hours=24)
    stage.ok(stage.ask("POST", f"/{made['id']}/test"))
    asked = stage.receivers.asked[-1]
    for secret in (made["secret"], rotated["secret"]):
        Webhook(secret).verify(asked.body.decode(), dict(headers_of(asked)))
    assert len(headers_of(asked)["webhook-signature"].split()) == 2
    stage.set(made["id"], old_secret_until=NOW - timedelta(days=1))
    stage.ok(stage.ask("POST", f"/{made['id']}/test"))
    assert len(headers_of(stage.receivers.asked[-1])["webhook-signature"].split()) == 1


def test_what_is_not_sent_stays_as_it_was(stage: Stage) -> None:
    made = stage.add_active(description="one", eventTypes=["chat.member_banned"])
    before = stage.read(made["id"])
    for change in ({}, {"url": URL}, {"description": "one"}, {"eventTypes": before["eventTypes"]}):
        assert stage.ok(stage.ask("PATCH", f"/{made['id']}", json=change)) == before
    changed = stage.ok(stage.ask("PATCH", f"/{made['id']}", json={"description": "two"}))
    assert changed == before | {"description": "two", "updatedAt": changed["updatedAt"]}
    changed = stage.ok(stage.ask("PATCH", f"/{made['id']}", json={"eventTypes": []}))
    assert (changed["description"], changed["eventTypes"]) == ("two", [])
    assert changed["status"] == "active"
    assert stage.read(made["id"]) == changed


def test_another_url_keeps_its_place_and_is_sent_nothing_before_it_was_verified(
    stage: Stage,
) -> None:
    made = stage.add_active()
    stage.set(made["id"], failures=3, failing_since=NOW, due_at=NOW)
    stage.say("one")
    moved = stage.ok(stage.ask("PATCH", f"/{made['id']}", json={"url": f"{URL}/2"}))
    assert (moved["url"], moved["status"]) == (f"{URL}/2", "pending")
    assert (moved["position"], moved["behind"]) == (0, 1)
    assert (moved["failures"], moved["failingSince"], moved["nextAttemptAt"]) == (0, None, None)
    refused = stage.ask("POST", f"/{made['id']}/test")
    assert (refused.status_code, refused.json["code"]) == (409, "endpoint_not_active")
    assert len(stage.receivers.asked) == 1
    back = stage.ok(stage.ask("POST", f"/{made['id']}/activate"))
    assert (back["status"], back["position"], back["behind"]) == ("active", 0, 1)
    assert stage.receivers.asked[-1].url == f"{URL}/2"


def test_it_is_told_again_from_wherever_its_host_says(stage: Stage) -> None:
    stage.say("one", "two", "three")
    made = stage.add_active()
    replayed = stage.ok(stage.ask("POST", f"/{made['id']}/replay", json={"fromSeq": 2}))
    assert (replayed["position"], replayed["behind"]) == (1, 2)
    assert stage.hints == ["webhooks.steady"] * 2
    assert stage.read(made["id"]) == replayed


def test_attempts_are_listed_the_newest_first_by_page_and_by_outcome(stage: Stage) -> None:
    made = stage.add_active()
    for status in (200, 500, 200):
        stage.receivers.script.append(Answer(status, {}, b""))
        stage.ok(stage.ask("POST", f"/{made['id']}/test"))
    all_ = stage.attempts(made["id"])
    assert [attempt["status"] for attempt in all_] == [200, 500, 200, 200]
    assert [attempt["status"] for attempt in stage.attempts(made["id"], "?outcome=failed")] == [500]
    assert stage.attempts(made["id"], "?outcome=unknown") == []
    page = stage.ok(stage.ask("GET", f"/{made['id']}/attempts?limit=3"))
    assert page["items"] == all_[:3]
    rest = stage.attempts(made["id"], f"?cursor={page['nextCursor']}")
    assert rest == all_[3:]


def test_one_that_was_removed_is_gone(stage: Stage) -> None:
    kept, made = stage.add(), stage.add_active()
    assert stage.ask("DELETE", f"/{made['id']}").status_code == 204
    assert [item["id"] for item in stage.ok(stage.ask("GET"))["items"]] == [kept["id"]]
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/attempts"), ("POST", "/test")):
        response = stage.ask(method, f"/{made['id']}{path}")
        assert (response.status_code, response.json["code"]) == (404, "unknown_endpoint")


@pytest.mark.parametrize("who", ["hanna", "ann"])
def test_a_channel_that_is_deleted_takes_its_webhooks_with_it(stage: Stage, who: str) -> None:
    stage.add_active()
    assert stage.browser.ask("DELETE", "/channels/lounge", "hanna").status_code == 204
    stage.browser.open_channel(who)
    listed: Any = stage.browser.ask("GET", "/channels/lounge/webhooks", who).json
    assert listed["items"] == []
