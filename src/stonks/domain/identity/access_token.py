"""Personal access tokens: what bots and scripts show in place of a password."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase, ascii_uppercase, digits
from zlib import crc32

from stonks.domain.errors import Invalid
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import SessionId
from stonks.domain.text import clean

PREFIX = "stonks_pat_"
MOST_TOKENS = 50
USUAL_DAYS = 90
MOST_DAYS = 366
LONGEST_NAME = 60
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
SHOWN = len(PREFIX) + 4
_DIGITS = digits + ascii_uppercase + ascii_lowercase
_RANDOM, _CHECK = 43, 6


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What is kept of one token: never itself, only its digest and its first characters.

    It has a session of its own (its ``id``), whose end is its end.
    """

    id: SessionId
    name: str
    prefix: str
    digest: bytes
    scopes: frozenset[Scope]


def spelled(secret: bytes) -> str:
    """The token of 256 random bits: a prefix that scanners know, base62, and a checksum."""
    body = PREFIX + _base62(int.from_bytes(secret), _RANDOM)
    return body + _checksum(body)


def looks_like_a_token(text: str) -> bool:
    return text.startswith(PREFIX)


def is_well_formed(token: str) -> bool:
    """Whether it was ever a token of any Stonks; a slip of the pen is told without asking."""
    if len(token) != len(PREFIX) + _RANDOM + _CHECK or not token.isascii():
        return False
    return token.startswith(PREFIX) and _checksum(token[:-_CHECK]) == token[-_CHECK:]


def check_token_name(name: str) -> str:
    """The name to keep, one line of 1-60 characters; or ``Invalid``."""
    return clean(name, field="name", longest=LONGEST_NAME)


def check_scopes(names: Collection[str]) -> frozenset[Scope]:
    """At least one, and each of them known; or ``Invalid`` (``scopes_unknown``)."""
    known = {scope.value for scope in Scope}
    if not names or not set(names) <= known:
        reason = f"takes one or more of {', '.join(sorted(known))}"
        raise Invalid("scopes_unknown", f"scopes {reason}", errors={"scopes": [reason]})
    return frozenset(map(Scope, names))


def end_of(days: int | None, at: datetime) -> datetime:
    """When a token ends that lives for so many days, ``NEVER`` for None; or ``Invalid``."""
    if days is None:
        return NEVER
    if not 1 <= days <= MOST_DAYS:
        reason = f"is a number of days between 1 and {MOST_DAYS}, or null for no end"
        detail = f"expiresInDays {reason}"
        raise Invalid("expiry_out_of_range", detail, errors={"expiresInDays": [reason]})
    return at + timedelta(days=days)


def _checksum(text: str) -> str:
    return _base62(crc32(text.encode()), _CHECK)


def _base62(number: int, length: int) -> str:
    text = ""
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text
