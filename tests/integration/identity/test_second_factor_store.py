"""PostgreSQL keeps the contract of second factors, also under races."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import count
from time import monotonic

import pytest
from sqlalchemy import Engine, text

from stonks.adapters.postgres.identity.second_factors import PostgresSecondFactorReads
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.grants import Grant
from stonks.application.identity.second_factors.ports import SecondFactorReads
from stonks.application.identity.sessions.end_session import EndOtherSessions
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.profile import Profile
from tests.contracts.identity_cases import HOME, PASSWORD
from tests.contracts.second_factor_cases import ADDRESS, SecondFactorCases
from tests.contracts.second_factor_races import SecondFactorRaces
from tests.contracts.second_factors import SecondFactorsContract

WAITING = text("SELECT count(*), pg_sleep(0.01) FROM pg_locks WHERE NOT granted")


class TestPostgresSecondFactors(SecondFactorsContract):
    @pytest.fixture
    def factors_of(self, engine: Engine) -> SecondFactorReads:
        return PostgresSecondFactorReads(Reads(engine))


class TestPostgresSecondFactorRaces(SecondFactorRaces):
    def test_a_session_that_is_being_ended_turns_no_factor_on(
        self, factors: SecondFactorCases, mara: tuple[Profile, Grant], engine: Engine
    ) -> None:
        profile, thief = mara
        _, own = factors.cases.log_in(login="mara", password=PASSWORD, **HOME)
        assert isinstance(own, Grant)
        who = {"actor": profile.id, "session_id": thief.session_id}
        app = factors.app(factors.start(**who).secret)
        confirm = partial(factors.confirm, **who, code=app.code(), address=ADDRESS)
        begin, signals = factors.cases.store.begin, factors.cases.signals
        with ThreadPoolExecutor(1) as threads:
            confirming: list[Future[object]] = []
            asked = count()

            def now() -> datetime:
                if next(asked) == 1:  # the first time was before the profile was held
                    confirming.append(threads.submit(confirm))
                    wait_until_blocked(engine, confirming[0])
                return factors.cases.clock()

            end_others = EndOtherSessions(begin, signals, now)
            end_others(actor=profile.id, session_id=own.session_id)
            with pytest.raises(Unauthenticated) as refusal:
                confirming[0].result(30)
        assert refusal.value.code == "session_ended"
        with begin() as work:
            assert not work.second_factors.of(profile.id).are_on


def wait_until_blocked(engine: Engine, call: Future[object]) -> None:
    """Until a lock keeps the call waiting; raises where it never does."""
    start = monotonic()
    with engine.connect() as connection:
        while not connection.execute(WAITING).scalar_one():
            assert not call.done(), "it waited for nobody"
            assert monotonic() - start < 30
