"""Which ways people want to be told by, where they said nothing."""

from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import IN_APP, PUSH


def is_wanted_by_default(kind: NoticeKind, way: str) -> bool:
    """In the app and on devices all of it; by mail and elsewhere what cannot wait."""
    return way in (IN_APP, PUSH) or kind is not NoticeKind.NEW_FOLLOWER
