"""How personal access tokens are spelled, and what may be asked of them."""

import re
from datetime import timedelta
from secrets import token_bytes

import pytest

from stonks.domain.errors import Forbidden, Invalid
from stonks.domain.identity.access_token import (
    MOST_DAYS,
    NEVER,
    check_scopes,
    check_token_name,
    end_of,
    is_well_formed,
    looks_like_a_token,
    spelled,
)
from stonks.domain.identity.scope import Scope, must_cover
from tests.contracts.identity import NOW


@pytest.mark.parametrize(
    "secret", [bytes(32), b"\xff" * 32, token_bytes(32)], ids=["zeros", "ones", "chance"]
)
def test_a_token_is_a_prefix_256_bits_and_a_checksum(secret: bytes) -> None:
    token = spelled(secret)
    assert re.fullmatch(r"stonks_pat_[0-9A-Za-z]{49}", token)
    assert looks_like_a_token(token)
    assert is_well_formed(token)


def test_different_bits_are_different_tokens() -> None:
    assert len({spelled(n.to_bytes(32)) for n in range(100)}) == 100


def test_a_slip_anywhere_is_told_without_asking_the_store() -> None:
    token = spelled(token_bytes(32))
    for position in range(len(token)):
        other = "0" if token[position] != "0" else "1"
        assert not is_well_formed(token[:position] + other + token[position + 1 :])


@pytest.mark.parametrize("other", ["", "stonks_pat_", "stonks_pat_" + "é" * 49, "x" * 10_000])
def test_what_is_no_token_is_not_well_formed(other: str) -> None:
    assert not is_well_formed(other)


def test_scopes_are_a_closed_set() -> None:
    assert check_scopes(["chat:write", "chat:write"]) == {Scope.CHAT_WRITE}
    for wrong in ([], ["*"], ["chat:write", "root"], ["CHAT:WRITE"]):
        with pytest.raises(Invalid) as refusal:
            check_scopes(wrong)
        assert refusal.value.code == "scopes_unknown"


def test_an_end_is_within_a_year_or_never() -> None:
    assert end_of(None, NOW) == NEVER
    assert end_of(1, NOW) == NOW + timedelta(days=1)
    for days in (0, -1, MOST_DAYS + 1):
        with pytest.raises(Invalid) as refusal:
            end_of(days, NOW)
        assert refusal.value.code == "expiry_out_of_range"


def test_a_name_is_one_line_that_can_be_seen() -> None:
    assert check_token_name("  Chat bot ") == "Chat bot"
    for wrong in ("", " ", "a\nb", "x" * 61, "\u202eevil"):
        with pytest.raises(Invalid):
            check_token_name(wrong)


def test_a_token_is_good_for_its_scopes_and_for_nothing_that_has_none() -> None:
    must_cover(None, None)
    must_cover(None, Scope.ADMIN)
    must_cover({Scope.ADMIN}, Scope.ADMIN)
    for needed in (None, *set(Scope) - {Scope.ADMIN}):
        with pytest.raises(Forbidden) as refusal:
            must_cover({Scope.ADMIN}, needed)
        assert refusal.value.code == "scope_missing"
