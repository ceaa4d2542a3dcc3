"""Staying signed in, and ending it."""

from datetime import timedelta

import pytest

from stonks.adapters.memory.identity import IdentityTables
from stonks.application.identity.alive_sessions import AliveSessions
from stonks.application.identity.grants import Grant
from stonks.domain.errors import Refusal, Unauthenticated
from tests.contracts.identity_cases import HOME, PASSWORD, IdentityCases
from tests.contracts.tokens import some_claims


def code_of_authentication(cases: IdentityCases, grant: Grant) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        cases.authenticate(grant.access_token)
    return refusal.value.code


def code_of_refresh(cases: IdentityCases, token: str) -> str:
    with pytest.raises(Refusal) as refusal:
        cases.refresh(refresh_token=token)
    return refusal.value.code


def test_a_refresh_goes_on_in_the_same_session(cases: IdentityCases) -> None:
    _, first = cases.member()
    second = cases.refresh(refresh_token=first.refresh_token)
    assert second.session_id == first.session_id
    assert second.refresh_token != first.refresh_token
    assert cases.authenticate(first.access_token)
    assert cases.authenticate(second.access_token)


def test_a_used_token_ends_the_whole_session(cases: IdentityCases) -> None:
    _, first = cases.member()
    second = cases.refresh(refresh_token=first.refresh_token)
    third = cases.refresh(refresh_token=second.refresh_token)
    assert code_of_refresh(cases, first.refresh_token) == "refresh_token_reused"
    assert cases.ended == [first.session_id]
    assert code_of_refresh(cases, third.refresh_token) == "session_ended"
    assert code_of_authentication(cases, third) == "session_ended"


def test_it_ends_no_other_session(cases: IdentityCases) -> None:
    _, first = cases.member()
    _, other = cases.log_in(login="mara", password=PASSWORD, **HOME)
    cases.refresh(refresh_token=first.refresh_token)
    code_of_refresh(cases, first.refresh_token)
    assert cases.authenticate(other.access_token)
    assert cases.refresh(refresh_token=other.refresh_token)


@pytest.mark.parametrize("token", ["", "unknown", "x" * 10_000, "ä", "\ud800", "\x00"])
def test_an_unknown_token_is_refused(cases: IdentityCases, token: str) -> None:
    assert code_of_refresh(cases, token) == "refresh_token_invalid"


def test_an_access_token_is_no_refresh_token(cases: IdentityCases) -> None:
    _, grant = cases.member()
    assert code_of_refresh(cases, grant.access_token) == "refresh_token_invalid"
    with pytest.raises(Unauthenticated):
        cases.authenticate(grant.refresh_token)


def test_a_session_lives_as_long_as_it_is_used(cases: IdentityCases) -> None:
    _, grant = cases.member()
    for _ in range(3):
        cases.clock.ahead += timedelta(days=29)
        grant = cases.refresh(refresh_token=grant.refresh_token)
    cases.clock.ahead += timedelta(days=30, seconds=1)
    assert code_of_refresh(cases, grant.refresh_token) == "session_ended"


def test_logging_out_bites_at_once(cases: IdentityCases) -> None:
    _, grant = cases.member()
    cases.log_out(session_id=grant.session_id)
    assert cases.ended == [grant.session_id]
    assert code_of_authentication(cases, grant) == "session_ended"
    assert code_of_refresh(cases, grant.refresh_token) == "session_ended"
    cases.log_out(session_id=grant.session_id)


def test_a_refresh_token_can_be_handed_back(cases: IdentityCases) -> None:
    _, grant = cases.member()
    cases.hand_back(refresh_token="unknown")
    cases.hand_back(refresh_token=grant.refresh_token)
    cases.hand_back(refresh_token=grant.refresh_token)
    assert code_of_authentication(cases, grant) == "session_ended"


def test_leaving_ends_every_session_and_keeps_the_names(cases: IdentityCases) -> None:
    profile, first = cases.member()
    _, second = cases.log_in(login="mara", password=PASSWORD, **HOME)
    cases.deactivate(actor=profile.id)
    assert set(cases.ended) == {first.session_id, second.session_id}
    assert cases.changed == [profile.id]
    assert code_of_authentication(cases, first) == "session_ended"
    assert code_of_refresh(cases, second.refresh_token) == "session_ended"
    with pytest.raises(Unauthenticated):
        cases.log_in(login="mara", password=PASSWORD, **HOME)
    with pytest.raises(Refusal) as refusal:
        cases.member()
    assert refusal.value.code == "username_taken"


def test_a_good_token_for_an_unknown_session_is_refused(cases: IdentityCases) -> None:
    with pytest.raises(Unauthenticated) as refusal:
        cases.authenticate(cases.tokens.issue(some_claims()))
    assert refusal.value.code == "session_ended"


def test_only_living_sessions_are_alive(cases: IdentityCases) -> None:
    _, first = cases.member("mara")
    _, second = cases.member("bruno")
    cases.log_out(session_id=first.session_id)
    alive = AliveSessions(cases.store.reads, cases.clock)
    assert alive([first.session_id, second.session_id]) == {second.session_id: False}
    assert alive([]) == {}


def test_no_token_is_kept_as_it_is(cases: IdentityCases, identity_tables: IdentityTables) -> None:
    _, grant = cases.member()
    kept = repr(identity_tables)
    assert grant.refresh_token not in kept
    assert grant.access_token not in kept
    assert PASSWORD not in kept
