"""Why nothing came back."""

import ssl

from stonks.domain.errors import Invalid, Unavailable


def forbidden(reason: str) -> Invalid:
    return Invalid("egress_forbidden", f"the address {reason}")


def failed(why: str) -> Unavailable:
    """The request surely did not arrive whole."""
    return Unavailable("egress_failed", f"nothing was sent: {why}")


def nowhere(detail: str) -> Unavailable:
    """Its host has no address now: told in the words of one that may not be asked."""
    return Unavailable("egress_nowhere", detail)


def unresolved() -> Unavailable:
    """Whether it may be asked is not known."""
    detail = "where the address leads cannot be told; try again in a moment"
    return Unavailable("egress_unresolved", detail, retry_after=10)


def uncertain(why: str) -> Unavailable:
    """The request left, and nobody knows what became of it."""
    return Unavailable("egress_uncertain", f"no answer came: {why}")


TOO_LONG = "it took too long"
WHY: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, TOO_LONG),
    (ssl.SSLCertVerificationError, "its certificate is not to be trusted"),
    (ssl.SSLError, "TLS did not come about"),
    (ConnectionRefusedError, "it takes no connections"),
    (ConnectionError, "it hung up"),
    (OSError, "there is no way to it"),
)


def told(error: Exception) -> str:
    """In words of ours: what the other end said is shown to nobody."""
    words = (words for kind, words in WHY if isinstance(error, kind))
    return next(words, "it does not answer in HTTP")
