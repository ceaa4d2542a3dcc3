"""Recovery codes."""

from itertools import pairwise

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.second_factors import new_recovery_codes
from stonks.domain.identity.recovery_code import ALPHABET, LENGTH, recovery_digest
from stonks.domain.ids import ProfileId

MARA = ProfileId(new_id())
CODE = "k7wq3-m9dx2-pt8h1"


def test_ten_codes_of_75_bits_each() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert len(set(ALPHABET)) ** LENGTH == 2**75
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [5, 5, 5]
        assert set("".join(groups)) <= set(ALPHABET)


def test_every_character_of_the_alphabet_is_drawn() -> None:
    drawn = "".join("".join(new_recovery_codes()) for _ in range(20)).replace("-", "")
    assert set(drawn) == set(ALPHABET)
    assert max(map(drawn.count, ALPHABET)) < 4 * len(drawn) / len(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "K7WQ3-M9DX2-PT8H1",
        "k7wq3m9dx2pt8h1",
        " k7wq3 m9dx2  pt8h1\n",
        "k7wq3-m9dx2-pt8hI",
        "k7wq3–m9dx2–pt8hl",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert recovery_digest(MARA, typed) == recovery_digest(MARA, CODE) is not None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "k7wq3-m9dx2-pt8h",
        f"{CODE}0",
        "k7wq3-m9dx2-pt8hu",
        "k7wq3-m9dx2-pt8hé",
        "1" * 100_000,
        "\ud800",
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert recovery_digest(MARA, typed) is None


def test_one_code_is_kept_differently_for_two_people() -> None:
    assert recovery_digest(MARA, CODE) != recovery_digest(ProfileId(new_id()), CODE)


def test_each_character_counts() -> None:
    digests = [recovery_digest(MARA, CODE[:at] + "z" + CODE[at + 1 :]) for at in (0, 6, 16)]
    assert len({*digests, recovery_digest(MARA, CODE)}) == 4
    assert all(one != other for one, other in pairwise(digests))
