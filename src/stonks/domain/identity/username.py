"""The name by which a person is called."""

import re

from stonks.domain.errors import Invalid

USERNAME = r"[a-zA-Z0-9_.-]{3,30}"
RESERVED_USERNAMES = frozenset(
    """
    abuse admin administrator all anonymous api billing channel channels everyone help here
    host hostmaster info live login logout me mod moderator noreply no-reply null official
    owner postmaster profile profiles root security settings signup staff stonks superadmin
    support system team undefined webmaster
    """.split()  # noqa: SIM905 -- as a list it would fill a page
)


def is_username(username: str) -> bool:
    """Whether somebody could have this name."""
    return re.fullmatch(USERNAME, username, re.ASCII) is not None


def check_username(username: str) -> str:
    """The name itself: 3-30 of ``a-z A-Z 0-9 _ . -``, none reserved; or ``Invalid``.

    ASCII alone, so that no look-alike can stand for another name.
    """
    if not is_username(username):
        raise _refuse("username_malformed", "takes 3 to 30 letters, digits, '_', '.' and '-'")
    if username.lower() in RESERVED_USERNAMES:
        raise _refuse("username_reserved", "is reserved")
    return username


def _refuse(code: str, reason: str) -> Invalid:
    return Invalid(code, f"username {reason}", errors={"username": [reason]})
