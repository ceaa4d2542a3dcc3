"""Tickets in memory, and who they let in."""

import pytest

from stonks.adapters.memory.identity import MemoryTickets
from stonks.adapters.tokens import new_secret
from stonks.application.identity.issue_ticket import IssueTicket
from stonks.application.identity.ports import SignedIn, Tickets
from stonks.application.identity.redeem_ticket import RedeemTicket
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.permission import FOR_EVERYBODY
from stonks.domain.identity.session import Session
from stonks.domain.ids import SessionId
from tests.contracts.identity import NOW, IdentityStore
from tests.contracts.tickets import LASTS, Pass, TicketsContract
from tests.contracts.town import SteppingClock


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOW)


@pytest.fixture
def tickets(clock: SteppingClock) -> MemoryTickets:
    return MemoryTickets(clock)


class TestMemoryTickets(TicketsContract):
    @pytest.fixture
    def pass_(self, clock: SteppingClock) -> Pass:
        return lambda seconds: clock.pass_(seconds=seconds)

    def test_what_is_too_old_takes_no_room(
        self, tickets: MemoryTickets, session_id: SessionId, pass_: Pass
    ) -> None:
        for _ in range(5):
            tickets.issue(new_secret(), session_id)
            pass_(LASTS / 2)
        assert len(tickets._kept) == 2


@pytest.fixture
def redeem(tickets: Tickets, store: IdentityStore, clock: SteppingClock) -> RedeemTicket:
    return RedeemTicket(tickets, store.reads, clock)


@pytest.fixture
def session(store: IdentityStore) -> Session:
    return store.session(store.profile().id)


@pytest.fixture
def ticket(tickets: Tickets, session: Session) -> str:
    return IssueTicket(tickets, new_secret)(session_id=session.id)


def code(redeem: RedeemTicket, ticket: str) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        redeem(ticket=ticket)
    return refusal.value.code


def test_a_ticket_signs_in_as_its_session(
    redeem: RedeemTicket, ticket: str, session: Session
) -> None:
    who = (session.profile_id, "mara", session.id, False)
    expected = SignedIn(*who, session.proven_at, FOR_EVERYBODY)
    assert redeem(ticket=ticket) == expected
    assert code(redeem, ticket) == "ticket_invalid"


def test_no_two_tickets_are_the_same(tickets: Tickets, session: Session) -> None:
    issue = IssueTicket(tickets, new_secret)
    assert len({issue(session_id=session.id) for _ in range(100)}) == 100


def test_a_ticket_of_a_session_that_ended_is_refused(
    redeem: RedeemTicket, ticket: str, session: Session, store: IdentityStore
) -> None:
    session.end(at=NOW)
    with store.begin() as work:
        work.sessions.save(session)
    assert code(redeem, ticket) == "session_ended"


def test_a_ticket_of_somebody_who_left_is_refused(
    redeem: RedeemTicket, ticket: str, session: Session, store: IdentityStore
) -> None:
    with store.begin() as work:
        profile = work.profiles.lock(session.profile_id)
        profile.active = False
        work.profiles.save(profile)
    assert code(redeem, ticket) == "session_ended"
