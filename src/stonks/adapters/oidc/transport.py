"""Requests to an issuer, which is not trusted to be quick, small, or where it says."""

import socket
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BytesIO
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.exceptions import ConnectionError as Unreachable
from requests.structures import CaseInsensitiveDict

from stonks.adapters.fuse import Fuse
from stonks.adapters.oidc.addresses import is_safe
from stonks.adapters.trust import public_trust

SECONDS = 5.0
LARGEST = 256 * 1024


class CautiousTransport(BaseAdapter):
    """One connection a request, within ``seconds`` from first to last, of at most ``largest``
    bytes as they come: no redirects, no proxies, and nothing that must be unpacked.

    Raises ``requests.exceptions.ConnectionError`` for whatever else comes.
    """

    def __init__(self, seconds: float = SECONDS, largest: int = LARGEST) -> None:
        super().__init__()
        self._seconds, self._largest = seconds, largest
        self._context = public_trust()

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        if not is_safe(request.url):
            raise Unreachable("neither https nor loopback", request=request)
        try:
            return self._answer(request)
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(str(error), request=request) from error

    def close(self) -> None:
        """Nothing is kept open."""

    def _answer(self, request: PreparedRequest) -> Response:
        url = urlsplit(str(request.url))
        is_tls = url.scheme == "https"
        host, port = str(url.hostname), url.port or (443 if is_tls else 80)
        end = monotonic() + self._seconds
        with socket.create_connection((host, port), self._seconds) as plain:
            plain.settimeout(max(0.001, end - monotonic()))
            with Fuse(plain, end - monotonic()) as fuse:
                if is_tls:
                    with self._context.wrap_socket(plain, server_hostname=host) as secret:
                        answer = self._ask(request, HTTPSConnection(host, port), secret)
                else:
                    answer = self._ask(request, HTTPConnection(host, port), plain)
                if fuse.has_blown:
                    raise TimeoutError("it took too long")
                return answer

    def _ask(
        self, request: PreparedRequest, connection: HTTPConnection, sock: socket.socket
    ) -> Response:
        connection.sock = sock
        headers = {**request.headers, "Accept-Encoding": "identity", "Connection": "close"}
        connection.request(str(request.method), request.path_url, request.body, headers)
        with connection.getresponse() as raw:
            return self._read(request, raw)

    def _read(self, request: PreparedRequest, raw: HTTPResponse) -> Response:
        if 300 <= raw.status < 400:
            raise HTTPException("it points elsewhere")
        if raw.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise HTTPException("its answer is packed")
        body = raw.read(self._largest + 1)
        if len(body) > self._largest:
            raise HTTPException("its answer is too large")
        return _response(request, raw, body)


def _response(request: PreparedRequest, raw: HTTPResponse, body: bytes) -> Response:
    response: Any = Response()
    response.status_code, response.reason = raw.status, raw.reason
    response.headers = CaseInsensitiveDict(raw.getheaders())
    response.url, response.request, response.encoding = request.url, request, "utf-8"
    response.raw, response._content = BytesIO(body), body
    answered: Response = response
    return answered
