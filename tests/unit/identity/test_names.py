"""Usernames, e-mail addresses and full names."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.domain.errors import Invalid
from stonks.domain.identity.email import check_email
from stonks.domain.identity.profile import check_full_name
from stonks.domain.identity.session import device_name
from stonks.domain.identity.username import check_username
from tests.contracts.identity import a_profile


@pytest.mark.parametrize("username", ["abc", "Mara_L.-9", "a" * 30, "...", "007"])
def test_a_username_is_kept_as_it_is(username: str) -> None:
    assert check_username(username) == username


@pytest.mark.parametrize(
    "username",
    [
        "",
        "ab",
        "a" * 31,
        "ma ra",
        "mara\n",
        " mara",
        "m@ra",
        "märа",
        "аdmin",  # its first letter is Cyrillic
        "mara\u202e",
        "mara\u200b",
        "mara\x00",
        "１２３",
        "ſtonk",
        "mar/a",
    ],
)
def test_a_malformed_username_is_refused(username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_username(username)
    assert refusal.value.code == "username_malformed"
    assert "username" in refusal.value.errors


@pytest.mark.parametrize("username", ["admin", "Stonks", "SUPPORT", "no-reply"])
def test_a_reserved_username_is_refused(username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_username(username)
    assert refusal.value.code == "username_reserved"


@given(st.text())
def test_usernames_are_ascii_or_refused(username: str) -> None:
    with suppress(Invalid):
        assert check_username(username).isascii()


@pytest.mark.parametrize(
    "email",
    [
        "mara@example.org",
        "m.a+r-a_1@sub.example.co",
        "o'neil@example.org",
        f"{'a' * 64}@example.org",
        "mara@xn--bcher-kva.example",
    ],
)
def test_an_address_is_kept_as_it_is(email: str) -> None:
    assert check_email(f" {email} ") == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "mara",
        "mara@",
        "@example.org",
        "mara@localhost",
        "mara@@example.org",
        "ma ra@example.org",
        "mara@exam ple.org",
        "mara@example..org",
        ".mara@example.org",
        "mara.@example.org",
        "ma..ra@example.org",
        "mara@-example.org",
        "mara@example-.org",
        "mara@[127.0.0.1]",
        "mara@127.0.0.1",
        '"mara"@example.org',
        "mara(x)@example.org",
        "mara@example.org\r\nBcc: all@example.org",
        "mara@example.org\n",
        "mara\x00@example.org",
        "mära@example.org",
        "mara@exämple.org",
        "mara@example.org,bruno@example.org",
        "Mara <mara@example.org>",
        f"{'a' * 65}@example.org",
        f"mara@{'a' * 64}.org",
        f"mara@{'a.' * 130}org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_email(email)
    assert refusal.value.code == "email_malformed"


@given(st.text(max_size=100))
def test_addresses_are_one_printable_word_or_refused(text: str) -> None:
    try:
        email = check_email(f"{text}@example.org")
    except Invalid:
        return
    assert email.isascii()
    assert email.isprintable()
    assert " " not in email
    assert email.count("@") == 1


def test_a_full_name_is_trimmed_and_normalised() -> None:
    assert check_full_name("  A\u030asa   Ek ") == "Åsa   Ek"


@pytest.mark.parametrize("name", ["", "   ", "a" * 101, "two\nlines", "x\x00y", "gnirts\u202e"])
def test_a_full_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_full_name(name)
    assert "fullName" in refusal.value.errors


def test_a_refused_name_changes_nothing() -> None:
    profile, before = a_profile(), a_profile().full_name
    with pytest.raises(Invalid):
        profile.rename("", at=datetime.now(UTC))
    assert profile.full_name == before


def test_a_device_is_named_in_what_can_be_shown() -> None:
    assert device_name("Fire\x00fox\r\n \u202e" + "x" * 1000).startswith("Firefox xxx")
    assert len(device_name("x" * 1000)) == 200
