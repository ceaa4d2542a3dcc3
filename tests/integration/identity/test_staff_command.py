"""``stonks staff`` as an operator runs it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from stonks.adapters.postgres.tables.identity import audit
from stonks.entrypoints.cli.main import main
from tests.contracts.identity import IdentityStore


@pytest.fixture(autouse=True)
def _settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STONKS_DATABASE_URL", postgres_url)
    monkeypatch.setenv("STONKS_REDIS_URL", redis_url)
    monkeypatch.setenv("LOGNAME", "operator")


def staff(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["staff", *arguments])


def test_a_rank_is_granted_listed_and_revoked(store: IdentityStore, engine: Engine) -> None:
    profile = store.profile("mara")
    assert staff("grant", "MARA").output == "MARA is SUPERADMIN.\n"
    assert staff("grant", "mara").output == "mara is SUPERADMIN already.\n"
    listed = staff("list").output
    assert listed.startswith("mara\t")
    assert listed.rstrip().endswith("by operator")
    assert staff("revoke", "mara").output == "mara is no SUPERADMIN any more.\n"
    assert staff("revoke", "mara").output == "mara is no SUPERADMIN.\n"
    assert staff("list").output == ""
    with engine.connect() as connection:
        query = select(audit.c.by, audit.c.action, audit.c.subject).order_by(audit.c.id)
        recorded = [tuple(row) for row in connection.execute(query)]
    assert recorded == [
        ("operator", "staff_granted", profile.id),
        ("operator", "staff_revoked", profile.id),
    ]


def test_an_unknown_name_is_told_in_one_line(engine: Engine) -> None:
    result = staff("grant", "nobody")
    assert result.exit_code == 1
    assert result.output == "Error: nobody has this username\n"
