"""What sending requests to foreign places needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: at most as many bytes of the body as were asked for, as they came."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = field(repr=False)


class Egress(Protocol):
    """Requests to addresses that somebody else chose: no way into our own network.

    A host is resolved once, each of its addresses is checked, and the checked one is connected
    to. No redirect is followed and no proxy asked. Safe to be called by several threads.
    """

    def check(self, url: str) -> None:
        """Raise ``Invalid`` (``egress_forbidden``) for a URL that may not be asked.

        That is one that is no https URL, or whose host is, or resolves to, a forbidden address, or
        to none: in the same words, so that nobody learns which names there are inside. Raises
        ``Unavailable`` (``egress_unresolved``) where the resolver does not answer.
        """

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        """Ask once; ``seconds`` is for all of it, ``largest`` for the bytes that are read.

        Whatever is answered is answered: redirects and errors, too. Raises ``Invalid``
        (``egress_forbidden``) as ``check`` does, and ``Unavailable`` where no answer came:
        ``egress_uncertain`` if the request may have arrived whole; ``egress_failed`` if it surely
        did not, and ``egress_nowhere`` if its host has no address, which is told in the words of
        a forbidden one. ``ValueError`` for a header that cannot be sent.
        """
