"""Recovery codes: ten ways in for who has lost the second factor, each used once."""

from hashlib import sha256

from stonks.domain.ids import ProfileId

RECOVERY_CODES = 10
GROUPS, GROUP = 3, 5
LENGTH = GROUPS * GROUP
LONGEST_TYPED = 64
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: 5 bits each, and no i, l, o, u
_MEANT = str.maketrans("ilo", "110")


def written(characters: str) -> str:
    """A code as people see it: 75 bits, ``k7wq3-m9dx2-pt8h4``."""
    return "-".join(characters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def recovery_digest(profile_id: ProfileId, typed: str) -> bytes | None:
    """What is kept of a code, however it was typed; None for what cannot be one.

    SHA-256 is enough, because a code is 75 random bits and not a password: a table of guesses
    is out of reach, and as the person's id is hashed with it, nobody guesses at all people at
    once. Neither is there a key that an operator's rotation would have to keep for ever.
    """
    if len(typed) > LONGEST_TYPED:
        return None
    meant = "".join(filter(str.isalnum, typed.lower())).translate(_MEANT)
    if len(meant) != LENGTH or not set(meant) <= set(ALPHABET):
        return None
    return sha256(b"stonks recovery code\0" + profile_id.bytes + meant.encode()).digest()
