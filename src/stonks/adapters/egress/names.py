"""What hosts resolve to."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from threading import Thread
from time import monotonic

from stonks.adapters.egress.addresses import Address

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a host, the best first; ``OSError`` where it has none."""
SECONDS_KEPT = 30.0
MOST_KEPT = 1024


def resolved_by_system(host: str) -> Sequence[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


class Names:
    """Addresses of hosts, kept for a moment, since many requests go to few hosts.

    A resolver knows no deadline; so it is asked in a thread of its own, and left when it hangs.
    """

    def __init__(
        self,
        resolve: Resolve = resolved_by_system,
        seconds_kept: float = SECONDS_KEPT,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._resolve, self._seconds_kept, self._clock = resolve, seconds_kept, clock
        self._kept: dict[str, tuple[float, tuple[Address, ...]]] = {}

    def addresses(self, host: str, seconds: float) -> tuple[Address, ...]:
        """Raises ``OSError`` where there are none, or none within ``seconds``."""
        kept = self._kept.get(host)
        if kept is not None and self._clock() - kept[0] < self._seconds_kept:
            return kept[1]
        found = tuple(ip_address(each) for each in dict.fromkeys(self._ask(host, seconds)))
        if not found:
            raise OSError("no address")
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[host] = (self._clock(), found)
        return found

    def _ask(self, host: str, seconds: float) -> Sequence[str]:
        answer: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._resolve(host))
            except (OSError, ValueError) as error:
                answer.set_exception(OSError(str(error)))

        Thread(target=ask, daemon=True).start()
        return answer.result(max(0.0, seconds))
