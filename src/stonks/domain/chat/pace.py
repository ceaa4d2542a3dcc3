"""How fast a person may write in a room."""

from datetime import timedelta

from stonks.domain.chat.role import Role
from stonks.domain.errors import Limited

WINDOW = timedelta(seconds=30)
MEMBERS_MOST = 20
MODERATORS_MOST = 100


def most_in_a_window(role: Role, scale: float = 1) -> int:
    """Messages in any 30 s: 20 for a member, 100 for who moderates, times ``scale``."""
    return max(1, int((MODERATORS_MOST if role.moderates else MEMBERS_MOST) * scale))


def slow_down(wait: timedelta) -> Limited:
    return Limited("slow_down", "you are writing too fast", retry_after=wait.total_seconds())


def repeated(wait: timedelta) -> Limited:
    detail = "you have just written the same"
    return Limited("repeated", detail, retry_after=wait.total_seconds())
