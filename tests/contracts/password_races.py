"""A password that changes while another request is checking it: what holds on every store."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from threading import Barrier

import pytest

from stonks.application.identity.grants import Grant
from stonks.application.identity.ports import Match, Passwords, SignedIn
from stonks.domain.errors import Refusal
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import HOME, PASSWORD, IdentityCases
from tests.contracts.identity_races import at_once
from tests.contracts.second_factor_cases import ADDRESS, SecondFactorCases

NEW = "eleven boats beside the pier"
THIRD = "forty kettles under the ice"
THIEVES = 5


@dataclass(slots=True)
class Meanwhile:
    """Passwords that let something happen once a password was checked, before it counts.

    With ``is_renewed`` every kept hash is out of date.
    """

    passwords: Passwords
    happens: Callable[[], object]
    is_renewed: bool = False

    def hash(self, password: str) -> str:
        return self.passwords.hash(password)

    def match(self, password: str, hashed: str | None) -> Match:
        match = self.passwords.match(password, hashed)
        self.happens()
        renewed = self.is_renewed and match.is_right
        return replace(match, renewed=self.passwords.hash(password) if renewed else None)


class PasswordRaces:
    """Subclasses give ``store``."""

    @pytest.fixture
    def cases(self, store: IdentityStore) -> IdentityCases:
        return IdentityCases(store)

    @pytest.fixture
    def mara(self, cases: IdentityCases) -> SignedIn:
        return cases.authenticate(cases.member()[1].access_token)

    @pytest.mark.parametrize("is_renewed", [False, True])
    def test_a_login_in_flight_does_not_outlive_a_change_of_password(
        self, cases: IdentityCases, mara: SignedIn, is_renewed: bool
    ) -> None:
        passwords = Meanwhile(cases.passwords, partial(_change, cases, mara), is_renewed)
        late = replace(cases.log_in, passwords=passwords)
        assert _refusal(partial(late, login="mara", password=PASSWORD, **HOME)) == "bad_credentials"
        assert _entering(cases, PASSWORD) == "bad_credentials"
        assert _entering(cases, NEW) is None

    def test_a_login_in_flight_does_not_outlive_the_loss_of_its_password(
        self, cases: IdentityCases, mara: SignedIn
    ) -> None:
        def prove_mailbox() -> None:
            with cases.store.begin() as work:
                work.email_proofs.disown(work.profiles.lock(mara.profile_id).id)

        late = replace(cases.log_in, passwords=Meanwhile(cases.passwords, prove_mailbox))
        assert _refusal(partial(late, login="mara", password=PASSWORD, **HOME)) == "bad_credentials"

    def test_a_hash_that_is_out_of_date_is_renewed(
        self, cases: IdentityCases, mara: SignedIn
    ) -> None:
        before = cases.store.reads.credentials("mara")
        passwords = Meanwhile(cases.passwords, lambda: None, is_renewed=True)
        assert replace(cases.log_in, passwords=passwords)(login="mara", password=PASSWORD, **HOME)
        assert cases.store.reads.credentials("mara") != before
        assert _entering(cases, PASSWORD) is None

    def test_a_password_that_was_changed_meanwhile_is_no_fresh_proof(
        self, cases: IdentityCases, mara: SignedIn
    ) -> None:
        passwords = Meanwhile(cases.passwords, partial(_change, cases, mara))
        late = replace(SecondFactorCases(cases).reauthenticate, passwords=passwords)
        call = partial(late, person=mara, address=ADDRESS, password=PASSWORD)
        assert _refusal(call) == "proof_wrong"

    def test_a_password_that_was_changed_meanwhile_is_not_the_current_one(
        self, cases: IdentityCases, mara: SignedIn
    ) -> None:
        passwords = Meanwhile(cases.passwords, partial(_change, cases, mara))
        late = replace(cases.change_password, passwords=passwords)
        call = partial(late, person=mara, password=THIRD, current_password=PASSWORD, **HOME)
        assert _refusal(call) == "current_password_wrong"
        assert _entering(cases, NEW) is None

    @pytest.mark.parametrize("turn", range(3))
    def test_logins_and_a_change_of_password_at_once_leave_no_thief_inside(
        self, cases: IdentityCases, mara: SignedIn, turn: int
    ) -> None:
        """All have had the old password checked before the first of them takes the lock."""
        checked = Barrier(THIEVES + 1)

        def together() -> datetime:
            checked.wait(10)
            return cases.clock()

        passwords = Meanwhile(cases.passwords, lambda: None, is_renewed=True)
        enter = replace(cases.log_in, passwords=passwords, now=together)
        change = replace(cases.change_password, now=together)
        thief = partial(enter, login="mara", password=PASSWORD, **HOME)
        changed, *entries = at_once(
            partial(change, person=mara, password=NEW, **HOME), *[lambda: thief()[1]] * THIEVES
        )
        assert changed is None
        for entry in entries:
            if isinstance(entry, Grant):
                token = entry.access_token
                assert _refusal(partial(cases.authenticate, token=token)) == "session_ended"
            else:
                assert entry == "bad_credentials"
        assert _entering(cases, PASSWORD) == "bad_credentials"
        assert _entering(cases, NEW) is None


def _change(cases: IdentityCases, person: SignedIn) -> None:
    cases.change_password(person=person, password=NEW, **HOME)


def _entering(cases: IdentityCases, password: str) -> str | None:
    return _refusal(partial(cases.log_in, login="mara", password=password, **HOME))


def _refusal(call: Callable[[], object]) -> str | None:
    try:
        call()
    except Refusal as refusal:
        return refusal.code
    return None
