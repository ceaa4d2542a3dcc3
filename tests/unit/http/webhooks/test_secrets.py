"""A secret is shown when it is made, and never again."""

from base64 import b64decode

import pytest

from tests.contracts.endpoint_props import URL
from tests.unit.http.webhooks.conftest import Stage


def test_canary_a_secret_is_in_no_other_answer_in_no_log_and_kept_sealed(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.say("one")
    made = stage.add_active()
    path = f"/{made['id']}"
    rotated = stage.ok(stage.ask("POST", f"{path}/rotate-secret"))
    answers = [
        stage.ask("GET"),
        stage.ask("GET", path),
        stage.ask("PATCH", path, json={"description": "new"}),
        stage.ask("POST", f"{path}/activate"),
        stage.ask("POST", f"{path}/test"),
        stage.ask("POST", f"{path}/replay", json={"fromSeq": 1}),
        stage.ask("GET", f"{path}/attempts"),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    (kept,) = stage.browser.container.webhook_tables().endpoints.where(lambda row: True)
    logged = "".join(capsys.readouterr())
    assert "/rotate-secret" in logged
    shown = [answer.text for answer in answers] + [logged, repr(kept)]
    for secret in (made["secret"].removeprefix("whsec_"), rotated["secret"].removeprefix("whsec_")):
        assert [text for text in shown if secret in text] == []
        for sealed in (kept.secret, kept.old_secret):
            assert b64decode(secret) not in sealed
    for answer in answers:
        assert '"secret"' not in answer.text


def test_no_answer_with_a_secret_is_kept_on_the_way_or_for_a_retry(stage: Stage) -> None:
    key = {"Idempotency-Key": "once"}
    first = stage.ask("POST", json={"url": URL}, headers=key)
    again = stage.ask("POST", json={"url": URL}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["secret"] != again.json["secret"]
    assert first.headers["Cache-Control"] == "no-store"
    rotated = stage.ask("POST", f"/{first.json['id']}/rotate-secret")
    assert rotated.headers["Cache-Control"] == "no-store"
    assert first.json["secret"] not in repr(stage.browser.container.first_answers())


def test_whoever_missed_a_secret_rotates_it_also_before_it_was_verified(stage: Stage) -> None:
    made = stage.add()
    rotated = stage.ok(stage.ask("POST", f"/{made['id']}/rotate-secret"))
    assert (rotated["status"], len(rotated["secret"])) == ("pending", len(made["secret"]))


def test_what_goes_out_of_use_cases_shows_no_secret_when_it_is_printed(stage: Stage) -> None:
    box, channel_id = stage.browser.container, stage.channel_id()
    host = box.read_public_profile()(username="hanna").profile.id
    made = box.add_endpoint()(actor=host, channel_id=channel_id, url=URL)
    assert repr(made.secret) not in repr(made)
    assert "secret=" not in repr(made.view.endpoint)
