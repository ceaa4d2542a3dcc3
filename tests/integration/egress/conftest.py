"""Receivers on loopback, which the way out is allowed to reach."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from socket import EAI_NONAME, gaierror

import pytest

from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names, Resolve
from tests.integration.egress.certificates import Authority, new_authority
from tests.integration.egress.receiver import Receiver, receiving

HOST = "receiver.example"
HERE = (ip_network("127.0.0.0/8"),)
MakeEgress = Callable[..., HttpsEgress]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("certificates")
    return new_authority(folder)


def to_loopback(host: str) -> list[str]:
    if host.endswith(".invalid"):
        raise gaierror(EAI_NONAME, "Name or service not known")
    return ["127.0.0.1"]


@pytest.fixture
def make_egress(authority: Authority) -> MakeEgress:
    """One that trusts the tests' authority; hosts resolve to loopback unless told otherwise."""

    def make(resolve: Resolve = to_loopback, seconds_kept: float = 30) -> HttpsEgress:
        return HttpsEgress(HERE, Names(resolve, seconds_kept), authority.trusting())

    return make


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with receiving(HOST, authority.serving(HOST)) as started:
        yield started
