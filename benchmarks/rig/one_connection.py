"""What one keep-alive connection can do at all: POST after POST, of bodies that are there."""

import socket
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection

from rig.machine import SERVER, pinned
from rig.processes import Failed
from rig.receiver import Receiver

HEADERS = {
    "Content-Type": "application/json",
    "webhook-id": "evt_0193a6f47c1e7d3a9b1c2f5e8a7d6c01_42",
    "webhook-timestamp": "1764354600",
    "webhook-signature": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
}
"""As long as those of an event; nobody checks them."""


def by_socket(receiver: Receiver, bodies: Sequence[bytes]) -> float:
    """Events a second: one ``sendall`` and one ``recv`` each, of requests that are ready."""
    requests = [_request(body, HEADERS) for body in bodies]
    receiver.forget()
    with pinned(SERVER), socket.create_connection(("127.0.0.1", receiver.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            connection.sendall(request)
            if not connection.recv(4096).startswith(b"HTTP/1.1 204"):
                raise Failed("the receiver refused a request")
    return receiver.count().rate


def by_http_client(receiver: Receiver, bodies: Sequence[bytes]) -> float:
    """Events a second with the client of the standard library."""
    receiver.forget()
    with pinned(SERVER):
        connection = HTTPConnection("127.0.0.1", receiver.port)
        for body in bodies:
            connection.request("POST", "/0", body, HEADERS)
            connection.getresponse().read()
        connection.close()
    return receiver.count().rate


def _request(body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = ["POST /0 HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
