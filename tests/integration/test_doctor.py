"""``stonks doctor`` and ``stonks migrate`` on real stores."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from stonks.adapters.clock import new_id, now
from stonks.adapters.postgres.outbox.publishing import PostgresPublish
from stonks.adapters.postgres.outbox.turns import RELAY_LOCK
from stonks.adapters.sealing import new_sealing_key
from stonks.adapters.webpush import new_vapid_key
from stonks.domain.ids import ProfileId
from stonks.domain.social.events import Followed


def stonks(*words: str, folder: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    outer = {name: v for name, v in os.environ.items() if not name.startswith("STONKS_")}
    return subprocess.run(
        [sys.executable, "-m", "stonks", *words],
        env=outer | {f"STONKS_{name.upper()}": value for name, value in environ.items()},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def settings(empty_postgres_url: str, redis_url: str, private_key: str) -> dict[str, str]:
    return {
        "database_url": empty_postgres_url,
        "redis_url": redis_url,
        "token_private_key": private_key,
        "sealing_keys": new_sealing_key(),
        "vapid_private_key": new_vapid_key(),
        "mail_url": "memory:",
    }


def test_a_missing_schema_is_found_and_mended(settings: dict[str, str], tmp_path: Path) -> None:
    before = stonks("doctor", folder=tmp_path, **settings)
    assert before.returncode == 1
    assert "ILL  schema" in before.stdout
    assert "→ stonks migrate" in before.stdout
    mended = stonks("migrate", folder=tmp_path, **settings)
    assert mended.returncode == 0, mended.stderr
    after = stonks("doctor", folder=tmp_path, **settings)
    assert after.returncode == 0, after.stdout
    assert "ILL" not in after.stdout
    for subject in (
        "settings",
        "database",
        "clock",
        "schema",
        "redis",
        "relay",
        "work",
        "key",
        "sealing",
        "push",
        "open files",
    ):
        assert f"ok   {subject}" in after.stdout


@pytest.mark.parametrize(
    ("wrong", "subject"),
    [
        ({"database_url": "postgresql://nobody@127.0.0.1:9/none"}, "database"),
        ({"redis_url": "redis://127.0.0.1:9/0"}, "redis"),
        ({"token_private_key": ""}, "key"),
        ({"sealing_keys": ""}, "sealing"),
        ({"vapid_private_key": ""}, "push"),
        ({"prot": "80"}, "settings"),
    ],
)
def test_what_is_wrong_is_told_with_a_way_to_mend_it(
    settings: dict[str, str], tmp_path: Path, wrong: dict[str, str], subject: str
) -> None:
    told = stonks("doctor", folder=tmp_path, **{**settings, **wrong})
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    (found,) = [line for line in lines if line.startswith(f"ILL  {subject}")]
    assert "→" in lines[lines.index(found) + 1]
    assert "Traceback" not in told.stderr


def test_work_that_nobody_does_is_found(settings: dict[str, str], tmp_path: Path) -> None:
    assert stonks("migrate", folder=tmp_path, **settings).returncode == 0
    engine = create_engine(settings["database_url"])
    with engine.begin() as connection:
        old = now() - timedelta(minutes=5)
        PostgresPublish(connection)(Followed(ProfileId(new_id()), ProfileId(new_id()), old))
    idle = stonks("doctor", folder=tmp_path, **settings)
    assert idle.returncode == 1
    assert "ok   relay       none is active" in idle.stdout
    assert "ILL  work        1 events wait, one for 30" in idle.stdout
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": RELAY_LOCK})
        assert "relay       one is active" in stonks("doctor", folder=tmp_path, **settings).stdout
        connection.execute(text("DELETE FROM outbox"))
        connection.commit()
    engine.dispose()
