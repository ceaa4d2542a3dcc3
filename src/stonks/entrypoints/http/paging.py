"""Lists a page at a time, each page with an opaque way to the next."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from stonks.domain.errors import Invalid

Item = TypeVar("Item")
Id = TypeVar("Id")


def page_of(
    items: Sequence[Item],
    limit: int,
    *,
    key: Callable[[Item], str],
    present: Callable[[Item], object],
) -> dict[str, object]:
    """The answer for ``items``, of which one more than ``limit`` was asked for."""
    shown = items[:limit]
    following = cursor(key(shown[-1])) if len(items) > limit else None
    return {"items": [present(item) for item in shown], "nextCursor": following}


def cursor(key: str) -> str:
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def key_of(text: str) -> str:
    """The key in a cursor; raises ``Invalid`` (``bad_cursor``)."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return urlsafe_b64decode(padded).decode()
    except (NoBase64, ValueError):
        raise bad_cursor() from None


def id_of(text: str | None, kind: Callable[[UUID], Id]) -> Id | None:
    """The id in a cursor, if there is a cursor; raises ``Invalid`` (``bad_cursor``)."""
    if text is None:
        return None
    try:
        return kind(UUID(hex=key_of(text)))
    except ValueError:
        raise bad_cursor() from None


def bad_cursor() -> Invalid:
    reason = "is no cursor that a page gave"
    return Invalid("bad_cursor", f"cursor {reason}", errors={"cursor": [reason]})
