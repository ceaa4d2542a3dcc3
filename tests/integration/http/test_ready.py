"""Ready means ready: each store is asked, and what fails is named."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.http import problem_code

NOWHERE = "127.0.0.1:1"


@pytest.fixture
def app_with(postgres_url: str, redis_url: str, private_key: str) -> Callable[..., Container]:
    whole = Settings(
        database_url=postgres_url,
        redis_url=redis_url,
        token_private_key=private_key,
        public_url="http://localhost:8000",
    )
    return lambda **changed: Container(settings=replace(whole, **changed))


def test_it_is_ready_with_its_stores(app_with: Callable[..., Container]) -> None:
    client = create_app(app_with()).test_client()
    assert client.get("/readyz").json == {"status": "ready"}
    assert client.get("/healthz").status_code == 200


def test_it_names_the_store_that_is_away(app_with: Callable[..., Container]) -> None:
    for changed, failing in [
        ({"database_url": f"postgresql://nobody@{NOWHERE}/none"}, {"database", "migrations"}),
        ({"redis_url": f"redis://{NOWHERE}/0"}, {"redis"}),
    ]:
        client = create_app(app_with(**changed)).test_client()
        response = client.get("/readyz")
        assert (response.status_code, problem_code(response)) == (503, "not_ready")
        assert set(response.json["errors"]) == failing
        assert response.headers["Retry-After"] == "1"
        assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_before_its_migrations(
    app_with: Callable[..., Container], empty_postgres_url: str
) -> None:
    client = create_app(app_with(database_url=empty_postgres_url)).test_client()
    assert set(client.get("/readyz").json["errors"]) == {"migrations"}


def test_it_is_not_ready_while_it_stops(app_with: Callable[..., Container]) -> None:
    container = app_with()
    client = create_app(container).test_client()
    container.draining().begin()
    assert set(client.get("/readyz").json["errors"]) == {"process"}
    assert client.get("/healthz").status_code == 200


def test_a_request_without_a_database_is_told_to_come_back(
    app_with: Callable[..., Container],
) -> None:
    container = app_with(database_url=f"postgresql://nobody@{NOWHERE}/none")
    response = create_app(container).test_client().get("/api/v1/channels")
    assert (response.status_code, problem_code(response)) == (503, "database_unavailable")
    assert "Retry-After" in response.headers
