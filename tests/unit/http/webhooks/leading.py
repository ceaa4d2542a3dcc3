"""A webhook whose host leads where a test says, and every way to have something sent to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from stonks.application.webhooks.keeping import keep
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Lane
from tests.contracts.addresses import NAMED
from tests.contracts.connecting import connections
from tests.contracts.http import Browser, problem_code

PATH = "/channels/lounge/webhooks"
URL = f"https://{NAMED}/in"
PUBLIC = "9.9.9.9"
LONGEST = 2048


@dataclass(slots=True)
class Leads:
    """A resolver: where every name leads. It notes who is asked for."""

    to: Sequence[str] = (PUBLIC,)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.to


@dataclass(slots=True)
class Stage:
    """A HOST with one active webhook, which has not been told of one message."""

    browser: Browser
    leads: Leads
    id_: EndpointId

    def ask(self, method: str, path: str = "", **given: Any) -> TestResponse:
        return self.browser.ask(method, f"{PATH}{path}", "hanna", **given)

    def saved(self, url: str) -> Mapping[str, TestResponse]:
        """The answers to having it saved in either way."""
        return {
            "added": self.ask("POST", json={"url": url}),
            "changed": self.ask("PATCH", f"/{self.id_}", json={"url": url}),
        }

    def listed(self) -> Any:
        return self.ask("GET").json["items"]  # type: ignore[index]

    def has(self, url: str) -> None:
        """As if it had been fine when it was saved."""
        container = self.browser.container
        channel, at = container.read_channel()(slug="lounge"), container.now()()
        with container.begin_webhooks()() as work:
            endpoint = work.endpoints.lock(channel.id, self.id_)
            endpoint.url = url
            endpoint.activate(last_seq=0, at=at)
            keep(work, endpoint)

    def forget(self) -> None:
        """What was sent so far."""
        self.browser.container.webhook_tables().attempts.rows.clear()

    def activate(self) -> None:
        response = self.ask("POST", f"/{self.id_}/activate")
        assert (response.status_code, problem_code(response)) == (409, "verification_failed")

    def test(self) -> None:
        response = self.ask("POST", f"/{self.id_}/test")
        assert (response.status_code, response.json["outcome"]) == (200, "failed")  # type: ignore[index]

    def deliver(self) -> None:
        assert self.browser.container.deliver_events()(Lane.STEADY)

    def attempt(self) -> Any:
        """The only one of a test."""
        (attempt,) = self.ask("GET", f"/{self.id_}/attempts").json["items"]  # type: ignore[index]
        return attempt


WAYS: Mapping[str, tuple[Callable[[Stage], None], str]] = {
    "activated": (Stage.activate, "webhook.verification"),
    "tested": (Stage.test, "webhook.test"),
    "delivered": (Stage.deliver, "chat.message_posted"),
}
"""How something is sent, and what."""


def assert_not_saved(stage: Stage, url: str) -> None:
    before = stage.listed()
    for way, response in stage.saved(url).items():
        assert response.status_code == 422, f"{way}: {response.text}"
        wanted = "egress_forbidden" if len(url) <= LONGEST else "invalid_fields"
        assert problem_code(response) == wanted, way
        assert list(response.json["errors"]) == ["url"], way  # type: ignore[index]
    assert stage.listed() == before


def assert_not_asked(stage: Stage, way: str, url: str) -> Any:
    """The attempt that is on record."""
    send, type_ = WAYS[way]
    stage.forget()
    stage.has(url)
    (before,) = stage.listed()
    with connections() as made:
        send(stage)
    assert made == []
    attempt = stage.attempt()
    assert (attempt["eventType"], attempt["outcome"]) == (type_, "failed")
    assert (attempt["reason"], attempt["status"]) == ("forbidden_address", None)
    (after,) = stage.listed()
    assert after["position"] == before["position"] == 0
    assert after["failures"] == (1 if way == "delivered" else 0)
    return attempt
