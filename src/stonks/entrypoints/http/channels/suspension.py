"""Suspend a channel, and open it again."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.channels import examples, refusals
from stonks.entrypoints.http.channels.shapes import SuspensionBody
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.SLUG_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.put("/<slug>/suspension", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @routes.takes(SuspensionBody, example=examples.SUSPEND, required=False)
    @routes.answers(204, description="It is suspended")
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.STAFF_ONLY)
    def suspend_channel(body: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Suspend a channel

        SUPERADMIN alone may: no stream, no messages, no commands from then on. What is live ends.
        """
        channel = container.read_channel()(slug=slug)
        container.suspend_channel()(actor=person.profile_id, channel_id=channel.id, **body)
        return nothing()

    @routes.delete("/<slug>/suspension", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @routes.answers(204, description="It is open")
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.STAFF_ONLY)
    def unsuspend_channel(slug: str, person: SignedIn) -> Response:
        """Open a suspended channel again

        SUPERADMIN alone may.
        """
        channel = container.read_channel()(slug=slug)
        container.unsuspend_channel()(actor=person.profile_id, channel_id=channel.id)
        return nothing()
