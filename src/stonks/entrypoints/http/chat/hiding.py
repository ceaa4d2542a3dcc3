"""Hide a message."""

from typing import TYPE_CHECKING

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.chat import examples, refusals
from stonks.entrypoints.http.chat.shapes import LARGEST_SEQ
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ADDRESS = f"/<slug>/messages/<int(min=1,max={LARGEST_SEQ}):seq>"


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.delete(ADDRESS, parameters=[*examples.PATH, examples.SEQ_PARAMETER])
    @routes.for_members
    @routes.scoped(Scope.MODERATION)
    @routes.answers(204, description="It is hidden")
    @routes.refuses(*refusals.HIDING)
    def hide_message(slug: str, seq: int, person: SignedIn) -> Response:
        """Hide a message

        Its author may, and who moderates and ranks above them. It keeps its place in the log.
        """
        channel = container.read_channel()(slug=slug)
        container.hide_message()(actor=person.profile_id, room_id=channel.room_id, seq=seq)
        return nothing()
