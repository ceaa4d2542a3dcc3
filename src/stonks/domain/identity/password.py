"""What makes a password good enough (NIST SP 800-63B, 3.1.1)."""

import unicodedata
from collections.abc import Callable, Iterable

from stonks.domain.errors import Invalid

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256
FEWEST_DIFFERENT = 4
SHORTEST_CONTEXT_WORD = 3


def normal_password(password: str) -> str:
    """The password in NFKC, so that every keyboard types the same one; ``Invalid`` if unusable.

    Lone surrogates and more than 256 characters are unusable, also where somebody logs in.
    """
    if len(password) > LONGEST_PASSWORD:
        raise _refuse("password_too_long", f"takes at most {LONGEST_PASSWORD} characters")
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise _refuse("password_malformed", "contains what is no character")
    return unicodedata.normalize("NFKC", password)


def new_password(password: str, *, context: Iterable[str], is_common: Callable[[str], bool]) -> str:
    """A password that may be chosen, in NFKC; ``Invalid`` for one that is easily guessed.

    ``context`` are words that belong to the person or to Stonks: what is left of the password
    once they are taken away must itself be a password.
    """
    password = normal_password(password)
    if len(password) < SHORTEST_PASSWORD:
        raise _refuse("password_too_short", f"takes at least {SHORTEST_PASSWORD} characters")
    folded = password.casefold()
    if len(set(folded)) < FEWEST_DIFFERENT or is_common(folded):
        raise _refuse("password_too_common", "is among the first that anybody would guess")
    rest = _without(folded, context)
    if rest != folded and (len(rest) < SHORTEST_PASSWORD or is_common(rest)):
        raise _refuse("password_too_personal", "is made of names that others know")
    return password


def context_words(*, full_name: str, username: str, email: str) -> list[str]:
    """What others know of a person, and the name of this place, longest first."""
    local = email.partition("@")[0]
    names = [full_name.replace(" ", ""), *full_name.split(), username, email, local, "stonks"]
    words = {name.casefold() for name in names if len(name) >= SHORTEST_CONTEXT_WORD}
    return sorted(words, key=len, reverse=True)


def _without(folded: str, words: Iterable[str]) -> str:
    rest = folded
    for word in words:
        rest = rest.replace(word, "")
    return rest if rest == folded else "".join(filter(str.isalnum, rest))


def _refuse(code: str, reason: str) -> Invalid:
    return Invalid(code, f"password {reason}", errors={"password": [reason]})
