"""What happened between people."""

from dataclasses import dataclass
from datetime import datetime

from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class Followed:
    """``follower_id`` follows ``followed_id`` from now on, and did not before."""

    follower_id: ProfileId
    followed_id: ProfileId
    at: datetime
