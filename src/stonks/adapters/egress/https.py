"""Requests over TLS to addresses that were checked."""

import ssl
from collections.abc import Mapping
from http.client import HTTPException
from time import monotonic

from stonks.adapters.egress.addresses import Address, Network
from stonks.adapters.egress.connection import Connection
from stonks.adapters.egress.guard import Guard
from stonks.adapters.egress.names import Names
from stonks.adapters.egress.pool import Pool, key_of
from stonks.adapters.egress.refusals import TOO_LONG, failed, told, uncertain
from stonks.adapters.egress.requests import written
from stonks.adapters.egress.urls import Target, read_url
from stonks.adapters.fuse import Fuse
from stonks.adapters.trust import public_trust
from stonks.application.egress.ports import Answer

MOST_ADDRESSES = 4
"""Of a host that are tried, each for its share of the time."""


class HttpsEgress:
    """``Egress`` by HTTP/1.1, on connections that are used again.

    ``allowed`` are networks that may be reached although they are not public, by http, too.
    """

    def __init__(
        self,
        allowed: tuple[Network, ...] = (),
        names: Names | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._guard = Guard(names or Names(), allowed)
        self._context = context or public_trust()
        self._pool = Pool()

    def check(self, url: str) -> None:
        self._guard.check(read_url(url))

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        end = monotonic() + seconds
        target = read_url(url)
        request = written(target, body, headers)
        addresses = self._guard.addresses(target, seconds)[:MOST_ADDRESSES]
        address, connection = self._waiting(target, addresses) or self._opened(
            target, addresses, end
        )
        is_kept = False
        try:
            answer, is_kept = _asked(connection, request, largest, end - monotonic())
        finally:
            if is_kept:
                self._pool.keep(key_of(target, address), connection)
            else:
                connection.close()
        return answer

    def _waiting(
        self, target: Target, addresses: tuple[Address, ...]
    ) -> tuple[Address, Connection] | None:
        for address in addresses:
            if connection := self._pool.take(key_of(target, address)):
                return address, connection
        return None

    def _opened(
        self, target: Target, addresses: tuple[Address, ...], end: float
    ) -> tuple[Address, Connection]:
        why = "there was no time left"
        for tried, address in enumerate(addresses):
            share = (end - monotonic()) / (len(addresses) - tried)
            try:
                return address, Connection(target, address, self._context, share)
            except OSError as error:
                why = told(error)
        raise failed(why)


def _asked(
    connection: Connection, request: bytes, largest: int, seconds: float
) -> tuple[Answer, bool]:
    with Fuse(connection.handle, seconds) as fuse:
        try:
            connection.send(request, seconds)
        except OSError as error:
            raise failed(TOO_LONG if fuse.has_blown else told(error)) from error
        try:
            answer = connection.receive(largest)
        except (OSError, HTTPException, ValueError) as error:
            raise uncertain(TOO_LONG if fuse.has_blown else told(error)) from error
    if fuse.has_blown:
        raise uncertain(TOO_LONG)
    return answer
