"""A provider that lies on demand, and a Stonks in memory that asks it."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.settings.oidc import OidcProvider
from tests.contracts.http import problem_code
from tests.integration.oidc.provider import CLIENT_ID, CLIENT_SECRET, Provider, running

SITE = "https://stonks.example"
AUTH = "/api/v1/auth"
numbers = count(1)


class Browser:
    """Follows the real redirects: from Stonks to the provider, and back."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def start(self, **query: str) -> TestResponse:
        return self.client.get(f"{AUTH}/evil/start", query_string=query, base_url=SITE)

    def sent(self, **query: str) -> str:
        """Where Stonks sends the browser."""
        response = self.start(**query)
        assert response.status_code == 303, response.text
        return response.location

    def back(self, location: str) -> TestResponse:
        """What Stonks says once the provider has sent the browser back."""
        there = requests.get(location, allow_redirects=False, timeout=30)
        assert there.status_code == 302, there.text
        return self.come(there.headers["Location"])

    def come(self, location: str) -> TestResponse:
        url = urlsplit(location)
        assert f"{url.scheme}://{url.netloc}" == SITE
        return self.client.get(url.path, query_string=url.query, base_url=SITE)

    def sign_in(self, **query: str) -> TestResponse:
        return self.back(self.sent(**query))


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with running(Provider()) as found:
        yield found


@pytest.fixture
def provider(served: Provider) -> Iterator[Provider]:
    number = next(numbers)
    user = {
        "sub": f"subject-{number}",
        "email": f"person{number}@elsewhere.example",
        "email_verified": True,
        "name": "Mara Lindqvist",
        "preferred_username": f"person{number}",
    }
    served.begin_anew(user)
    yield served
    served.begin_anew({})


@pytest.fixture(scope="module")
def _one_container(served: Provider) -> Container:
    evil = OidcProvider(
        name="evil",
        label="Evil",
        issuer=served.url,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
    )
    settings = Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url=SITE,
        token_private_key=new_private_key(),
        oidc_providers=(evil,),
        limits_scale=1000,
    )
    return Container(settings=settings)


@pytest.fixture(scope="module")
def app(_one_container: Container) -> Flask:
    return create_app(_one_container)


@pytest.fixture
def container(_one_container: Container, app: Flask) -> Iterator[Container]:
    """As good as new."""
    yield _one_container
    _one_container.reset_singletons()


@pytest.fixture
def browser(container: Container, app: Flask) -> Browser:
    return Browser(app.test_client())


def refused(response: TestResponse, status: int, code: str) -> None:
    assert (response.status_code, problem_code(response)) == (status, code), response.text
