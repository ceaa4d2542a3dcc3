"""Who comes with a ticket."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads, SignedIn, Tickets
from stonks.application.ports import Clock
from stonks.domain.errors import Unauthenticated


@dataclass(frozen=True, slots=True)
class RedeemTicket:
    """Believe a ticket, once, as long as its session lives and its profile is active."""

    tickets: Tickets
    reads: IdentityReads
    now: Clock

    def __call__(self, *, ticket: str) -> SignedIn:
        """Raises ``Unauthenticated``: ``ticket_invalid``, ``session_ended``."""
        session_id = self.tickets.redeem(ticket)
        if session_id is None:
            raise Unauthenticated("ticket_invalid", "this ticket is unknown, used or too old")
        person = self.reads.signed_in(session_id, self.now())
        if person is None:
            raise Unauthenticated("session_ended", "this session is over; log in again")
        return person
