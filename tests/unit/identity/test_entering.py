"""Signing up and logging in."""

import pytest

from stonks.domain.errors import Invalid, Limited, Refusal, Unauthenticated
from tests.contracts.identity_cases import HOME, PASSWORD, IdentityCases


def test_who_signs_up_is_signed_in(cases: IdentityCases) -> None:
    profile, grant = cases.member("Mara")
    person = cases.authenticate(grant.access_token)
    assert (person.profile_id, person.username) == (profile.id, "Mara")
    assert not person.is_staff
    assert grant.expires_in == 900


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", ""),
        ("username", "x"),
        ("username", "admin"),
        ("email", "nowhere"),
        ("password", "short"),
        ("password", "password123"),
        ("password", "mara-mara-1"),
    ],
)
def test_a_bad_signup_leaves_nothing(cases: IdentityCases, field: str, value: str) -> None:
    good = {
        "full_name": "Mara Lindqvist",
        "username": "mara",
        "email": "mara@example.org",
        "password": PASSWORD,
    }
    with pytest.raises(Invalid):
        cases.sign_up(**(good | {field: value}), **HOME)
    assert cases.store.reads.public("mara") is None
    assert cases.sign_up(**good, **HOME)


def test_a_taken_name_leaves_no_second_account(cases: IdentityCases) -> None:
    cases.member("mara")
    with pytest.raises(Refusal) as refusal:
        cases.member("MARA", "other@example.org")
    assert refusal.value.code == "username_taken"
    assert cases.store.reads.credentials("other@example.org") is None


@pytest.mark.parametrize("login", ["mara", "MARA", "mara@example.org", " Mara@Example.org "])
def test_either_name_logs_in(cases: IdentityCases, login: str) -> None:
    profile, first = cases.member()
    found, grant = cases.log_in(login=login, password=PASSWORD, **HOME)
    assert found.id == profile.id
    assert grant.session_id != first.session_id
    assert cases.authenticate(first.access_token)
    assert cases.authenticate(grant.access_token)


def test_the_same_password_in_another_normal_form_logs_in(cases: IdentityCases) -> None:
    composed, decomposed = "caf\u00e9 au lait, please", "cafe\u0301 au lait, please"
    names = {"full_name": "Mara", "username": "mara", "email": "mara@example.org"}
    cases.sign_up(**names, password=composed, **HOME)
    assert cases.log_in(login="mara", password=decomposed, **HOME)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("mara", "wrong"),
        ("mara", ""),
        ("mara", PASSWORD.upper()),
        ("mara", PASSWORD + " "),
        ("mara", "x" * 100_000),
        ("mara", "\ud800"),
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("", PASSWORD),
        ("mara\x00", PASSWORD),
        ("mаra", PASSWORD),  # its second letter is Cyrillic
        ("x" * 100_000, PASSWORD),
        ("mara' OR 1=1 --", PASSWORD),
        ("%", PASSWORD),
    ],
)
def test_all_who_are_refused_get_one_answer(
    cases: IdentityCases, login: str, password: str
) -> None:
    cases.member()
    with pytest.raises(Unauthenticated) as refusal:
        cases.log_in(login=login, password=password, **HOME)
    assert (refusal.value.code, refusal.value.detail) == (
        "bad_credentials",
        "the login or the password is wrong",
    )


def test_guessing_is_slowed_down_and_a_success_forgets(cases: IdentityCases) -> None:
    cases.member()
    for _ in range(9):
        with pytest.raises(Unauthenticated):
            cases.log_in(login="mara", password="wrong", **HOME)
    cases.log_in(login="Mara", password=PASSWORD, **HOME)
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            cases.log_in(login="mara", password="wrong", **HOME)
    with pytest.raises(Limited) as refusal:
        cases.log_in(login="mara", password=PASSWORD, **HOME)
    assert refusal.value.code == "too_many_attempts"
    assert 0 < refusal.value.retry_after <= 300


def test_what_shows_in_logs_carries_no_secret(cases: IdentityCases) -> None:
    _, grant = cases.member()
    credentials = cases.store.reads.credentials("mara")
    shown = repr(grant) + repr(credentials) + repr(cases.passwords)
    assert grant.access_token not in shown
    assert grant.refresh_token not in shown
    assert "$argon2" not in shown
