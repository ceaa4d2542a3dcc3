"""How the routes of second factors refuse, for the document."""

from stonks.domain.errors import Conflict, Forbidden, Invalid, Limited, Unauthenticated, Unavailable

WRONG_CODE = Unauthenticated("wrong_code", "this code is wrong, too old or used")
MFA_TOKEN_INVALID = Unauthenticated(
    "mfa_token_invalid", "this login is unknown, used or too old; log in"
)
NOT_CONFIRMED = Invalid(
    "wrong_code",
    "code is not what the app shows now",
    errors={"code": ["is not what the app shows now"]},
)
NOT_STARTED = Conflict("totp_not_started", "ask for a new secret first")
FACTOR_OFF = Conflict("second_factor_off", "turn a second factor on first")
ONE_PROOF = Invalid(
    "one_proof",
    "send either password or code",
    errors={name: ["send either this or the other"] for name in ("password", "code")},
)
PROOF_WRONG = Forbidden("proof_wrong", "the password or the code is wrong")
FACTOR_REQUIRED = Forbidden("second_factor_required", "prove it by your second factor")
SIGN_IN_AGAIN = Conflict("sign_in_again", "you have neither password nor code: sign in again")
TOO_MANY_PROOFS = Limited(
    "too_many_attempts",
    "too many attempts; try again later",
    retry_after=600,
    limit="proofs-of-account",
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
NO_KEY = Unavailable(
    "sealing_key_missing",
    "the secret that this takes cannot be read now; use another way, or make a new secret",
    retry_after=60,
)
