"""Canaries: what signs somebody in is never in a log."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
import structlog

from stonks.entrypoints.logs import set_up_logs
from stonks.entrypoints.settings import Settings

JWT = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
PASETO = "v4.public.eyJzdWIiOiIxIn0c2lnbmF0dXJl"
CANARIES = (JWT, PASETO, "hunter2", "opaque-access", "one-use")


@pytest.fixture
def settings() -> Iterator[Settings]:
    yield Settings(log_level="debug", log_format="json")
    structlog.reset_defaults()
    logging.basicConfig(force=True)


def say_everything() -> None:
    log = structlog.get_logger("canary")
    log.info("signing in", password="hunter2", Authorization=f"Bearer {JWT}")
    log.info(f"headers were Authorization: Bearer {'opaque-access'}")
    log.info("body", body={"refreshToken": PASETO, "inner": [f"Bearer {JWT}"]})
    log.info("GET /ws?after=1&ticket=one-use HTTP/1.1", ticket="one-use")
    log.info("database", url="postgresql://stonks:hunter2@db/stonks")
    logging.getLogger("gunicorn.error").warning("seen %s and %s", JWT, PASETO)
    try:
        raise ValueError(f"cannot connect to redis://:hunter2@redis/0 with {JWT}")
    except ValueError:
        log.exception("failed")


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_canary_is_in_the_logs(
    settings: Settings, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    set_up_logs(replace(settings, log_format=form))  # type: ignore[arg-type]
    say_everything()
    written = capsys.readouterr().out
    assert written.count("signing in") == 1
    for canary in CANARIES:
        assert canary not in written


def test_each_line_is_an_object_with_its_request(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(settings)
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        structlog.get_logger("one").info("first", count=3)
        logging.getLogger("sqlalchemy").warning("second %d", 4)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["event"], first["count"], first["level"]) == ("first", 3, "info")
    assert (second["event"], second["level"]) == ("second 4", "warning")
    assert first["request_id"] == second["request_id"] == "abc"
    assert first["timestamp"].endswith("Z")


def test_the_level_holds(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(replace(settings, log_level="warning"))
    structlog.get_logger("quiet").info("not said")
    structlog.get_logger("quiet").warning("said")
    assert [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()] == ["said"]
