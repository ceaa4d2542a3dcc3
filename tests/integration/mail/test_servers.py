"""Real server processes that send to a real mail server."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg2
import pytest
import requests
from aiosmtpd.controller import Controller
from sqlalchemy import make_url

from tests.contracts.identity_cases import PASSWORD
from tests.contracts.mail_cases import TOKEN
from tests.contracts.mailer import part, read
from tests.integration.mail.postbox import Postbox, mail_server
from tests.integration.servers import RunningInBackground, RunningServer, Servers, free_port

SECONDS = 40
numbers = count(1)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    server = mail_server(postbox)
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _empty_queue(postgres_url: str) -> None:
    query(postgres_url, "DELETE FROM outgoing_mails RETURNING id")


def query(url: str, statement: str) -> list[Any]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg2.connect(plain)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()
    finally:
        connection.close()


def post(server: RunningServer, path: str, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{server.url}/api/v1{path}", json=body, timeout=30)


def sign_up(server: RunningServer) -> str:
    name = f"mara{next(numbers)}"
    email = f"{name}@example.org"
    body = {"fullName": "Mara Lindqvist", "username": name, "email": email, "password": PASSWORD}
    response = post(server, "/auth/signup", body)
    assert response.status_code == 201, response.text
    return email


def wait_for(postbox: Postbox, *addresses: str) -> None:
    end = monotonic() + SECONDS
    while not all(postbox.to(address) for address in addresses):
        assert monotonic() < end, f"no mail for {addresses}"
        sleep(0.02)


def wait_until_empty(url: str) -> None:
    end = monotonic() + SECONDS
    while query(url, "SELECT count(*) FROM outgoing_mails")[0][0]:
        assert monotonic() < end, "the queue is not empty"
        sleep(0.05)


def link_of(mail: bytes) -> str:
    found = TOKEN.search(part(read(mail), "plain"))
    assert found is not None
    return found[1]


def senders(serve: Servers, url: str, count: int) -> list[RunningInBackground]:
    """Workers that send to a mail server, and the relay that wakes them."""
    serve.relay(mail_url=url)
    return [serve.worker(mail_url=url) for _ in range(count)]


def test_a_signup_is_verified_by_a_mail_that_comes_once(
    serve: Servers, server: Controller, postbox: Postbox, postgres_url: str
) -> None:
    url = f"smtp://127.0.0.1:{server.port}"
    one, another = serve(mail_url=url), serve(mail_url=url, web_workers=2)
    senders(serve, url, 2)
    emails = [sign_up(process) for process in (one, another, one, another)]
    wait_for(postbox, *emails)
    wait_until_empty(postgres_url)
    assert [len(postbox.to(email)) for email in emails] == [1] * 4
    token = link_of(postbox.to(emails[0])[0])
    assert post(another, "/auth/email/verify", {"token": token}).status_code == 204
    assert post(one, "/auth/email/verify", {"token": token}).status_code == 422


def test_a_mail_outlives_the_process_that_queued_it(
    serve: Servers, postbox: Postbox, postgres_url: str
) -> None:
    """It is in the database as soon as the signup is; who comes later sends it."""
    url = f"smtp://127.0.0.1:{free_port()}"  # nobody is there to take it
    dying, (sender,) = serve(mail_url=url), senders(serve, url, 1)
    email = sign_up(dying)
    dying.kill()
    sender.kill()
    query(  # one that was claimed at that moment, and certainly not sent, is not waited for
        postgres_url,
        "UPDATE outgoing_mails SET claimed_at = NULL, due_at = at RETURNING id",
    )
    server = mail_server(postbox)
    server.start()
    try:
        serve.worker(mail_url=f"smtp://127.0.0.1:{server.port}")
        wait_for(postbox, email)
        wait_until_empty(postgres_url)
        assert len(postbox.to(email)) == 1
    finally:
        server.stop()


def test_a_worker_that_is_killed_while_it_sends_doubles_nothing(
    serve: Servers, server: Controller, postbox: Postbox, postgres_url: str
) -> None:
    """It dies after the mail server took the mail and before it knows of that."""
    url = f"smtp://127.0.0.1:{server.port}"
    web, (dying,) = serve(mail_url=url), senders(serve, url, 1)
    postbox.before_answer = dying.kill
    email = sign_up(web)
    wait_for(postbox, email)
    end = monotonic() + SECONDS
    while dying.process is None or dying.process.poll() is None:
        assert monotonic() < end, "it was not killed"
        sleep(0.02)
    postbox.before_answer = lambda: None
    serve.worker(mail_url=url)
    later = sign_up(web)
    wait_for(postbox, later)  # whoever looks for mail has looked
    assert len(postbox.to(email)) == 1
    left = query(postgres_url, "SELECT claimed_at IS NOT NULL FROM outgoing_mails")
    assert left in ([], [(True,)])


def test_a_web_process_asks_where_mail_goes(
    two_servers: tuple[RunningServer, RunningServer], tmp_path: Path
) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "stonks", "serve"],
        env={
            **two_servers[0].environ,
            "STONKS_MAIL_URL": "",
            "STONKS_PORT": str(free_port()),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Error: STONKS_MAIL_URL is required")
