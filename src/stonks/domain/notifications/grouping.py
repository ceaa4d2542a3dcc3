"""Several things that happen soon after each other are told as one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stonks.domain.ids import NoticeId
from stonks.domain.notifications.notice import Notice, NoticeKind

OPEN_FOR = timedelta(hours=24)
"""So long a group takes more, while it is unread."""
COUNTED_FOR = timedelta(days=30)
"""Who was told of once is not news again for so long: following is free, and so is leaving."""
UPDATE_AFTER = timedelta(seconds=5)
"""A group that grows is shown anew at most so often."""
NAMED = 3


def first_follower(notice_id: NoticeId, username: str, at: datetime) -> Notice:
    """A group of one; its subject is the group itself."""
    data = {"count": 1, "followers": [username], "since": _written(at)}
    return Notice(notice_id, NoticeKind.NEW_FOLLOWER, notice_id, at, data=data)


def with_follower(notice: Notice, username: str, at: datetime) -> Notice:
    """The group with one more, who is named first; names go round, the count goes up.

    Each time it is later than before: who was shown less is found to lack it.
    """
    latest = notice.data["followers"]
    names = [username, *(latest if isinstance(latest, list | tuple) else ())][:NAMED]
    count = int(str(notice.data["count"])) + 1
    data = {"count": count, "followers": names, "since": _written(_since(notice))}
    return replace(notice, data=data, at=max(at, notice.at + timedelta.resolution))


def is_open(notice: Notice, *, has_read: bool, at: datetime) -> bool:
    """Whether what happens ``at`` joins this group."""
    return not has_read and at - _since(notice) < OPEN_FOR


def is_news(counted_at: datetime | None, at: datetime) -> bool:
    """Whether somebody who was last counted then is told of again."""
    return counted_at is None or at - counted_at >= COUNTED_FOR


def _since(notice: Notice) -> datetime:
    since = notice.data.get("since")
    return datetime.fromisoformat(since) if isinstance(since, str) else notice.at


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
