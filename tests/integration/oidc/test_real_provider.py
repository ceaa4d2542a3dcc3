"""Real Stonks servers and a real provider, each a process, through their real redirects."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.contracts.identity_cases import PASSWORD
from tests.integration.oidc.mock import MockProvider, mock_provider
from tests.integration.servers import RunningServer, Servers, free_port

AUTH = "/api/v1/auth"
numbers = count(1)


@pytest.fixture(scope="module")
def mock() -> Iterator[MockProvider]:
    with mock_provider() as found:
        yield found


@pytest.fixture(scope="module")
def site() -> str:
    """Where both servers say that people reach them; each is one process behind it."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def both(
    mock: MockProvider,
    site: str,
    postgres_url: str,
    redis_url: str,
    private_key: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[RunningServer, RunningServer]]:
    """Two server processes on the same stores, that both know the provider."""
    folder: Path = tmp_path_factory.mktemp("oidc")
    servers = Servers(postgres_url, redis_url, private_key, folder)
    settings = {
        "public_url": site,
        "oidc_providers": "mock",
        "oidc_mock_issuer": mock.url,
        "oidc_mock_client_id": "stonks",
        "oidc_mock_client_secret": "a secret that no log shows",
        "oidc_mock_label": "Mock & Sons",
    }
    try:
        yield servers(**settings), servers(**settings)
    finally:
        servers.end()


@pytest.fixture
def server(both: tuple[RunningServer, RunningServer]) -> RunningServer:
    return both[0]


