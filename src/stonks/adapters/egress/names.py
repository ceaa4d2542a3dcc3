"""What hosts resolve to."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from threading import BoundedSemaphore, Thread
from time import monotonic

from stonks.adapters.egress.addresses import Address

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a host, the best first; ``OSError`` where it has none, or nobody can know."""
SECONDS_KEPT = 30.0
MOST_KEPT = 1024
MOST_ASKED = 256
"""At a time, those included that were left because they hang."""
UNKNOWN = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class NameUnknown(OSError):
    """It surely has no address now."""


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
        self._places = BoundedSemaphore(MOST_ASKED)
        self._kept: dict[str, tuple[float, tuple[Address, ...]]] = {}

    def addresses(self, host: str, seconds: float) -> tuple[Address, ...]:
        """Raises ``NameUnknown``, and ``OSError`` where nobody could know within ``seconds``."""
        kept = self._kept.get(host)
        if kept is not None and self._clock() - kept[0] < self._seconds_kept:
            return kept[1]
        found = tuple(ip_address(each) for each in dict.fromkeys(self._ask(host, seconds)))
        if not found:
            raise NameUnknown("no address")
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[host] = (self._clock(), found)
        return found

    def _ask(self, host: str, seconds: float) -> Sequence[str]:
        answer: Future[Sequence[str]] = Future()
        end = monotonic() + seconds

        def ask() -> None:
            try:
                answer.set_result(self._resolve(host))
            except (OSError, ValueError) as error:
                answer.set_exception(_told(error))
            finally:
                self._places.release()

        if not self._places.acquire(timeout=max(0.0, seconds)):
            raise TimeoutError("too many names are being asked for")
        Thread(target=ask, daemon=True).start()
        return answer.result(max(0.0, end - monotonic()))


def _told(error: OSError | ValueError) -> OSError:
    """What is no name at all has no address, and neither has one that the resolver denies."""
    is_unknown = isinstance(error, ValueError) or error.errno in UNKNOWN
    return NameUnknown(str(error)) if is_unknown else OSError(str(error))
