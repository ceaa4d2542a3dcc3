"""Receivers that hang, drip, cut off, bomb and lie, and what each must come to."""

import gzip
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.integration.egress.listening import (
    Listener,
    Talk,
    after_reading,
    deaf,
    drip,
    endless,
    listening,
    say_nothing,
)
from tests.integration.webhooks.hooked import Hook, HostedChannel, Json

OK, HTML = b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n"
EMPTY = b"Content-Length: 0\r\n\r\n"
LONG_AGO = 70
"""Seconds in ``Retry-After``."""
BOMB = gzip.compress(b"\0" * 200_000_000)
TOO_LONG, NO_HTTP = "it took too long", "it does not answer in HTTP"


@dataclass(frozen=True, slots=True)
class Fate:
    """What an attempt must read as."""

    outcome: str
    status: int | None
    reason: str | None
    detail: str

    @classmethod
    def of(cls, attempt: Json) -> "Fate":
        return cls(*(attempt[name] for name in ("outcome", "status", "reason", "detail")))


TAKEN = Fate("delivered", 200, None, "")
HANGS = Fate("failed", None, "timeout", f"no answer came: {TOO_LONG}")


def no_answer(why: str) -> Fate:
    return Fate("failed", None, "no_answer", f"no answer came: {why}")


def not_reached(why: str) -> Fate:
    return Fate("failed", None, "not_reached", f"nothing was sent: {why}")


def says(status: int, more: bytes = b"") -> Talk:
    return after_reading(f"HTTP/1.1 {status} X\r\n".encode() + more + EMPTY)


def bomb() -> bytes:
    head = f"Content-Encoding: gzip\r\nContent-Length: {len(BOMB)}\r\n\r\n"
    return OK + HTML + head.encode() + BOMB


SLOW: Mapping[str, tuple[Talk, Fate]] = {
    "hangs": (say_nothing, HANGS),
    "drips": (drip(OK + b"X-Drip: " + b"x" * 1000), HANGS),
    "drips a body": (drip(OK + b"Content-Length: 1000\r\n\r\n" + b"x" * 1000), HANGS),
}
TAKES_ITS_TIME = drip(OK + EMPTY)
"""Some two seconds for each event."""
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </hint>\r\n\r\n"
QUICK: Mapping[str, tuple[Talk, Fate]] = {
    "fails": (says(500), Fate("failed", 500, "status", "it answered 500")),
    "slows down": (
        says(429, f"Retry-After: {LONG_AGO}\r\n".encode()),
        Fate("failed", 429, "slow_down", "it answered 429: it has too much to do"),
    ),
    "is gone": (says(410), Fate("failed", 410, "gone", "it answered 410: it wants no more")),
    "answers forever": (endless(OK + b"\r\n", b"x" * 65536), TAKEN),
    "fails forever": (
        endless(b"HTTP/1.1 500 X\r\n\r\n", b"x" * 65536),
        Fate("failed", 500, "status", "it answered 500"),
    ),
    "greets forever": (endless(OK, b"X-More: and more\r\n" * 4096), no_answer(NO_HTTP)),
    "speaks on forever": (endless(OK + b"X-Long: ", b"x" * 65536), no_answer(NO_HTTP)),
    "hints forever": (endless(b"", HINTS * 1000), no_answer(NO_HTTP)),
    "bombs": (after_reading(bomb()), TAKEN),
    "cuts off": (
        after_reading(OK + b"Content-Length: 9\r\n\r\nab", then_hang=False),
        no_answer(NO_HTTP),
    ),
    "hangs up": (after_reading(b"", then_hang=False), no_answer("it hung up")),
    "speaks no HTTP": (after_reading(b"SSH-2.0-OpenSSH_9.9\r\n"), no_answer(NO_HTTP)),
}


@dataclass(frozen=True, slots=True)
class Hostile:
    hook: Hook
    fate: Fate
    listener: Listener | None = None


Add = Callable[[str, Fate, Listener | None, str], None]


@contextmanager
def hostile(channel: HostedChannel, untrusted: ssl.SSLContext) -> Iterator[dict[str, Hostile]]:
    """One of each at a channel; ``other`` is where the one that redirects leads to."""
    found: dict[str, Hostile] = {}

    def add(name: str, fate: Fate, listener: Listener | None = None, url: str = "") -> None:
        hook = channel.add(url or f"http://127.0.0.1:{listener.port if listener else 0}/")
        hook.was_verified()
        found[name] = Hostile(hook, fate, listener)

    with ExitStack() as stack:

        def listen(talk: Talk, **options: Any) -> Listener:
            return stack.enter_context(listening(talk, **options))

        for name, (talk, fate) in {**SLOW, **QUICK}.items():
            add(name, fate, listen(talk))
        other = listen(says(200))
        elsewhere = f"Location: http://127.0.0.1:{other.port}/\r\n".encode()
        why = "it answered 301: it leads elsewhere, which is not followed"
        add("redirects", Fate("failed", 301, "redirect", why), listen(says(301, elsewhere)))
        found["other"] = Hostile(found["redirects"].hook, TAKEN, other)
        plain, secret = listen(says(200)), listen(says(200), context=untrusted)
        url = "https://127.0.0.1:{}/"
        add("speaks no TLS", not_reached("TLS did not come about"), plain, url.format(plain.port))
        why = "its certificate is not to be trusted"
        add("is not trusted", not_reached(why), secret, url.format(secret.port))
        port = stack.enter_context(deaf())
        why = f"nothing was sent: {TOO_LONG}"
        add("is deaf", Fate("failed", None, "timeout", why), None, f"http://127.0.0.1:{port}/")
        yield found
