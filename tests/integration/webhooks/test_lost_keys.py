"""Secrets of webhooks whose sealing key is gone are found before anything is to be signed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.application.webhooks.opening import context_of
from stonks.domain.webhooks.endpoint import Endpoint
from stonks.entrypoints.container import Container
from stonks.entrypoints.diagnosis.sealing import look_at_sealing
from stonks.entrypoints.settings import Settings
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_stores import a_channel, an_endpoint, keep

OLD, NEW = new_sealing_key(), new_sealing_key()
DAY = timedelta(days=1)


def sealed_by(key: str, endpoint: Endpoint) -> bytes:
    return AesSealer([read_key(key)]).seal(b"a secret", context=context_of(endpoint.id))


@pytest.fixture
def told(real_container: Container, tmp_path: Path) -> Callable[..., list[str]]:
    """What ``stonks doctor`` says with these keys."""

    def told(*keys: str) -> list[str]:
        url = real_container.settings().database_url
        settings = Settings(database_url=url, var=tmp_path, sealing_keys=keys)
        return [found.what for found in look_at_sealing(settings)]

    return told


def test_the_doctor_counts_secrets_of_webhooks_that_no_key_opens(
    real_container: Container, told: Callable[..., list[str]]
) -> None:
    town = Town(real_container, SteppingClock())
    channel, now = a_channel(town), real_container.now()()
    old, new, rotating, rotated = (an_endpoint(channel) for _ in range(4))
    for endpoint in (old, rotating, rotated):
        endpoint.secret = sealed_by(OLD, endpoint)
    new.secret = sealed_by(NEW, new)
    for endpoint, at in ((rotating, now), (rotated, now - 2 * DAY)):
        endpoint.rotate(sealed_by(NEW, endpoint), at)
    keep(town, old, new, rotating, rotated)
    assert told(NEW, OLD) == ["encrypts second factors and the secrets of webhooks at rest"]
    assert told(NEW) == ["2 secrets of webhooks open with none of the keys"]
    assert told(OLD) == ["3 secrets of webhooks open with none of the keys"]
