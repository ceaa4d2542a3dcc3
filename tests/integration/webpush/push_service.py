"""A push service as browsers have one (RFC 8030), which believes nothing."""

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import urlsplit

from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Device
from tests.contracts.one_delivery import a_device
from tests.integration.egress.receiver import Receiver, receive
from tests.push_browser import PushBrowser, vouched

HOST = "push.example"
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
LARGEST = 4096
LONGEST = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Pushed:
    """One that was taken."""

    headers: Mapping[str, str]
    message: Any


@dataclass(slots=True)
class Registered:
    """A browser here; ``key`` is of whoever may push to it: the first who did."""

    browser: PushBrowser
    key: str = ""
    pushed: list[Pushed] = field(default_factory=list)


class PushService(Receiver):
    """Answers by the book, unless ``answers`` say otherwise."""

    def __init__(self, context: ssl.SSLContext | None, host: str = HOST) -> None:
        super().__init__(host, context)
        self.registered: dict[str, Registered] = {}
        self.before_answer: Callable[[], object] = lambda: None

    def register(self) -> Device:
        """A new browser's registration, as Stonks keeps it."""
        browser = PushBrowser()
        path = f"/send/{len(self.registered)}"
        self.registered[path] = Registered(browser)
        return a_device(browser, self.origin + path)

    def forget(self, device: Device) -> None:
        del self.registered[urlsplit(device.endpoint).path]

    def pushed(self, device: Device) -> list[Pushed]:
        return self.registered[urlsplit(device.endpoint).path].pushed

    def answer(self, asked: Asked) -> Answer:
        usual = super().answer(asked)
        return usual if usual.status != 201 else Answer(self._status(asked), {}, b"")

    def _status(self, asked: Asked) -> int:
        registered = self.registered.get(urlsplit(asked.url).path)
        if registered is None:
            return 410
        if len(asked.body) > LARGEST:
            return 413
        if not self._is_vouched(registered, asked.headers["Authorization"]):
            return 403
        if not _is_by_the_book(asked.headers):
            return 400
        message = registered.browser.read(asked.body)
        registered.pushed.append(Pushed(asked.headers, message))
        self.before_answer()
        return 201

    def _is_vouched(self, registered: Registered, authorization: str) -> bool:
        claims, key = vouched(authorization)
        registered.key = registered.key or key
        is_now = time() < claims["exp"] <= time() + LONGEST
        return key == registered.key and claims["aud"] == self.origin and is_now


def _is_by_the_book(headers: Mapping[str, str]) -> bool:
    return (
        headers["Content-Encoding"] == "aes128gcm"
        and headers["TTL"].isdigit()
        and headers["Urgency"] in ("very-low", "low", "normal", "high")
        and TOPIC.fullmatch(headers["Topic"]) is not None
    )


@contextmanager
def serving(context: ssl.SSLContext | None, host: str = HOST) -> Iterator[PushService]:
    service = PushService(context, host)
    with receive(service):
        yield service
