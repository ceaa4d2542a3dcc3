"""A push service over TLS, and a notifier that trusts it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stonks.adapters import clock
from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names
from stonks.adapters.webpush import Vapid, WebPushNotifier, new_vapid_key, read_vapid_key
from tests.integration.egress.certificates import Authority, new_authority
from tests.integration.egress.conftest import HERE
from tests.integration.webpush.push_service import HOST, PushService, serving


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("certificates")
    return new_authority(folder)


@pytest.fixture
def service(authority: Authority) -> Iterator[PushService]:
    with serving(authority.serving(HOST)) as started:
        yield started


@pytest.fixture
def notifier(authority: Authority) -> WebPushNotifier:
    egress = HttpsEgress(HERE, Names(lambda _: ["127.0.0.1"]), authority.trusting())
    vapid = Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", clock.now)
    return WebPushNotifier(egress, vapid, "https://stonks.example", clock.now)
