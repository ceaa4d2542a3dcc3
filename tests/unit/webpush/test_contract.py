"""Web Push as every notifier is, installed by its entry point; browsers decrypt what they get."""

import json
from typing import Any

import pytest

from stonks.adapters.egress.refusals import failed
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.notifiers.plugins import load_notifiers
from stonks.adapters.webpush import Vapid, new_vapid_key, read_vapid_key
from stonks.application.notifications.notifier import Delivery, Notifier
from tests.contracts.notifiers import AT, ReachingNotifierContract, delivery, recipient
from tests.contracts.one_delivery import a_device
from tests.contracts.tools import tools
from tests.push_browser import PushBrowser

BROWSER = PushBrowser()
VAPID = Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", lambda: AT)


def installed(egress: MemoryEgress) -> Notifier:
    return load_notifiers(["webpush"], tools(egress=egress, vapid=VAPID))["push"]


class TestWebPush(ReachingNotifierContract):
    @pytest.fixture(autouse=True)
    def _egress(self) -> None:
        self.egress = MemoryEgress()

    @pytest.fixture
    def notifier(self) -> Notifier:
        return installed(self.egress)

    @pytest.fixture
    def away(self) -> Notifier:
        return installed(MemoryEgress([failed("nobody is there")]))

    def arrived(self) -> list[str]:
        read = [BROWSER.read(asked.body) for asked in self.egress.asked]
        return [json.dumps(one, ensure_ascii=False) for one in read]

    def of(self, number: int = 1, **parts: Any) -> Delivery:
        return delivery(to=recipient(number), device=a_device(BROWSER), **parts)
