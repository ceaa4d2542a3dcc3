"""That somebody follows somebody."""

from dataclasses import dataclass
from datetime import datetime

from stonks.domain.errors import Forbidden
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.events import Followed


@dataclass(slots=True)
class Follow:
    """``follower_id`` follows ``followed_id``, and has done so ``since``."""

    follower_id: ProfileId
    followed_id: ProfileId
    bell: Bell
    since: datetime


def follow(
    follower_id: ProfileId, followed_id: ProfileId, *, bell: Bell, at: datetime
) -> tuple[Follow, Followed]:
    """Raises ``Forbidden`` (``not_yourself``)."""
    if follower_id == followed_id:
        raise Forbidden("not_yourself", "nobody follows themselves")
    return Follow(follower_id, followed_id, bell, at), Followed(follower_id, followed_id, at)
