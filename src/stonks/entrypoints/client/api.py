"""HTTP as the terminal client and the demo need it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import msgspec

BASE = "/api/v1"
PATIENCE = 15  # seconds
LARGEST_PROBLEM = 64 * 1024
_OPENER = build_opener(ProxyHandler({}))


class Refused(Exception):
    """The server answered with a problem; ``code`` is stable."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code

    @property
    def may_pass(self) -> bool:
        """Whether the same request can succeed a little later."""
        return self.status == 429 or self.status >= 500


class Unreachable(Exception):
    """There is no server, or it went away before it answered."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API of the Stonks at ``url``. Raises ``Refused`` and ``Unreachable``."""

    url: str

    @property
    def sockets(self) -> str:
        """Where its sockets are."""
        return self.url.replace("http", "ws", 1)

    def get(self, path: str, *, token: str | None = None) -> Any:
        return self._ask(Request(self.url + BASE + path), token)  # noqa: S310 - see checked_url

    def post(self, path: str, body: Mapping[str, object], *, token: str | None = None) -> Any:
        request = Request(self.url + BASE + path, msgspec.json.encode(body))  # noqa: S310
        request.add_header("Content-Type", "application/json")
        return self._ask(request, token)

    def _ask(self, request: Request, token: str | None) -> Any:
        if token is not None:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with _OPENER.open(request, timeout=PATIENCE) as answer:
                return msgspec.json.decode(answer.read() or b"null")
        except HTTPError as error:
            raise refused(error.code, _body(error)) from None
        except (OSError, HTTPException, msgspec.DecodeError) as error:
            raise Unreachable(f"no Stonks answers at {self.url}") from error


def _body(error: HTTPError) -> bytes:
    with error, suppress(OSError, HTTPException):
        return error.read(LARGEST_PROBLEM)
    return b""


def refused(status: int, body: bytes) -> Refused:
    """What a problem says; proxies in between may say something else."""
    try:
        problem = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        problem = {}
    return Refused(
        status,
        str(problem.get("code", "unknown")),
        str(problem.get("detail", f"the server answered {status}")),
    )
