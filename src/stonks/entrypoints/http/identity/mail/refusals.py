"""How routes of mail refuse, for the document."""

from stonks.domain.errors import Conflict, Invalid, Limited, Unavailable

_LATER = "too many attempts; try again later"

BAD_LINK = Invalid("link_invalid", "this link is unknown, used or too old; ask for another")
TAKEN_MEANWHILE = Conflict("email_taken", "this e-mail address has an account already")
TOO_MANY_MAILS = Limited("too_many_attempts", _LATER, retry_after=600, limit="mails-from-address")
TOO_MANY_MAILS_OF_ACCOUNT = Limited(
    "too_many_attempts", _LATER, retry_after=600, limit="mails-of-account"
)
TOO_MANY_LINKS = Limited("too_many_attempts", _LATER, retry_after=600, limit="links-from-address")
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment", retry_after=2)
