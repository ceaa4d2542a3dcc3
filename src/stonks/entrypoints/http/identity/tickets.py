"""Tickets for sockets."""

from typing import TYPE_CHECKING

from flask import Response

from stonks.application.identity.ports import TICKET_LASTS, SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.identity import examples, refusals
from stonks.entrypoints.http.identity.shapes import TicketShape
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/ws-ticket")
    @routes.for_members
    @routes.scoped(Scope.CHAT_WRITE)
    @routes.answers(201, TicketShape, example=examples.TICKET)
    @routes.refuses(refusals.NO_TICKETS)
    def issue_ticket(person: SignedIn) -> Response:
        """Get a ticket for a socket

        For clients that cannot send a frame first: `GET /ws?ticket=…` and
        `GET /ws/channels/{slug}?ticket=…` open a socket that is signed in as this session. It
        works once, on any server, within 30 seconds; after that the address is worth nothing.
        """
        ticket = container.issue_ticket()(session_id=person.session_id)
        return answer({"ticket": ticket, "expiresIn": int(TICKET_LASTS.total_seconds())}, 201)
