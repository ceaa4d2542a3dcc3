"""Add an endpoint, and list them."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import EndpointId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.channels.refusals import HOST_ONLY, SUSPENDED, UNKNOWN_CHANNEL
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import examples, refusals
from stonks.entrypoints.http.webhooks.shapes import (
    AddEndpointBody,
    EndpointPageShape,
    EndpointWithSecretShape,
    endpoint_json,
    with_secret_json,
)

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/<slug>/webhooks", parameters=examples.SEVERAL)
    @routes.limited(201, lambda: container.endpoint_pace().limits)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.once
    @routes.takes(AddEndpointBody, example=examples.ADD)
    @routes.answers(201, EndpointWithSecretShape, example=examples.ADDED)
    @routes.refuses(
        UNKNOWN_CHANNEL,
        HOST_ONLY,
        SUSPENDED,
        refusals.FORBIDDEN_URL,
        refusals.DESCRIPTION_TOO_LONG,
        refusals.UNKNOWN_TYPE,
        refusals.TOO_MANY_ENDPOINTS,
        refusals.TOO_MANY_CHANGES,
        refusals.NO_RESOLVER,
    )
    def add_endpoint(body: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Add a webhook

        HOST alone may. Nothing is sent before it was activated. Its `secret` is shown in this
        answer alone, which an `Idempotency-Key` repeats for 24 hours; whoever missed it rotates
        the secret. At most 20 a channel. In any hour at most 30 are added, moved, given other
        `eventTypes` or another secret. One without `eventTypes` is told of everything, also of
        who comes and goes, which is in the log for everybody to read from then on.
        """
        channel = container.read_channel()(slug=slug)
        made = container.add_endpoint()(actor=person.profile_id, channel_id=channel.id, **body)
        return answer(with_secret_json(made), 201)

    @routes.get("/<slug>/webhooks", parameters=examples.SEVERAL)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_READ)
    @routes.asks(PageQuery)
    @routes.answers(200, EndpointPageShape, example=examples.ENDPOINTS)
    @routes.refuses(UNKNOWN_CHANNEL, HOST_ONLY, BAD_CURSOR)
    def list_endpoints(query: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """List a channel's webhooks

        The oldest first. HOST alone may.
        """
        channel, limit = container.read_channel()(slug=slug), query["limit"]
        views = container.list_endpoints()(
            actor=person.profile_id,
            channel_id=channel.id,
            after=id_of(query.get("cursor"), EndpointId),
            limit=limit + 1,
        )
        return answer(
            page_of(views, limit, key=lambda view: str(view.endpoint.id), present=endpoint_json)
        )
