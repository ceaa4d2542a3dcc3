"""Stonks with webhooks, one for each module."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.integration.chat.conftest import real_container
from tests.integration.running import running
from tests.integration.webhooks.hooked import Hooked

__all__ = ["real_container"]


@pytest.fixture(scope="module")
def chosen() -> Mapping[str, object]:
    """Settings of Stonks's own, for modules that choose others."""
    return {}


@pytest.fixture(scope="module")
def hooked(
    postgres_url: str,
    redis_url: str,
    private_key: str,
    servers_folder: Path,
    chosen: Mapping[str, object],
) -> Iterator[Hooked]:
    stores = postgres_url, redis_url, private_key
    with running(Hooked, *stores, servers_folder, **chosen) as hooked:
        yield hooked
