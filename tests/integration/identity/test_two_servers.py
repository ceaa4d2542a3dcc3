"""Identity on two server processes at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
import requests

from tests.contracts.identity_cases import PASSWORD
from tests.integration.servers import RunningServer

Pair = tuple[RunningServer, RunningServer]
numbers = count(1)


def post(server: RunningServer, path: str, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{server.url}/api/v1{path}", json=body, timeout=10)


def me(server: RunningServer, access_token: str) -> int:
    headers = {"Authorization": f"Bearer {access_token}"}
    url = f"{server.url}/api/v1/profiles/me"
    return requests.get(url, headers=headers, timeout=10).status_code


@pytest.fixture
def signed_up(two_servers: Pair) -> dict[str, Any]:
    name = f"mara{next(numbers)}"
    body = {
        "fullName": "Mara Lindqvist",
        "username": name,
        "email": f"{name}@example.org",
        "password": PASSWORD,
    }
    response = post(two_servers[0], "/auth/signup", body)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_a_session_of_one_is_a_session_of_both(
    two_servers: Pair, signed_up: dict[str, Any]
) -> None:
    first, second = two_servers
    assert me(first, signed_up["accessToken"]) == me(second, signed_up["accessToken"]) == 200
    body = {"refreshToken": signed_up["refreshToken"]}
    renewed = post(second, "/auth/refresh", body).json()
    assert post(second, "/auth/logout", {"refreshToken": renewed["refreshToken"]}).ok
    assert me(first, renewed["accessToken"]) == me(second, signed_up["accessToken"]) == 401


def test_reuse_on_the_other_server_ends_the_family(
    two_servers: Pair, signed_up: dict[str, Any]
) -> None:
    first, second = two_servers
    body = {"refreshToken": signed_up["refreshToken"]}
    renewed = post(first, "/auth/refresh", body).json()
    reused = post(second, "/auth/refresh", body)
    assert (reused.status_code, reused.json()["code"]) == (401, "refresh_token_reused")
    assert (
        post(first, "/auth/refresh", {"refreshToken": renewed["refreshToken"]}).status_code == 401
    )
    assert me(first, renewed["accessToken"]) == 401


def test_of_signups_at_once_one_gets_the_name(two_servers: Pair) -> None:
    def sign_up(number: int) -> int:
        body = {
            "fullName": "Twin",
            "username": "Twin" if number % 2 else "twin",
            "email": f"twin{number}@example.org",
            "password": PASSWORD,
        }
        return post(two_servers[number % 2], "/auth/signup", body).status_code

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(sign_up, range(6)))
    assert sorted(answers) == [201] + [409] * 5


@pytest.mark.parametrize("turn", range(5))
def test_two_tabs_that_refresh_at_once_keep_one_line_alive(
    two_servers: Pair, signed_up: dict[str, Any], turn: int
) -> None:
    body = {"refreshToken": signed_up["refreshToken"]}
    with ThreadPoolExecutor(2) as threads:
        tabs = list(threads.map(lambda server: post(server, "/auth/refresh", body), two_servers))
    assert sorted(tab.status_code for tab in tabs) == [200, 409]
    renewed = next(tab.json() for tab in tabs if tab.ok)
    assert me(two_servers[0], renewed["accessToken"]) == 200
    again = post(two_servers[1], "/auth/refresh", {"refreshToken": renewed["refreshToken"]})
    assert again.status_code == 200
