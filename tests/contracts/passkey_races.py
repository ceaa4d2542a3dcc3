"""Passkeys that are shown, added and removed at the same moment, on every store."""

import pytest

from stonks.application.identity.admission import HalfSignedIn
from stonks.domain.identity.passkey import MOST_PASSKEYS, Passkey
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import HOME, PASSWORD, IdentityCases
from tests.contracts.identity_races import at_once
from tests.contracts.passkey_cases import PasskeyCases

MANY = 20


class PasskeyRaces:
    """Subclasses give ``store``."""

    @pytest.fixture
    def cases(self, store: IdentityStore) -> PasskeyCases:
        return PasskeyCases(IdentityCases(store))

    def test_a_challenge_that_is_answered_many_times_at_once_signs_in_once(
        self, cases: PasskeyCases
    ) -> None:
        cases.owner()
        shown = cases.shown()
        answers = at_once(*[lambda: cases.sign_in(**shown)] * MANY)
        assert answers.count("ceremony_over") == MANY - 1

    def test_a_half_signed_in_token_is_used_once_by_many_passkeys_at_once(
        self, cases: PasskeyCases
    ) -> None:
        cases.owner(second_factor=True)
        _, half = cases.identity.log_in(login="mara", password=PASSWORD, **HOME)
        assert isinstance(half, HalfSignedIn)
        shown = [cases.shown_after(half.token) for _ in range(4)]
        answers = at_once(*[lambda one=one: cases.finish_login(**one) for one in shown])
        assert answers.count("mfa_token_invalid") == len(shown) - 1

    def test_one_credential_is_added_once(self, cases: PasskeyCases) -> None:
        profile, grant = cases.identity.member()
        created = cases.created(profile, grant)
        answers = at_once(*[lambda: cases.add(**created)] * 5)
        assert answers.count("ceremony_over") == 4

    def test_nobody_gets_more_than_the_most_by_adding_at_once(self, cases: PasskeyCases) -> None:
        profile, grant, _ = cases.owner()
        for _ in range(MOST_PASSKEYS - 2):
            cases.add(**cases.created(profile, grant))
        created = [cases.created(profile, grant) for _ in range(4)]
        answers = at_once(*[lambda one=one: cases.add(**one) for one in created])
        assert answers.count("too_many_passkeys") == 3

    def test_the_last_two_ways_in_do_not_go_at_once(self, cases: PasskeyCases) -> None:
        profile, grant = cases.without_password()
        first, second = (cases.add(**cases.created(profile, grant)) for _ in range(2))

        def remove(passkey: Passkey) -> None:
            cases.remove(actor=profile.id, session_id=grant.session_id, passkey_id=passkey.id)

        answers = at_once(lambda: remove(first), lambda: remove(second))
        assert sorted(map(str, answers)) == ["None", "last_way_in"]
