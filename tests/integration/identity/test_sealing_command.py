"""Keys that seal, as an operator makes, changes and loses them."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.application.identity.second_factors.check_code import totp_context
from stonks.domain.identity.totp import TotpFactor
from stonks.domain.ids import ProfileId
from stonks.entrypoints.cli.main import main
from stonks.entrypoints.diagnosis.sealing import look_at_sealing
from stonks.entrypoints.settings import Settings
from tests.contracts.identity import NOW, IdentityStore

OLD, NEW = new_sealing_key(), new_sealing_key()
SECRET = b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STONKS_DATABASE_URL", postgres_url)
    monkeypatch.setenv("STONKS_REDIS_URL", redis_url)


def keys(monkeypatch: pytest.MonkeyPatch, *sealing: str, command: str = "reseal") -> Result:
    monkeypatch.setenv("STONKS_SEALING_KEYS", ",".join(sealing))
    return CliRunner().invoke(main, ["keys", command])


def sealed_by(key: str, person: ProfileId) -> bytes:
    return AesSealer([read_key(key)]).seal(SECRET, context=totp_context(person))


def some_apps(store: IdentityStore, many: int) -> list[ProfileId]:
    people = [store.profile(f"person{number}").id for number in range(many)]
    with store.begin() as work:
        for person in people:
            factor = TotpFactor(person, sealed_by(OLD, person), NOW, last_step=7)
            work.second_factors.put_totp(factor)
    return people


def kept(store: IdentityStore, person: ProfileId) -> TotpFactor:
    with store.begin() as work:
        factor = work.second_factors.totp(person)
    assert factor is not None
    return factor


def test_all_secrets_move_to_the_first_key_and_the_old_one_can_go(
    store: IdentityStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = some_apps(store, 101)  # more than one page
    assert keys(monkeypatch, NEW, OLD).output == "101 sealed anew, 0 were so already.\n"
    assert keys(monkeypatch, NEW).output == "0 sealed anew, 101 were so already.\n"
    for person in (people[0], people[-1]):
        factor = kept(store, person)
        opened = AesSealer([read_key(NEW)]).open(factor.sealed, context=totp_context(person))
        assert opened == SECRET
        assert replace(factor, sealed=b"") == TotpFactor(person, b"", NOW, last_step=7)


def test_what_no_key_opens_is_told_and_left_as_it_is(
    store: IdentityStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (person,) = some_apps(store, 1)
    before = kept(store, person)
    told = keys(monkeypatch, NEW)
    assert told.exit_code == 1
    assert "1 open with none of the keys." in told.output
    assert kept(store, person) == before


@pytest.mark.parametrize("sealing", [[], ["short"]])
def test_a_bad_key_is_told_in_one_line(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, sealing: list[str]
) -> None:
    told = keys(monkeypatch, *sealing)
    assert told.exit_code == 1
    assert told.output.startswith("Error: STONKS_SEALING_KEYS ")
    assert told.output.count("\n") == 1


def test_the_doctor_finds_secrets_that_no_key_opens(
    store: IdentityStore, postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(database_url=postgres_url, var=tmp_path, sealing_keys=(NEW, OLD))
    some_apps(store, 2)
    assert [finding.is_well for finding in look_at_sealing(settings)] == [True]
    (finding,) = look_at_sealing(replace(settings, sealing_keys=(NEW,)))
    assert not finding.is_well
    assert finding.what == "2 second factors open with none of the keys"
    (finding,) = look_at_sealing(replace(settings, sealing_keys=()))
    assert finding.what == "has no key"
