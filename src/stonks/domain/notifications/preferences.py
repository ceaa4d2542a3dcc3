"""What people are told by which way, as long as they say nothing else."""

from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import IN_APP, PUSH

ALWAYS = frozenset({IN_APP, PUSH})
"""Ways that cost people nothing to pass over."""
SELDOM = frozenset({NoticeKind.STREAM_STARTED, NoticeKind.WEBHOOK_DISABLED})
"""What is worth a letter, or whatever else comes from outside."""

BY_LETTER_TOO = frozenset({NoticeKind.WEBHOOK_DISABLED})
"""What somebody must not miss: it is mailed also to who is shown it, or has it on a device."""


def is_wanted_by_default(kind: NoticeKind, way: str) -> bool:
    """Whether people are told of it by this way, which may be one that a team added."""
    return way in ALWAYS or kind in SELDOM
