"""Handing out a ticket."""

from dataclasses import dataclass

from stonks.application.identity.ports import NewSecret, Tickets
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """Give a session something that may stand in an address: it works once, and not for long."""

    tickets: Tickets
    new_secret: NewSecret

    def __call__(self, *, session_id: SessionId) -> str:
        """Raises ``Unavailable`` where it could not be redeemed by every process."""
        ticket = self.new_secret()
        self.tickets.issue(ticket, session_id)
        return ticket
