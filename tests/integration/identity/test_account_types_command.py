"""``stonks account-types`` and ``stonks audit`` as an operator runs them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

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


@pytest.fixture(autouse=True)
def _types(engine: Engine) -> Iterator[None]:
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM account_types WHERE name NOT IN ('member', 'staff')"))
        as_at_first = "UPDATE account_types SET permissions = '{channels.open}'"
        connection.execute(text(f"{as_at_first} WHERE name = 'member'"))


def stonks(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def types(*arguments: str) -> str:
    return stonks("account-types", *arguments).output


def listed() -> list[list[str]]:
    return [line.split("\t") for line in types("list").splitlines()]


def test_a_type_is_added_given_taken_and_removed(store: IdentityStore) -> None:
    store.profile("mara")
    allow = ("--permission", "audit.read", "--permission", "profiles.read_all")
    added = types("add", "helper", "--description", "Helps.", *allow)
    assert added == "helper is an account type.\n"
    assert types("grant", "MARA", "helper") == "MARA has helper.\n"
    assert types("grant", "mara", "helper") == "mara has helper already.\n"
    assert listed()[0][:3] == ["member", "everybody", "channels.open"]
    assert listed()[1][:2] == ["staff", "0 given"]
    assert listed()[2] == ["helper", "1 given", "audit.read, profiles.read_all", "Helps."]
    assert types("revoke", "mara", "helper") == "mara does not have helper any more.\n"
    assert types("revoke", "mara", "helper") == "mara does not have helper.\n"
    assert types("remove", "helper") == "helper is no account type any more.\n"
    assert [line[0] for line in listed()] == ["member", "staff"]
    told = [line.split("\t")[1:4] for line in stonks("audit").output.splitlines()]
    by = "operator (operator)"
    assert told == [
        [by, "account_type_removed", "helper: audit.read, profiles.read_all"],
        [by, "account_type_revoked", "helper"],
        [by, "account_type_granted", "helper"],
        [by, "account_type_added", "helper: audit.read, profiles.read_all"],
    ]


def test_what_a_type_allows_is_changed(store: IdentityStore) -> None:
    types("add", "helper", "--permission", "audit.read", "--description", "Helps.")
    assert types("change", "helper", "--permission", "channels.open").startswith("helper is")
    assert listed()[2][2:] == ["channels.open", "Helps."]
    types("change", "helper", "--description", "Helps more.")
    assert listed()[2][2:] == ["channels.open", "Helps more."]
    types("change", "helper", "--no-permissions")
    assert listed()[2][2:] == ["nothing", "Helps more."]
    types("change", "member", "--no-permissions")
    assert listed()[0][2] == "nothing"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "Staff"], "Error: name takes 2 to 30 of a-z, 0-9 and '-'"),
        (["add", "staff"], "Error: staff is what Stonks itself makes of it"),
        (["add", "fine", "--permission", "fly"], "Invalid value for '--permission'"),
        (["grant", "nobody", "member"], "Error: there is no such profile"),
        (["grant", "mara", "nothing"], "Error: there is no such account type"),
        (["grant", "mara", "staff"], "Error: `stonks staff` alone gives and takes SUPERADMIN"),
        (["revoke", "mara", "staff"], "Error: `stonks staff` alone gives and takes SUPERADMIN"),
        (["remove", "member"], "Error: member is what Stonks itself makes of it"),
        (["change", "nothing"], "Error: there is no such account type"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    store: IdentityStore, arguments: list[str], told: str
) -> None:
    store.profile("mara")
    result = stonks("account-types", *arguments)
    assert result.exit_code in (1, 2)
    assert told in result.output
    assert "Traceback" not in result.output
    assert [line[0] for line in listed()] == ["member", "staff"]


def test_the_audit_is_chosen(store: IdentityStore) -> None:
    store.profile("mara")
    stonks("staff", "grant", "mara")
    types("add", "helper")
    assert "staff_granted\tmara" in stonks("audit", "--on", "mara").output
    assert stonks("audit", "--action", "account_type_added").output.count("\n") == 1
    assert stonks("audit", "--by", "nobody").output == ""
    assert stonks("audit", "--limit", "1").output.count("\n") == 1
    assert stonks("audit", "--on", "nobody").output == "Error: there is no such profile\n"
