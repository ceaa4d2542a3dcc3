"""The failures that many routes share, on each route whose document tells of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from limits.errors import StorageError

from stonks.application.identity.ports import AccessClaims
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.bots import call, live
from tests.contracts.documents import Operation, operations
from tests.contracts.http import Browser, browser_of, problem_code

DAY = timedelta(days=1)
NEED_AN_ISSUER = {"startSignIn", "startLink", "finishSignIn"}  # test_external_http holds them
NEEDS_AN_IMAGE = {"setAvatar"}  # test_avatars holds it
LAST = {"scheduleDeletion"}  # whoever asked once is gone, and asks from another session
BODIES = {"changeProfile": {"email": "another@example.org"}}  # what of it is limited


@pytest.fixture
def somebody(browser: Browser) -> Browser:
    browser.sign_up("hanna", is_staff=True)
    return browser


def telling(browser: Browser, status: int, code: str) -> Iterator[Operation]:
    for operation in operations(live(browser)):
        response = operation.described["responses"].get(str(status), {})
        content = response.get("content", {}).get("application/problem+json", {})
        if code in content.get("examples", {}):
            yield operation


def told(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def test_a_token_that_expired_is_refused_wherever_one_is_taken(somebody: Browser) -> None:
    box = somebody.container
    known = box.tokens().read(somebody.tokens["hanna"])
    past = AccessClaims(
        known.profile_id, known.session_id, known.issued_at - DAY, known.expires_at - DAY
    )
    somebody.tokens["late"] = box.tokens().issue(past)
    found = list(telling(somebody, 401, "token_expired"))
    assert len(found) > 40
    for operation in found:
        data = {} if operation.takes_a_file or operation.id == "logOut" else None
        options = {"data": data} if data is not None else {}
        assert told(call(somebody, operation, "late", **options)) == (401, "token_expired"), (
            operation.id
        )


def test_a_session_that_ended_is_refused_wherever_one_is_asked_for(somebody: Browser) -> None:
    known = somebody.container.tokens().read(somebody.tokens["hanna"])
    somebody.container.log_out()(session_id=known.session_id)
    bearers = {
        operation.id
        for operation in operations(live(somebody))
        if any("bearer" in scheme for scheme in operation.described.get("security", []))
    }
    found = [it for it in telling(somebody, 401, "session_ended") if it.id in bearers]
    assert len(found) > 40
    for operation in found:
        options = {"data": {}} if operation.takes_a_file or operation.id == "logOut" else {}
        assert told(call(somebody, operation, "hanna", **options)) == (401, "session_ended"), (
            operation.id
        )


def test_a_body_of_another_kind_is_refused_wherever_one_is_taken(somebody: Browser) -> None:
    somebody.open_channel("hanna", "night-trades")
    found = [it for it in telling(somebody, 415, "unsupported_media_type") if not it.takes_a_file]
    assert len(found) > 20
    for operation in found:
        sent = {"data": "text", "content_type": "text/plain"}
        response = call(somebody, operation, "hanna", **sent)
        assert told(response) == (415, "unsupported_media_type"), operation.id


class Away:
    """A store of limits that nobody reaches."""

    def __getattr__(self, name: str) -> Any:
        raise StorageError(ConnectionError("away"))


def test_what_guesses_or_mails_is_refused_where_it_cannot_be_counted(somebody: Browser) -> None:
    found = list(telling(somebody, 503, "limits_unavailable"))
    assert len(found) > 15
    somebody.container.windows().limiter = Away()
    for operation in found:
        if operation.id in NEED_AN_ISSUER | NEEDS_AN_IMAGE:
            continue
        response = ask_with_sense(somebody, operation)
        assert told(response) == (503, "limits_unavailable"), operation.id
        assert int(response.headers["Retry-After"]) >= 1


@pytest.fixture
def strict(memory_settings: Settings) -> Browser:
    """Where everything may be done once."""
    return browser_of(Container(settings=replace(memory_settings, limits_scale=1e-9)))


def test_what_guesses_or_mails_is_refused_once_it_was_done_too_often(strict: Browser) -> None:
    strict.sign_up("hanna", is_staff=True)
    found = list(telling(strict, 429, "too_many_attempts"))
    assert len(found) > 15
    for operation in found:
        if operation.id in NEED_AN_ISSUER | NEEDS_AN_IMAGE | LAST:
            continue
        tries = [ask_with_sense(strict, operation) for _ in range(3)]
        last = tries[-1]
        assert told(last) == (429, "too_many_attempts"), (operation.id, last.text)
        assert int(last.headers["Retry-After"]) >= 1


def ask_with_sense(browser: Browser, operation: Operation) -> Any:
    """With the examples of the document, as far as they fit who asks."""
    who = "hanna" if operation.described.get("security") else None
    options = {"json": BODIES[operation.id]} if operation.id in BODIES else {}
    return call(browser, operation, who, **options)
