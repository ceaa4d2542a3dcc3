"""How the routes of other issuers refuse, for the document."""

from stonks.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Limited,
    NotFound,
    Unauthenticated,
    Unavailable,
)

_A_PATH = "takes a path of this site, such as /channels"

BAD_NEXT = Invalid("next_malformed", f"next {_A_PATH}", errors={"next": [_A_PATH]})
UNKNOWN_PROVIDER = NotFound("unknown_provider", "nobody can sign in by this provider here")
PROVIDER_AWAY = Unavailable("provider_unavailable", "Google does not answer; try again later")
STATE = Unauthenticated(
    "state_invalid", "this did not begin here, is over, or took too long; start again"
)
CANCELLED = Unauthenticated("sign_in_cancelled", "you did not sign in there; start again")
NOT_PROVED = Unauthenticated("sign_in_refused", "this could not be proved; start again")
LEFT = Unauthenticated("bad_credentials", "the login or the password is wrong")
UNVERIFIED = Forbidden(
    "email_unverified", "verify your e-mail address there first, or sign up with a password"
)
LINK_FIRST = Conflict(
    "email_taken_link_first",
    "this address has an account already: sign in as before, and link this one to it",
)
IDENTITY_TAKEN = Conflict("identity_taken", "this identity is linked to another account")
UNKNOWN_IDENTITY = NotFound("unknown_identity", "no such identity is linked to this account")
LAST_WAY_IN = Conflict("last_way_in", "nothing else would let you in; add that first")
CODE = Unauthenticated("code_invalid", "this code is unknown, used, or too old; start again")
NO_USERNAME = Unavailable("busy", "no username was free; try again")
TOO_OFTEN = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=60,
    limit="external-starts",
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
