"""What every ``Passwords`` and every ``CommonPasswords`` promise."""

import pytest

from stonks.application.identity.ports import CommonPasswords, Passwords
from stonks.domain.errors import Unavailable

STRONG = "seven lanterns over the harbour"


class PasswordsContract:
    """Inherited with fixtures ``passwords``, and ``busy``, for which too many wait already."""

    def test_only_the_right_password_matches(self, passwords: Passwords) -> None:
        hashed = passwords.hash(STRONG)
        assert passwords.match(STRONG, hashed).is_right
        assert passwords.match(STRONG, hashed).renewed is None
        assert not passwords.match(STRONG + "x", hashed).is_right
        assert not passwords.match("", hashed).is_right

    def test_a_hash_is_salted_and_hides_the_password(self, passwords: Passwords) -> None:
        assert passwords.hash(STRONG) != passwords.hash(STRONG)
        assert STRONG not in passwords.hash(STRONG)

    def test_passwords_differ_beyond_72_bytes(self, passwords: Passwords) -> None:
        assert not passwords.match("a" * 100 + "b", passwords.hash("a" * 100 + "c")).is_right

    @pytest.mark.parametrize("hashed", [None, "", "no hash", "$argon2id$broken", "plain"])
    def test_nothing_matches_without_a_hash(self, passwords: Passwords, hashed: str | None) -> None:
        assert not passwords.match(STRONG, hashed).is_right
        assert not passwords.match(hashed or "", hashed).is_right

    def test_both_are_refused_where_too_many_wait(self, busy: Passwords) -> None:
        with pytest.raises(Unavailable):
            busy.hash(STRONG)
        with pytest.raises(Unavailable):
            busy.match(STRONG, None)


class CommonPasswordsContract:
    """Inherited with a fixture ``common``."""

    @pytest.mark.parametrize("password", ["password", "12345678", "qwertyuiop", "iloveyou"])
    def test_the_commonest_are_in_it(self, common: CommonPasswords, password: str) -> None:
        assert password in common

    @pytest.mark.parametrize("other", [STRONG, "PASSWORD", "", None, 12345678])
    def test_nothing_else_is(self, common: CommonPasswords, other: object) -> None:
        assert other not in common
