"""Servers that hold one room and keep nothing: the limits and the peers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rig.build import compiled, node_peer, python_peer
from rig.load import Dialect
from rig.machine import SERVER
from rig.processes import Program, Tree, free_port


class Server(Protocol):
    """Something that fans out, while it runs."""

    @property
    def name(self) -> str: ...

    @property
    def port(self) -> int: ...

    @property
    def dialect(self) -> Dialect: ...

    @property
    def tree(self) -> Tree:
        """The processes that fan out; not the stores behind them."""

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that is one program."""

    name: str
    dialect: Dialect
    program: Program

    @property
    def port(self) -> int:
        return self.program.port

    @property
    def tree(self) -> Tree:
        return self.program.tree

    def stop(self) -> None:
        self.program.stop()


SOCKET_IO = Dialect(
    path="/socket.io/?EIO=4&transport=websocket",
    receiver=("wait:0{", "say:40", "wait:40{"),
    sender=("wait:0{", "say:40", "wait:40{"),
    message='42["message","{text}"]',
    beat=("2", "3"),
)

LIMIT = "C epoll, one write a receiver"
JOINING = "C epoll, joined writes"
STONKS = "**Stonks**, stored"
NODE_SOCKET_IO = "Node socket.io"
FLASK_SOCKET_IO = "Flask-SocketIO on gevent"

Command = Callable[[int], list[str]]

COMMANDS: dict[str, tuple[Dialect, Command]] = {
    LIMIT: (Dialect(), lambda port: [str(compiled("limit")), str(port)]),
    JOINING: (Dialect(), lambda port: [str(compiled("limit")), str(port), "join"]),
    "Node ws": (Dialect(), lambda port: [*node_peer("ws"), str(port)]),
    "Python websockets": (Dialect(), lambda port: [*python_peer("websockets"), str(port)]),
    NODE_SOCKET_IO: (SOCKET_IO, lambda port: [*node_peer("socketio"), str(port)]),
    FLASK_SOCKET_IO: (SOCKET_IO, lambda port: [*python_peer("flask_socketio"), str(port)]),
}


def start_peer(name: str, folder: Path) -> Peer:
    """Build what it needs and start it; raises ``Missing`` where that cannot be."""
    dialect, command = COMMANDS[name]
    port = free_port()
    log = folder / f"{name.replace(' ', '-').replace(',', '')}.log"
    return Peer(name, dialect, Program.start(command(port), port=port, cores=SERVER, log=log))
