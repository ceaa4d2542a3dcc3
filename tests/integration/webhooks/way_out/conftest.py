"""A HOST, a DNS server and a receiver."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.contracts.http import Browser
from tests.integration.egress.certificates import Authority
from tests.integration.egress.conftest import HOST, authority
from tests.integration.egress.dns_server import DnsServer, dns_server
from tests.integration.egress.receiver import receive
from tests.integration.webhooks.way_out.hosting import (
    Hosting,
    WillingReceiver,
    hosting,
    one_browser,
)

__all__ = ["authority"]


@dataclass(slots=True)
class Greeted:
    """The names in which TLS was begun."""

    names: list[str | None] = field(default_factory=list)

    def __call__(self, _: Any, name: str | None, __: Any) -> None:
        self.names.append(name)


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with dns_server() as server:
        yield server


@pytest.fixture
def greeted() -> Greeted:
    return Greeted()


@pytest.fixture
def receiver(authority: Authority, greeted: Greeted) -> Iterator[WillingReceiver]:
    context = authority.serving(HOST)
    context.sni_callback = greeted
    started = WillingReceiver(HOST, context)
    with receive(started):
        yield started


@pytest.fixture(scope="session")
def browser(private_key: str) -> Browser:
    return one_browser(private_key)


@pytest.fixture
def stage(browser: Browser, dns: DnsServer, authority: Authority) -> Hosting:
    dns.says(HOST, ["127.0.0.1"])
    return hosting(browser, dns, authority)