class Browser:
    """Keeps cookies, and goes where it is sent; the site's address stands for one server."""

    def __init__(self, server: RunningServer, site: str) -> None:
        self.server, self.site, self.session = server, site, requests.Session()

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._ask("GET", f"{AUTH}{path}", **options)

    def post(self, path: str, token: str = "", **body: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._ask("POST", f"{AUTH}{path}", json=body, headers=headers)

    def sent(self, **query: str) -> str:
        response = self.get("/mock/start", params=query)
        assert response.status_code == 303, response.text
        return response.headers["Location"]

    def come(self, location: str) -> requests.Response:
        assert location.startswith(f"{self.site}{AUTH}/mock/callback?")
        return self._ask("GET", location.removeprefix(self.site))

    def sign_in(self, mock: MockProvider, subject: str, **query: str) -> requests.Response:
        return self.come(mock.authorize(self.sent(**query), subject))

    def _ask(self, method: str, path: str, **options: Any) -> requests.Response:
        url = f"{self.server.url}{path}"
        return self.session.request(method, url, allow_redirects=False, timeout=30, **options)


@pytest.fixture
def browser(server: RunningServer, site: str) -> Browser:
    return Browser(server, site)


def somebody(mock: MockProvider, **claims: Any) -> str:
    """Somebody whom the provider knows; their name there."""
    subject = f"subject{next(numbers)}"
    told = {
        "email": f"{subject}@elsewhere.example",
        "email_verified": True,
        "name": "Mara Lindqvist",
        "preferred_username": subject,
    }
    mock.know(subject, **(told | claims))
    return subject


def fragment(response: requests.Response) -> dict[str, str]:
    assert response.status_code == 303, response.text
    url = urlsplit(response.headers["Location"])
    return {name: values[0] for name, values in parse_qs(url.fragment).items()}


def refused(response: requests.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_somebody_new_signs_up_and_then_in_again(browser: Browser, mock: MockProvider) -> None:
    listed = browser.get("/providers").json()
    assert listed == {"items": [{"name": "mock", "label": "Mock & Sons"}]}
    subject = somebody(mock)
    first = browser.sign_in(mock, subject)
    assert first.status_code == 200, first.text
    assert first.json()["profile"]["username"] == subject
    again = browser.sign_in(mock, subject).json()
    assert again["profile"] == first.json()["profile"]
    headers = {"Authorization": f"Bearer {again['accessToken']}"}
    me = browser.session.get(
        f"{browser.server.url}/api/v1/profiles/me", headers=headers, timeout=30
    )
    assert me.json()["email"] == f"{subject}@elsewhere.example"


def test_who_says_no_is_not_let_in(browser: Browser, mock: MockProvider) -> None:
    address = browser.sent()
    denied = mock.deny(address)
    if "state=" not in denied:  # RFC 6749, 4.1.2.1 requires it; this provider forgets it
        denied += "&state=" + parse_qs(urlsplit(address).query)["state"][0]
    refused(browser.come(denied), 401, "sign_in_cancelled")


def test_a_page_changes_its_code_on_whichever_server(
    both: tuple[RunningServer, RunningServer], browser: Browser, mock: MockProvider, site: str
) -> None:
    subject = somebody(mock)
    response = browser.sign_in(mock, subject, next="/channels?live=1")
    assert response.headers["Location"].startswith(f"{site}/channels?live=1#code=")
    browser.server = both[1]
    code = fragment(response)["code"]
    assert browser.post("/exchange", code=code).json()["profile"]["username"] == subject
    refused(browser.post("/exchange", code=code), 401, "code_invalid")


def test_linking_and_unlinking(browser: Browser, mock: MockProvider) -> None:
    name = f"member{next(numbers)}"
    body = {"fullName": "A Member", "username": name, "email": f"{name}@example.org"}
    member = browser.post("/signup", **body, password=PASSWORD).json()
    token = member["accessToken"]
    subject = somebody(mock, email=body["email"])
    refused(browser.sign_in(mock, subject), 409, "email_taken_link_first")
    sent = browser.post("/mock/link", token)
    linked = browser.come(mock.authorize(sent.json()["authorizationUrl"], subject))
    assert linked.status_code == 200, linked.text
    assert browser.sign_in(mock, subject).json()["profile"]["id"] == member["profile"]["id"]
    gone = browser.session.delete(
        f"{browser.server.url}{AUTH}/identities/{linked.json()['id']}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert gone.status_code == 204, gone.text
    refused(browser.sign_in(mock, subject), 409, "email_taken_link_first")


def test_no_password_is_no_password_login(browser: Browser, mock: MockProvider) -> None:
    subject = somebody(mock)
    assert browser.sign_in(mock, subject).ok
    for password in ("", PASSWORD, subject):
        refused(browser.post("/login", login=subject, password=password), 401, "bad_credentials")


def test_oauth_a_state_that_comes_back_twice_at_once_lets_in_once_on_two_servers(
    both: tuple[RunningServer, RunningServer], browser: Browser, mock: MockProvider, site: str
) -> None:
    location = mock.authorize(browser.sent(), somebody(mock))
    other = Browser(both[1], site)
    other.session.cookies = browser.session.cookies
    start = Barrier(2)

    def come(one: Browser) -> int:
        start.wait(30)
        return one.come(location).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(come, (browser, other))) == [200, 401]


@pytest.mark.parametrize("turn", range(3))
def test_two_first_logins_of_one_person_at_once_make_one_account(
    both: tuple[RunningServer, RunningServer], mock: MockProvider, site: str, turn: int
) -> None:
    subject = somebody(mock)
    browsers = [Browser(both[number % 2], site) for number in range(4)]
    locations = [mock.authorize(one.sent(), subject) for one in browsers]
    start = Barrier(4)

    def come(one: Browser, location: str) -> requests.Response:
        start.wait(30)
        return one.come(location)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(come, browsers, locations))
    assert [answer.status_code for answer in answers] == [200] * 4, [a.text for a in answers]
    assert len({answer.json()["profile"]["id"] for answer in answers}) == 1


def test_secrets_are_in_no_log(
    both: tuple[RunningServer, RunningServer], browser: Browser, mock: MockProvider
) -> None:
    address = browser.sent(next="/")
    location = mock.authorize(address, somebody(mock))
    response = browser.come(location)
    state = parse_qs(urlsplit(address).query)["state"][0]
    code = parse_qs(urlsplit(location).query)["code"][0]
    cookie = browser.session.cookies["stonks-flow"]
    logged = "".join(one.log.read_text() for one in both)
    assert "request" in logged
    for secret in ("a secret that no log shows", state, code, cookie, fragment(response)["code"]):
        assert secret not in logged
