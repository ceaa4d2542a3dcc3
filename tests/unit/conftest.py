"""What unit tests share: a whole Stonks in memory."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings

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
    for provider in _one_container.providers.values():
        if provider is not _one_container.settings:
            provider.reset_override()
    _one_container.reset_singletons()


@pytest.fixture(scope="session")
def _one_app(_one_container: Container) -> Flask:
    return create_app(_one_container)


@pytest.fixture
def app(_one_app: Flask, memory_container: Container) -> Flask:
    """The HTTP door of ``memory_container``."""
    return _one_app
