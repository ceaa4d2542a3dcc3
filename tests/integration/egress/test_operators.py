"""The way out as a process makes it of its settings, with the resolver of the system."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from stonks.domain.errors import Invalid
from stonks.entrypoints.egress import make_egress
from stonks.entrypoints.settings import Settings, read_settings
from tests.contracts.addresses import WRITTEN
from tests.contracts.connecting import connections
from tests.integration.egress.receiver import Receiver, receiving

LOOPBACK = (ip_network("127.0.0.0/8"),)
ELSEWHERE = (ip_network("10.1.0.0/16"), ip_network("fd12:3456::/32"))
OPEN = {"of-an-operator": {"egress_allow": LOOPBACK}, "of-ones-own-machine": {}}
"""How 127.0.0.0/8 comes to be open."""
CLOSED = {
    "to-everybody": {"host": "0.0.0.0"},  # noqa: S104 - others come in
    "to-everybody-by-ipv6": {"host": "::"},
    "by-a-name": {"public_url": "https://stonks.example"},
    "for-another-network": {"egress_allow": ELSEWHERE},
}
BY_HTTP = {"http-1", "http-2"}
"""A name, which the system would be asked for, and loopback."""
OPENED = {
    "of-an-operator": BY_HTTP | {"literal-loopback-1", "literal-loopback-2"},
    "of-ones-own-machine": BY_HTTP | {f"literal-loopback-{number}" for number in (1, 2, 3)},
}


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return read_settings({"STONKS_VAR": str(tmp_path)}, dotenv=tmp_path / ".env")


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiving("127.0.0.1", None) as receiver:
        yield receiver


@pytest.mark.parametrize("how", OPEN)
def test_a_network_that_is_open_is_reached_by_http(own: Settings, here: Receiver, how: str) -> None:
    egress = make_egress(replace(own, **OPEN[how]))  # type: ignore[arg-type]
    egress.check(here.origin)
    assert egress.post(here.origin, b"", {}).status == 201


def test_localhost_is_what_the_system_says_it_is(own: Settings, here: Receiver) -> None:
    url = f"http://localhost:{here.server_port}/"
    assert make_egress(own).post(url, b"", {}).status == 201
    with pytest.raises(Invalid):
        make_egress(replace(own, **CLOSED["by-a-name"])).check(url)  # type: ignore[arg-type]
    assert len(here.asked) == 1


@pytest.mark.parametrize("how", OPEN)
def test_ssrf_a_network_that_is_open_opens_nothing_else(own: Settings, how: str) -> None:
    """Not in any form in which addresses of it may be written otherwise, either."""
    egress = make_egress(replace(own, **OPEN[how]))  # type: ignore[arg-type]
    with connections() as made:
        for form in WRITTEN.keys() - OPENED[how]:
            for ask in (egress.check, lambda url: egress.post(url, b"", {})):
                with pytest.raises(Invalid) as told:
                    ask(WRITTEN[form])
                assert told.value.code == "egress_forbidden", form
    assert made == []


@pytest.mark.parametrize("why", CLOSED)
def test_ssrf_loopback_is_closed_wherever_others_come_in(
    own: Settings, here: Receiver, why: str
) -> None:
    egress = make_egress(replace(own, **CLOSED[why]))  # type: ignore[arg-type]
    for url in (here.origin, here.origin.replace("http:", "https:")):
        for ask in (egress.check, lambda url: egress.post(url, b"", {})):
            with pytest.raises(Invalid) as told:
                ask(url)
            assert told.value.code == "egress_forbidden"
    assert here.connections == 0
