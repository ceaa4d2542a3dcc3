"""Where somebody goes on who has signed in: a page of this site and of no other."""

import re

from stonks.domain.errors import Invalid

LONGEST_NEXT = 1000
NEXT = r"/(?!/)(?:[!$&'()*+,./:;=?@_~A-Za-z0-9-]|%[0-9A-Fa-f]{2})*"


def check_next(path: str) -> str:
    """A path of this site with its query (RFC 3986: 3.3 and 3.4), or ``Invalid``.

    Neither another host (``//…``, ``/\\…``), a scheme, a fragment, nor what a browser drops
    before it reads the rest, such as a tab. An empty segment could become a host where somebody
    joins paths carelessly, so there is none.
    """
    where, _, _ = path.partition("?")
    if len(path) > LONGEST_NEXT or not re.fullmatch(NEXT, path) or "//" in where:
        reason = "takes a path of this site, such as /channels"
        raise Invalid("next_malformed", f"next {reason}", errors={"next": [reason]})
    return path
