"""What every keeper of tickets promises."""

from collections.abc import Callable

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.tokens import new_secret
from stonks.application.identity.ports import TICKET_LASTS, Tickets
from stonks.domain.ids import SessionId
from tests.contracts.identity_races import at_once

Pass = Callable[[float], None]
LASTS = TICKET_LASTS.total_seconds()


class TicketsContract:
    """``Tickets``. Subclasses give ``tickets`` and ``pass_``, which lets seconds go by."""

    @pytest.fixture
    def session_id(self) -> SessionId:
        return SessionId(new_id())

    @pytest.fixture
    def ticket(self, tickets: Tickets, session_id: SessionId) -> str:
        ticket = new_secret()
        tickets.issue(ticket, session_id)
        return ticket

    def test_a_ticket_stands_for_its_session(
        self, tickets: Tickets, ticket: str, session_id: SessionId
    ) -> None:
        tickets.issue(new_secret(), SessionId(new_id()))
        assert tickets.redeem(ticket) == session_id

    def test_a_ticket_works_once(self, tickets: Tickets, ticket: str) -> None:
        assert tickets.redeem(ticket) is not None
        assert tickets.redeem(ticket) is None

    def test_of_many_at_once_one_gets_in(
        self, tickets: Tickets, ticket: str, session_id: SessionId
    ) -> None:
        answers = at_once(*[lambda: tickets.redeem(ticket)] * 16)
        assert answers.count(session_id) == 1
        assert answers.count(None) == 15

    @pytest.mark.parametrize("unknown", ["", "no ticket", "é\x00\n" * 1000, "*"])
    @pytest.mark.usefixtures("ticket")
    def test_nothing_else_is_a_ticket(self, tickets: Tickets, unknown: str) -> None:
        assert tickets.redeem(unknown) is None

    def test_a_ticket_works_until_it_is_too_old(
        self, tickets: Tickets, ticket: str, pass_: Pass
    ) -> None:
        pass_(LASTS - 5)
        assert tickets.redeem(ticket) is not None

    def test_a_ticket_that_is_too_old_is_none(
        self, tickets: Tickets, ticket: str, pass_: Pass
    ) -> None:
        pass_(LASTS)
        assert tickets.redeem(ticket) is None

    def test_the_old_do_not_take_the_new_along(
        self, tickets: Tickets, ticket: str, session_id: SessionId, pass_: Pass
    ) -> None:
        pass_(LASTS - 5)
        newer = new_secret()
        tickets.issue(newer, session_id)
        pass_(6)
        assert (tickets.redeem(ticket), tickets.redeem(newer)) == (None, session_id)
