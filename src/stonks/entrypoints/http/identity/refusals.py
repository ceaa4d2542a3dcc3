"""How identity's routes refuse, for the document."""

from stonks.domain.errors import Conflict, Invalid, Limited, NotFound, Unauthenticated, Unavailable


def _field(code: str, field: str, reason: str) -> Invalid:
    return Invalid(code, f"{field} {reason}", errors={field: [reason]})


BAD_USERNAME = _field(
    "username_malformed", "username", "takes 3 to 30 letters, digits, '_', '.' and '-'"
)
RESERVED_USERNAME = _field("username_reserved", "username", "is reserved")
BAD_EMAIL = _field("email_malformed", "email", "is not an e-mail address")
SHORT_PASSWORD = _field("password_too_short", "password", "takes at least 8 characters")
COMMON_PASSWORD = _field(
    "password_too_common", "password", "is among the first that anybody would guess"
)
PERSONAL_PASSWORD = _field("password_too_personal", "password", "is made of names that others know")
USERNAME_TAKEN = Conflict("username_taken", "this username is taken")
EMAIL_TAKEN = Conflict("email_taken", "this e-mail address has an account already")
TOO_MANY_SIGNUPS = Limited(
    "too_many_signups", "too many attempts; try again later", retry_after=600, limit="signups"
)
TOO_MANY_ATTEMPTS = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=60,
    limit="account-and-address",
)
LIMITS_AWAY = Unavailable("limits_unavailable", "try again in a moment", retry_after=2)
BUSY = Unavailable("busy", "too many people are signing in at this moment")
NO_TICKETS = Unavailable("tickets_unavailable", "try again in a moment")
BAD_CREDENTIALS = Unauthenticated("bad_credentials", "the login or the password is wrong")
UNKNOWN_TOKEN = Unauthenticated("refresh_token_invalid", "this refresh token is unknown")
REUSED_TOKEN = Unauthenticated("refresh_token_reused", "this refresh token was used before")
SESSION_ENDED = Unauthenticated("session_ended", "this session is over; log in again")
IN_PROGRESS = Conflict("refresh_in_progress", "another request has just used this token")
UNKNOWN_PROFILE = NotFound("unknown_profile", "nobody has this username")
