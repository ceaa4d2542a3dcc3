"""Argon2id."""

from secrets import token_urlsafe

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers import HasherProtocol
from pwdlib.hashers.argon2 import Argon2Hasher

from stonks.adapters.passwords.turns import Turns
from stonks.application.identity.ports import Match


def argon2id() -> Argon2Hasher:
    """19 MiB, 2 passes, 1 lane: what OWASP's Password Storage Cheat Sheet asks for at least."""
    return Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


class PwdlibPasswords:
    """``Passwords`` by pwdlib; a hash made with other parameters is renewed where it matches."""

    def __init__(self, hasher: HasherProtocol, turns: Turns) -> None:
        self._hasher = PasswordHash([hasher])
        self._turns = turns
        self._nobody = self._hasher.hash(token_urlsafe(32))

    def hash(self, password: str) -> str:
        return self._turns(self._hasher.hash, password)

    def match(self, password: str, hashed: str | None) -> Match:
        return self._turns(self._match, password, hashed)

    def _match(self, password: str, hashed: str | None) -> Match:
        try:
            is_right, renewed = self._hasher.verify_and_update(password, hashed or self._nobody)
        except UnknownHashError:
            return Match(is_right=False)
        return Match(is_right=is_right and hashed is not None, renewed=renewed)
