"""Recovery codes from the operating system's randomness."""

from collections.abc import Sequence
from secrets import choice

from stonks.domain.identity.recovery_code import ALPHABET, LENGTH, RECOVERY_CODES, written


def new_recovery_codes() -> Sequence[str]:
    """``NewRecoveryCodes``: ten of 75 bits each."""
    return [
        written("".join(choice(ALPHABET) for _ in range(LENGTH))) for _ in range(RECOVERY_CODES)
    ]
