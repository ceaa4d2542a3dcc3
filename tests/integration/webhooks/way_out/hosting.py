"""A whole Stonks in this process whose way out is the real one, and a HOST with a webhook."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dependency_injector import providers

from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import SECONDS_KEPT, Names
from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer
from stonks.domain.webhooks.endpoint import Lane
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.http import Browser, browser_of
from tests.integration.egress.certificates import Authority
from tests.integration.egress.conftest import HERE
from tests.integration.egress.dns_client import DnsResolver
from tests.integration.egress.dns_server import DnsServer
from tests.integration.egress.receiver import Receiver

LOUNGE = "/channels/lounge/webhooks"


class WillingReceiver(Receiver):
    """It answers challenges, and whatever else a test says."""

    def answer(self, asked: Asked) -> Answer:
        if self.answers:
            return super().answer(asked)
        self.asked.append(asked)
        challenge = json.loads(asked.body)["data"].get("challenge", "")
        return Answer(200, {}, challenge.encode())


@dataclass(slots=True)
class Hosting:
    """Hanna is HOST of the lounge. Time passes for names alone, where a test says so."""

    browser: Browser
    dns: DnsServer
    at: list[float] = field(default_factory=lambda: [0.0])
    id_: str = ""

    def ask(self, method: str, path: str = "", **given: Any) -> Any:
        return self.browser.ask(method, f"{LOUNGE}{path}", "hanna", **given)

    def ok(self, method: str, path: str = "", **given: Any) -> Any:
        response = self.ask(method, path, **given)
        assert response.status_code in (200, 201), response.text
        return response.json

    def add(self, url: str) -> None:
        self.id_ = self.ok("POST", json={"url": url})["id"]

    def add_active(self, url: str) -> None:
        self.add(url)
        self.activate()

    def activate(self) -> None:
        self.ok("POST", f"/{self.id_}/activate")

    def say(self, *texts: str) -> None:
        for text in texts:
            said = self.browser.ask(
                "POST", "/channels/lounge/messages", "hanna", json={"text": text}
            )
            assert said.status_code == 201, said.text

    def deliver(self) -> None:
        """Until nothing is due."""
        container = self.browser.container
        container.wake_endpoints()()
        for lane in Lane:
            while container.deliver_events()(lane):
                pass

    def read(self) -> Any:
        return self.ok("GET", f"/{self.id_}")

    def attempts(self) -> Any:
        """The newest first."""
        return self.ok("GET", f"/{self.id_}/attempts")["items"]

    def forget_names(self) -> None:
        self.at[0] += SECONDS_KEPT

    def inbox(self) -> Any:
        """What the HOST has been told, once all that happened was handled."""
        jobs = self.browser.container.jobs()
        for name in ("events", "fanouts"):
            while jobs[name]():
                pass
        return self.browser.ask("GET", "/notifications", "hanna").json["items"]  # type: ignore[index]

    def has_url(self, url: str) -> None:
        """As if it had been fine when it was saved."""
        rows = self.browser.container.webhook_tables().endpoints
        endpoint = rows.get(UUID(self.id_))
        endpoint.url = url
        rows.put(endpoint.id, endpoint)


def one_browser(private_key: str) -> Browser:
    container = Container(
        settings=Settings(
            database_url="memory:",
            redis_url="memory:",
            public_url="http://localhost:8000",
            token_private_key=private_key,
            limits_scale=1_000_000,
        )
    )
    return browser_of(container)


def hosting(browser: Browser, dns: DnsServer, authority: Authority) -> Hosting:
    """What was there before is gone: to build a container takes longer than most tests."""
    browser.container.reset_singletons()
    stage = Hosting(browser, dns)
    names = Names(DnsResolver(dns.port), clock=lambda: stage.at[0])
    way_out = HttpsEgress(HERE, names, authority.trusting())
    browser.container.egress.reset_override()
    browser.container.egress.override(providers.Object(way_out))
    browser.sign_up("hanna")
    browser.open_channel("hanna")
    return stage
