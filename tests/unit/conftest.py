"""What unit tests share: a whole Stonks in memory."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from dependency_injector.providers import BaseSingleton
from flask import Flask
from hypothesis import settings
from structlog.contextvars import merge_contextvars
from structlog.processors import KeyValueRenderer, add_log_level, format_exc_info

from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.http import Browser, browser_of

gc.set_threshold(50_000, 20, 20)  # what was imported is walked seldom, and never given back
settings.register_profile("quick", max_examples=30 * int(os.environ.get("STONKS_TEST_SOAK", "1")))
settings.load_profile("quick")
structlog.configure([merge_contextvars, add_log_level, format_exc_info, KeyValueRenderer()])

_KEY = (
    Ed25519PrivateKey.generate()
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)


@pytest.fixture(scope="session")
def memory_settings() -> Settings:
    return Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url="http://localhost:8000",
        token_private_key=_KEY,
    )


@pytest.fixture(scope="session")
def _one_container(memory_settings: Settings) -> Container:
    return Container(settings=memory_settings)


@pytest.fixture
def memory_container(_one_container: Container) -> Iterator[Container]:
    """As good as new: to build one takes longer than most tests."""
    yield _one_container
    renew(_one_container)


@pytest.fixture(scope="session")
def _one_app(_one_container: Container) -> Flask:
    return create_app(_one_container)


@pytest.fixture
def app(_one_app: Flask, memory_container: Container) -> Flask:
    """The HTTP door of ``memory_container``."""
    return _one_app


@pytest.fixture(scope="session")
def _wide(memory_settings: Settings) -> Browser:
    return browser_of(Container(settings=replace(memory_settings, limits_scale=1_000_000)))


@pytest.fixture(scope="module")
def lasting_browser(_wide: Browser) -> Iterator[Browser]:
    """One for all tests of a module, of which none leaves a trace, nor meets a limit."""
    yield browser_of(_wide.container, _wide.app)
    renew(_wide.container)


def renew(container: Container) -> None:
    """Make it as it was before anybody asked it for anything."""
    for provider in container.providers.values():
        if provider.overridden and provider is not container.settings:
            provider.reset_override()
    for singleton in _singletons(container):
        singleton.reset()


@cache
def _singletons(container: Container) -> tuple[BaseSingleton[Any], ...]:
    """Those within others, too: to walk there takes longer than to reset them all."""
    return tuple(container.traverse([BaseSingleton]))
