"""Two people, or two tabs, at the same moment: what holds on every store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier
from typing import Any

import pytest

from stonks.application.identity.grants import Grant
from stonks.application.identity.ports import IdentityReads
from stonks.domain.errors import Conflict, Refusal
from stonks.domain.identity.refresh_token import RefreshToken
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call answers, or how it is refused, all let go together."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        start.wait(10)
        try:
            return call()
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@dataclass(frozen=True, slots=True)
class TogetherAtFirst:
    """Reads that let nobody go on who looked a refresh token up, until all have."""

    reads: IdentityReads
    all_looked: Barrier

    def refresh_token(self, digest: bytes) -> RefreshToken | None:
        token = self.reads.refresh_token(digest)
        self.all_looked.wait(10)
        return token

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reads, name)


class IdentityRaces:
    """Subclasses give ``store``."""

    @pytest.fixture
    def cases(self, store: IdentityStore) -> IdentityCases:
        return IdentityCases(store)

    @pytest.mark.parametrize("turn", range(3))
    def test_one_of_two_gets_the_username(self, cases: IdentityCases, turn: int) -> None:
        answers = at_once(
            lambda: cases.member("mara", "one@example.org"),
            lambda: cases.member("Mara", "two@example.org"),
        )
        assert answers.count("username_taken") == 1
        assert cases.store.reads.public("mara") is not None

    def test_one_of_two_gets_the_email(self, cases: IdentityCases) -> None:
        answers = at_once(
            lambda: cases.member("mara", "same@example.org"),
            lambda: cases.member("bruno", "Same@example.org"),
        )
        assert answers.count("email_taken") == 1

    @pytest.mark.parametrize("tabs", [2, 5])
    def test_tabs_that_refresh_at_once_keep_one_line_alive(
        self, cases: IdentityCases, tabs: int
    ) -> None:
        _, grant = cases.member()
        reads = TogetherAtFirst(cases.store.reads, Barrier(tabs))
        refresh = replace(cases.refresh, reads=reads, pause=lambda seconds: None)
        answers = at_once(*[lambda: refresh(refresh_token=grant.refresh_token)] * tabs)
        renewed = [answer for answer in answers if isinstance(answer, Grant)]
        assert len(renewed) == 1
        assert answers.count("refresh_in_progress") == tabs - 1
        assert cases.ended == []
        assert cases.authenticate(renewed[0].access_token).session_id == grant.session_id
        assert cases.refresh(refresh_token=renewed[0].refresh_token)

    def test_a_tab_that_comes_before_the_answer_is_out_lost_a_race(
        self, cases: IdentityCases
    ) -> None:
        _, grant = cases.member()
        late: list[str] = []

        def meanwhile(seconds: float) -> None:
            cases.clock.pass_(seconds / 2)
            with pytest.raises(Conflict) as refusal:
                cases.refresh(refresh_token=grant.refresh_token)
            late.append(refusal.value.code)
            cases.clock.pass_(seconds / 2)

        renewed = replace(cases.refresh, pause=meanwhile)(refresh_token=grant.refresh_token)
        assert late == ["refresh_in_progress"]
        assert cases.authenticate(renewed.access_token)

    def test_a_refresh_and_a_logout_at_once_end_it(self, cases: IdentityCases) -> None:
        _, grant = cases.member()
        answers = at_once(
            lambda: cases.refresh(refresh_token=grant.refresh_token),
            lambda: cases.log_out(session_id=grant.session_id),
        )
        for token in {grant.access_token} | {
            answer.access_token for answer in answers if isinstance(answer, Grant)
        }:
            with pytest.raises(Refusal) as refusal:
                cases.authenticate(token)
            assert refusal.value.code == "session_ended"
