"""Which passwords may be chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.adapters.passwords import ZxcvbnCommonPasswords
from stonks.domain.errors import Invalid
from stonks.domain.identity.password import context_words, new_password, normal_password

COMMON = ZxcvbnCommonPasswords()
WORDS = context_words(full_name="Mara Lindqvist", username="night_owl", email="mlind@example.org")


def choose(password: str) -> str:
    return new_password(password, context=WORDS, is_common=COMMON.__contains__)


def refusal_of(password: str) -> str:
    with pytest.raises(Invalid) as refusal:
        choose(password)
    assert "password" in refusal.value.errors
    return refusal.value.code


@pytest.mark.parametrize(
    "password",
    [
        "q7Jw-p2x",
        "seven lanterns over the harbour",
        "x1" * 32 + "yz",
        "correct horse " * 18 + "!!!!",
        "пароль-на-закате",
        "砂浜の七つの提灯の灯り",
        "🦦🌊🏮⛵🐙🎣🐚🦀",
        "mara walks seven lanterns home",  # what is left without her name is enough
    ],
)
def test_a_password_of_any_script_and_length_is_taken(password: str) -> None:
    assert choose(password)


@pytest.mark.parametrize("password", ["", "a", "q7Jw-p2", "🦦🌊🏮⛵🐙🎣🐚"])
def test_a_short_password_is_refused(password: str) -> None:
    assert refusal_of(password) == "password_too_short"


def test_a_password_beyond_reason_is_refused() -> None:
    assert choose("aB3$" * 64)
    assert refusal_of("aB3$" * 64 + "x") == "password_too_long"


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord",
        "password1",
        "12345678",
        "qwertyuiop",
        "iloveyou",
        "trustno1",
        "aaaaaaaaaaaa",
        "abababababab",
        "ｐａｓｓｗｏｒｄ",  # full width: NFKC reads it as ASCII
    ],
)
def test_a_common_password_is_refused(password: str) -> None:
    assert refusal_of(password) == "password_too_common"


@pytest.mark.parametrize(
    "password",
    [
        "night_owl",
        "Night_Owl1",
        "night_owl2026",
        "MaraLindqvist",
        "lindqvist!!!!!!!!!!",
        "mara-mara-mara",
        "mlind@example.org",
        "mlind12345",
        "stonks2026",
        "StonksStonks!",
        "mara+password",
    ],
)
def test_a_password_made_of_names_is_refused(password: str) -> None:
    assert refusal_of(password) == "password_too_personal"


def test_the_same_password_typed_another_way_is_the_same() -> None:
    assert normal_password("cafe\u0301 au lait") == normal_password("caf\u00e9 au lait")


def test_a_lone_surrogate_is_refused() -> None:
    assert refusal_of("seven lanterns \ud800") == "password_malformed"


@given(st.text(max_size=300))
def test_nothing_is_raised_but_invalid(password: str) -> None:
    try:
        chosen = choose(password)
    except Invalid:
        return
    assert len(chosen) >= 8
