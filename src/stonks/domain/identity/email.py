"""The address to which mail goes."""

import re

from stonks.domain.errors import Invalid

LONGEST_EMAIL = 254  # RFC 5321 4.5.3.1.3 less the angle brackets (RFC 3696 erratum 1690)
LONGEST_LOCAL_PART = 64
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322 3.2.3
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = rf"({_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+(?!\d+$){_LABEL}"


def check_email(email: str) -> str:
    """The address without the blanks around it, or ``Invalid``.

    A dotted name at a dotted domain, both ASCII: neither quoted names, comments nor address
    literals. A domain in another script is written as its A-label (``xn--…``), so that folding
    case means the same here and in every database.
    """
    address = email.strip(" ")
    match = re.fullmatch(EMAIL, address, re.ASCII) if len(address) <= LONGEST_EMAIL else None
    if match is None or len(match[1]) > LONGEST_LOCAL_PART:
        reason = "is not an e-mail address"
        raise Invalid("email_malformed", f"email {reason}", errors={"email": [reason]})
    return address
