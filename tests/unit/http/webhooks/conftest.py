"""A HOST with a channel, and receivers that do as a test says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from dependency_injector import providers
from werkzeug.test import TestResponse

from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer
from stonks.domain.ids import ChannelId
from tests.contracts.endpoint_props import URL
from tests.contracts.http import Browser
from tests.contracts.receivers import WillingReceivers

LOUNGE = "/channels/lounge/webhooks"


class Receivers(WillingReceivers):
    """They note what happens while they think: ``meanwhile`` is done before an answer is given."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def post(self, *args: Any, **options: Any) -> Answer:
        answer = super().post(*args, **options)
        self.meanwhile()
        return answer


@dataclass(slots=True)
class Stage:
    """Hanna is HOST of the lounge, ann of her own; sana watches over everything."""

    browser: Browser
    receivers: Receivers
    hints: list[str]

    def ask(self, method: str, path: str = "", who: str | None = "hanna", **given: Any) -> Any:
        return self.browser.ask(method, f"{LOUNGE}{path}", who, **given)

    def ok(self, response: TestResponse) -> Any:
        assert response.status_code in (200, 201), response.text
        return response.json

    def add(self, **fields: Any) -> Any:
        return self.ok(self.ask("POST", json={"url": URL} | fields))

    def add_active(self, **fields: Any) -> Any:
        made = self.add(**fields)
        return made | self.ok(self.ask("POST", f"/{made['id']}/activate"))

    def read(self, id_: str) -> Any:
        return self.ok(self.ask("GET", f"/{id_}"))

    def attempts(self, id_: str, query: str = "") -> Any:
        return self.ok(self.ask("GET", f"/{id_}/attempts{query}"))["items"]

    def say(self, *texts: str) -> None:
        for text in texts:
            body = {"text": text}
            response = self.browser.ask("POST", "/channels/lounge/messages", "hanna", json=body)
            assert response.status_code == 201, response.text

    def suspend(self) -> None:
        response = self.browser.ask("PUT", "/channels/lounge/suspension", "sana")
        assert response.status_code == 204, response.text

    def channel_id(self) -> ChannelId:
        id_: ChannelId = self.browser.container.read_channel()(slug="lounge").id
        return id_

    def set(self, id_: str, **fields: Any) -> None:
        """Have what the stores keep of an endpoint be so."""
        rows = self.browser.container.webhook_tables().endpoints
        for endpoint in rows.where(lambda row: str(row.id) == id_):
            for name, value in fields.items():
                setattr(endpoint, name, value)
            rows.put(endpoint.id, endpoint)


@pytest.fixture
def stage(browser: Browser) -> Stage:
    receivers, hints = Receivers(), list[str]()
    browser.container.egress.override(providers.Object(receivers))
    browser.container.hint.override(providers.Object(lambda job, times=1: hints.append(job)))
    for name in ("hanna", "ann", "bob"):
        browser.sign_up(name)
    browser.sign_up("sana", is_staff=True)
    browser.open_channel("hanna")
    browser.open_channel("ann", "salon")
    return Stage(browser, receivers, hints)


def headers_of(asked: Asked) -> Mapping[str, str]:
    return {name.lower(): value for name, value in asked.headers.items()}
