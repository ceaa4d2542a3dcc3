"""What a receiver answers is shown nowhere."""

import logging

import pytest

from tests.integration.egress.certificates import Authority
from tests.integration.egress.conftest import HOST
from tests.integration.egress.listening import after_reading, listening
from tests.integration.webhooks.way_out.hosting import Hosting, WillingReceiver

CANARY = "c4n4ry"
HEADERS = (
    f"X-{CANARY}-name: a\r\nX-Said: {CANARY}-header\r\nSet-Cookie: {CANARY}-cookie=1\r\n"
    f"Location: https://{CANARY}-location.example/\r\nContent-Type: text/{CANARY}-type\r\n"
    f"Retry-After: {CANARY}-later\r\n"
)
BODY = f'{{"challenge": "{CANARY}-challenge", "detail": "{CANARY}-body"}}'


def answer(status: int) -> bytes:
    head = f"HTTP/1.1 {status} {CANARY}-reason\r\n{HEADERS}Content-Length: {len(BODY)}\r\n"
    return f"{head}Connection: close\r\n\r\n{BODY}".encode()


SAID = {
    **{str(status): answer(status) for status in (200, 302, 400, 401, 404, 410, 429, 500, 503)},
    "no-http": f"SSH-2.0-{CANARY}\r\n".encode(),
    "bad-status": f"HTTP/1.1 2xx {CANARY}\r\n\r\n".encode(),
    "bad-header": f"HTTP/1.1 500 no\r\n{CANARY} {CANARY}\r\n\r\n".encode(),
    "cut-off": f"HTTP/1.1 500 no\r\nContent-Length: 900\r\n\r\n{CANARY}".encode(),
    "bad-chunk": f"HTTP/1.1 500 no\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n".encode(),
}


@pytest.mark.parametrize("said", SAID)
def test_canary_nothing_that_a_receiver_answers_is_shown_or_logged(
    stage: Hosting,
    receiver: WillingReceiver,
    authority: Authority,
    said: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    stage.add_active(receiver.origin)
    stage.say("one")
    with listening(after_reading(SAID[said], then_hang=False), authority.serving(HOST)) as hostile:
        stage.has_url(f"https://{HOST}:{hostile.port}/")
        answers = [
            stage.ask("POST", f"/{stage.id_}/test"),
            stage.ask("POST", f"/{stage.id_}/activate"),
        ]
        stage.deliver()
        assert hostile.connections == 3
    path = f"/{stage.id_}"
    answers += [stage.ask("GET", to) for to in ("", path, f"{path}/attempts")]
    answers.append(stage.browser.ask("GET", "/profiles/me/export", "hanna"))
    told = stage.inbox()
    assert [one.status_code for one in answers] == [200, 409, 200, 200, 200, 200]
    assert len(stage.attempts()) == 4
    assert [one["type"] for one in told] == ["webhook_disabled"] * (said == "410")
    logged = "".join(capfd.readouterr()) + caplog.text
    assert "/activate" in logged
    shown = [one.text + str(one.headers) for one in answers]
    for text in (*shown, str(told), logged):
        assert CANARY not in text.lower()
