"""Which networks of their own operators open, and when that is decided for them."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from stonks.entrypoints.egress import allowed_networks
from stonks.entrypoints.settings import Settings, read_settings


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return read_settings({"STONKS_VAR": str(tmp_path)}, dotenv=tmp_path / ".env")


def test_the_default_on_ones_own_machine_reaches_that_machine(own: Settings) -> None:
    assert list(map(str, allowed_networks(own))) == ["127.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    "given",
    [
        {"host": "0.0.0.0"},  # noqa: S104 - others come in
        {"host": "::"},
        {"host": "192.168.1.7"},
        {"host": "stonks.example"},
        {"host": ""},
        {"public_url": "https://stonks.example"},
        {"public_url": "http://localhost.stonks.example"},
        {"public_url": "http://localhost@stonks.example"},
        {"public_url": "http://127.0.0.1.stonks.example"},
        {"public_url": "http://192.168.1.7:8000"},
        {"database_url": "postgresql://db/stonks"},
        {"database_url": "memory:"},
    ],
)
def test_ssrf_wherever_others_come_in_nothing_is_open_by_itself(
    own: Settings, given: dict[str, str]
) -> None:
    assert allowed_networks(replace(own, **given)) == ()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - others come in
def test_what_is_set_holds_alone(own: Settings, host: str) -> None:
    networks = (ip_network("10.1.0.0/16"),)
    assert allowed_networks(replace(own, egress_allow=networks, host=host)) == networks
