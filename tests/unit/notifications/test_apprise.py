"""Notices by Apprise, taken by a real server on loopback."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest

from stonks.adapters.notifiers.apprise import AppriseNotifier, check_template, make
from stonks.application.notifications.notifier import Notifier, Outcome, Recipient, Verdict
from tests.contracts.notifiers import ReachingNotifierContract, delivery, recipient
from tests.contracts.tools import HERE, tools


class Taking(BaseHTTPRequestHandler):
    """It keeps what it gets, with the path to which it was sent."""

    answer = 200

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.server.taken.append((unquote(self.path), body))  # type: ignore[attr-defined]
        self.send_response(self.server.answer)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Service(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[str, dict[str, str]]] = []
        self.answer = 200

    def url(self, path: str = "{username}") -> str:
        return f"json://127.0.0.1:{self.server_port}/{path}"


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class TestApprise(ReachingNotifierContract):
    @pytest.fixture
    def notifier(self, service: Service) -> Notifier:
        self.service = service
        return make(tools(apprise_url=service.url()))

    @pytest.fixture
    def away(self, service: Service) -> Notifier:
        self.service = service
        return make(tools(apprise_url="json://127.0.0.1:1/{username}"))

    def arrived(self) -> list[str]:
        return [f"{body['title']}\n{body['message']}" for _, body in self.service.taken]


def sent(service: Service, path: str, to: Recipient) -> Outcome:
    with AppriseNotifier(service.url(path), HERE).sending() as send:
        return send(delivery(to=to))


def test_each_person_has_a_url_of_their_own(service: Service) -> None:
    to = recipient(7)
    assert sent(service, "{username}/{profileId}/{email}", to).verdict is Verdict.SENT
    assert service.taken[0][0] == f"/reader7/{to.profile_id}/reader7@example.org"


def test_where_the_url_needs_an_address_nobody_is_told_without_one(service: Service) -> None:
    known = recipient()
    to = Recipient(known.profile_id, known.username, known.full_name)
    assert sent(service, "{email}", to) == Outcome(Verdict.REFUSED, "no_proven_email")
    assert sent(service, "{username}", to).verdict is Verdict.SENT
    assert len(service.taken) == 1


@pytest.mark.parametrize(
    "local", ["o'hara", "a/../b", "x?to=y", "a&b", "50%2Coff", "{username}", "a#b", "a,b", "a b"]
)
def test_url_injection_an_address_never_changes_the_url(service: Service, local: str) -> None:
    known = recipient()
    to = Recipient(known.profile_id, known.username, "", f"{local}@example.org")
    assert sent(service, "{email}", to) == Outcome(Verdict.REFUSED, "address_unfit_for_url")
    assert service.taken == []


def test_what_apprise_fails_at_is_never_sent_twice(service: Service) -> None:
    service.answer = 500
    assert sent(service, "{username}", recipient()) == Outcome(Verdict.REFUSED, "apprise_refused")
    assert len(service.taken) == 1


@pytest.mark.parametrize(
    "template",
    [
        "",
        "no url",
        "file:///etc/passwd",
        "SYSLOG://",
        "dbus://",
        "nosuchservice://token",
        "{username}://x",
        "json://h/{password}",
        "slack://too-little-of-it",
    ],
)
def test_a_url_with_which_nobody_is_reached_is_refused_without_being_told(template: str) -> None:
    with pytest.raises(ValueError, match="STONKS_APPRISE_URL") as refusal:
        check_template(template)
    assert not template or template not in str(refusal.value)


def test_what_people_read_of_it_holds_no_secret(service: Service) -> None:
    assert "hunter2" not in repr(AppriseNotifier("json://me:hunter2@example.org", HERE))
    assert "hunter2" not in repr(tools(apprise_url="json://me:hunter2@example.org"))
