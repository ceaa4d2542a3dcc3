"""How the routes of passkeys refuse, for the document."""

from stonks.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Limited,
    NotFound,
    Unauthenticated,
    Unavailable,
)

_NO_PROOF = "this passkey does not prove who you are here"
_TOO_LATE = "this took too long, or was done before; start again"
_UNCHECKED = "your device has to check that it is you: set up a PIN or a fingerprint there"
_READ = "is not what an authenticator answers"

MALFORMED = Invalid("passkey_malformed", f"credential {_READ}", errors={"credential": [_READ]})
BAD_NAME = Invalid(
    "name_too_short", "name takes at least 1 character", errors={"name": ["takes at least 1"]}
)
NOT_MADE_HERE = Invalid("passkey_refused", _NO_PROOF)
TOO_LATE_TO_ADD = Invalid("ceremony_over", _TOO_LATE)
TAKEN = Conflict("passkey_taken", "this passkey belongs to an account already")
TOO_MANY = Conflict("too_many_passkeys", "nobody has more than 20 passkeys; remove one first")
UNKNOWN = NotFound("unknown_passkey", "you have no such passkey")
LAST_WAY_IN = Conflict("last_way_in", "nothing else would let you in; add that first")
NONE = Conflict("no_passkeys", "none of your passkeys is a second factor")
NONE_AT_ALL = Conflict("no_passkeys", "you have no passkey")

NOT_PROVED = Unauthenticated("passkey_refused", _NO_PROOF)
TOO_LATE = Unauthenticated("ceremony_over", _TOO_LATE)
UNCHECKED = Unauthenticated("verification_required", _UNCHECKED)
HALF_OVER = Unauthenticated("mfa_token_invalid", "this login is unknown, used or too old; log in")

NOT_PROVED_AGAIN = Forbidden("passkey_refused", _NO_PROOF)
TOO_LATE_AGAIN = Forbidden("ceremony_over", _TOO_LATE)
UNCHECKED_AGAIN = Forbidden("verification_required", _UNCHECKED)

TOO_OFTEN = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=60,
    limit="passkeys-shown-by-address",
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
