"""A secret is shown when it is made, and never again but to whoever sends that request again."""

from base64 import b64decode

import pytest
from dependency_injector import providers

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from tests.contracts.endpoint_props import URL
from tests.contracts.http import problem_code
from tests.unit.http.webhooks.conftest import Stage

KEY = {"Idempotency-Key": "once"}


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


def test_who_adds_one_again_by_the_same_key_has_one_and_its_secret(stage: Stage) -> None:
    first, again = (stage.ask("POST", json={"url": URL}, headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert [one["id"] for one in stage.ok(stage.ask("GET"))["items"]] == [first.json["id"]]


def test_whoever_is_no_host_learns_nothing_by_the_same_key(stage: Stage) -> None:
    made = stage.ok(stage.ask("POST", json={"url": URL}, headers=KEY))
    for who in (None, "ann", "sana"):
        response = stage.ask("POST", who=who, json={"url": URL}, headers=KEY)
        assert response.status_code in (401, 403)
        assert made["secret"] not in response.text


def test_canary_no_answer_with_a_secret_is_kept_on_the_way_or_readable_for_a_retry(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = (stage.ask("POST", json={"url": URL}, headers=KEY) for _ in range(2))
    rotated = stage.ask("POST", f"/{first.json['id']}/rotate-secret")
    for response in (first, again, rotated):
        assert response.headers["Cache-Control"] == "no-store"
    secret = first.json["secret"].removeprefix("whsec_")
    rows = repr(stage.browser.container.kept_answers().rows.rows)
    assert "body=" in rows
    assert secret not in rows
    assert secret not in "".join(capsys.readouterr())


def test_where_no_key_opens_the_first_answer_none_is_added_again(stage: Stage) -> None:
    stage.ok(stage.ask("POST", json={"url": URL}, headers=KEY))
    new = AesSealer([read_key(new_sealing_key())])
    stage.browser.container.sealer.override(providers.Object(new))
    stage.browser.container.first_answers.reset()
    for _ in range(2):
        response = stage.ask("POST", json={"url": URL}, headers=KEY)
        assert (response.status_code, problem_code(response)) == (409, "idempotency_answer_lost")
    assert len(stage.ok(stage.ask("GET"))["items"]) == 1


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
