"""``stonks doctor`` on the key that signs pushes."""

from pathlib import Path

import pytest

from stonks.adapters.embedded import places
from stonks.entrypoints.diagnosis.finding import Finding
from stonks.entrypoints.diagnosis.push import look_at_push
from stonks.entrypoints.keys import with_key
from stonks.entrypoints.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    environ = {"STONKS_VAR": str(tmp_path), "STONKS_PUBLIC_URL": "https://stonks.example"}
    return read_settings(environ, dotenv=tmp_path / ".env")


def found(settings: Settings) -> Finding:
    (finding,) = look_at_push(settings)
    return finding


def test_a_key_is_made_at_the_first_start_and_signs_from_then_on(settings: Settings) -> None:
    assert found(settings).what == "has its key made at the first start"
    assert found(with_key(settings)) == Finding("push", "signs as https://stonks.example")


def test_a_key_that_others_may_read_is_found(settings: Settings) -> None:
    with_key(settings)
    file = places.vapid_key_file(settings.var)
    file.chmod(0o644)
    finding = found(with_key(settings))
    assert (finding.is_well, finding.mend) == (False, f"chmod 600 {file}")


def test_a_contact_that_services_do_not_take_is_told(tmp_path: Path) -> None:
    own = read_settings({"STONKS_VAR": str(tmp_path)}, dotenv=tmp_path / ".env")
    finding = found(with_key(own))
    assert finding.is_well
    assert "STONKS_VAPID_SUBJECT" in finding.mend
