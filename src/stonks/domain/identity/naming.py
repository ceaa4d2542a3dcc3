"""A username for somebody who did not choose one."""

import re

from stonks.domain.identity.username import RESERVED_USERNAMES

LONGEST_STEM = 24
FALLBACK = "member"


def stem_of(email: str) -> str:
    """What a name made of this address begins with: 3-24 characters, none reserved."""
    local = email.partition("@")[0].partition("+")[0]
    stem = re.sub(r"[^a-zA-Z0-9_.-]", "", local).strip("._-").lower()[:LONGEST_STEM]
    return FALLBACK if len(stem) < 3 or stem in RESERVED_USERNAMES else stem
