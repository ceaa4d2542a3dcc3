"""Names for somebody who comes with a name from elsewhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from stonks.domain.errors import Invalid
from stonks.domain.identity.profile import LONGEST_FULL_NAME, check_full_name
from stonks.domain.identity.username import check_username

ROOM_FOR_A_NUMBER = 5
FALLBACK = "member"
_NOT_IN_A_NAME = re.compile("[^a-z0-9_.-]+")


def suggested_username(names: Iterable[str | None]) -> str:
    """The first that can be made a username, with room left for a number behind it.

    An address is never taken: a username is public, and the address is not.
    """
    for name in names:
        if name and "@" not in name and (found := _usable(name)):
            return found
    return FALLBACK


def numbered(username: str, numbers: Iterable[int]) -> Iterator[str]:
    """The name itself, then with each number (below 10⁵) behind it."""
    yield from filter(_is_allowed, [username])
    yield from (f"{username}{number}" for number in numbers)


def suggested_full_name(names: Iterable[str | None]) -> str:
    """The first that can be shown."""
    for name in names:
        if name:
            try:
                return check_full_name(name[:LONGEST_FULL_NAME])
            except Invalid:
                continue
    return FALLBACK.capitalize()


def _usable(name: str) -> str | None:
    plain = unicodedata.normalize("NFKD", name[: 4 * 30]).encode("ascii", "ignore").decode()
    short = _NOT_IN_A_NAME.sub(".", plain.lower()).strip("._-")[: 30 - ROOM_FOR_A_NUMBER]
    short = short.rstrip("._-")
    return short if len(short) >= 3 else None


def _is_allowed(username: str) -> bool:
    try:
        return bool(check_username(username))
    except Invalid:
        return False
