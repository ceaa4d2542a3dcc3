"""The handful of ways in which a request can be refused.

Each raise carries a stable snake_case ``code`` for programs and a ``detail`` for people.
Entrypoints map the kinds once: HTTP to RFC 9457 problem details, sockets to an ``error`` frame.
"""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """A request that changes nothing and is answered with the reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Invalid(Refusal):
    """The request itself is wrong; sending it again cannot succeed."""

    def __init__(
        self, code: str, detail: str, *, errors: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(code, detail)
        self.errors = errors or {}


class Unauthenticated(Refusal):
    """Nobody, or nobody that can be believed, is signed in."""


class Forbidden(Refusal):
    """The person is known and may not do this."""


class NotFound(Refusal):
    """There is no such thing, or none that this person may know of."""


class Conflict(Refusal):
    """It contradicts what is already there."""


class Limited(Refusal):
    """Too much, too fast. ``retry_after`` is in seconds; ``limit`` names a limit that is public."""

    def __init__(
        self, code: str, detail: str, *, retry_after: float, limit: str | None = None
    ) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after
        self.limit = limit


class Unavailable(Refusal):
    """Stonks cannot do it now, through no fault of the request. ``retry_after`` is in seconds."""

    def __init__(self, code: str, detail: str, *, retry_after: float = 1.0) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after
