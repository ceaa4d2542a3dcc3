"""Many at once with one code, or one token: what holds on every store."""

from collections.abc import Callable
from functools import partial

import pytest

from stonks.application.identity.grants import Grant
from stonks.domain.identity.profile import Profile
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases
from tests.contracts.identity_races import at_once
from tests.contracts.second_factor_cases import ADDRESS, SecondFactorCases

MANY = 20


def successes(answers: list[object]) -> list[object]:
    return [answer for answer in answers if not isinstance(answer, str)]


class SecondFactorRaces:
    """Subclasses give ``store``."""

    @pytest.fixture
    def factors(self, store: IdentityStore) -> SecondFactorCases:
        return SecondFactorCases(IdentityCases(store), scale=1000)

    @pytest.fixture
    def mara(self, factors: SecondFactorCases) -> tuple[Profile, Grant]:
        return factors.cases.member()

    def _finish(self, factors: SecondFactorCases, token: str, code: str) -> Callable[[], object]:
        return partial(factors.finish, mfa_token=token, code=code, address=ADDRESS)

    def test_twenty_logins_with_one_code_of_the_app_are_one(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        app, _ = factors.turn_on(mara[0].id, mara[1].session_id)
        tokens, code = [factors.half(mara[0]) for _ in range(MANY)], app.code()
        answers = at_once(*(self._finish(factors, token, code) for token in tokens))
        assert len(successes(answers)) == 1
        assert answers.count("wrong_code") == MANY - 1

    def test_twenty_logins_with_one_recovery_code_are_one(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        _, codes = factors.turn_on(mara[0].id, mara[1].session_id)
        tokens = [factors.half(mara[0]) for _ in range(MANY)]
        answers = at_once(*(self._finish(factors, token, codes[0]) for token in tokens))
        assert len(successes(answers)) == 1
        assert answers.count("wrong_code") == MANY - 1
        with factors.cases.store.begin() as work:
            assert work.second_factors.of(mara[0].id).recovery_codes_left == 9

    def test_ten_codes_at_once_with_one_half_signed_in_token_open_one_session(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        _, codes = factors.turn_on(mara[0].id, mara[1].session_id)
        token = factors.half(mara[0])
        answers = at_once(*(self._finish(factors, token, code) for code in codes))
        assert len(successes(answers)) == 1
        assert answers.count("mfa_token_invalid") == len(codes) - 1
        with factors.cases.store.begin() as work:
            assert work.second_factors.of(mara[0].id).recovery_codes_left == 9

    def test_twenty_proofs_with_one_code_of_the_app_are_one(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        app, _ = factors.turn_on(mara[0].id, mara[1].session_id)
        person = factors.cases.store.reads.signed_in(mara[1].session_id, factors.cases.clock())
        assert person is not None
        prove = partial(factors.reauthenticate, person=person, address=ADDRESS, code=app.code())
        answers = at_once(*[prove] * MANY)
        assert (answers.count(None), answers.count("proof_wrong")) == (1, MANY - 1)

    def test_twenty_confirmations_with_one_code_are_one(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        app = factors.app(factors.start(actor=mara[0].id, session_id=mara[1].session_id).secret)
        given = {"actor": mara[0].id, "session_id": mara[1].session_id, "address": ADDRESS}
        confirm = partial(factors.confirm, code=app.code(), **given)
        answers = at_once(*[confirm] * MANY)
        (codes,) = successes(answers)
        assert answers.count("totp_not_started") == MANY - 1
        assert isinstance(codes, list)
        token = factors.half(mara[0])
        assert self._finish(factors, token, codes[0])(), "those that were shown are those kept"

    def test_a_login_while_the_factor_is_turned_on_never_outlives_it(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant]
    ) -> None:
        profile, grant = mara
        app = factors.app(factors.start(actor=profile.id, session_id=grant.session_id).secret)
        given = {"actor": profile.id, "session_id": grant.session_id, "address": ADDRESS}
        confirm = partial(factors.confirm, code=app.code(), **given)
        entries = at_once(confirm, *[lambda: factors.enter(profile)] * 5)[1:]
        for entry in entries:
            if isinstance(entry, Grant):  # it was before, so it has ended
                assert entry.session_id in factors.cases.ended
