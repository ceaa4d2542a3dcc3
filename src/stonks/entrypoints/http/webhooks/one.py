"""One endpoint: read, change, remove."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.channels.refusals import HOST_ONLY, UNKNOWN_CHANNEL
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import examples, refusals
from stonks.entrypoints.http.webhooks.naming import named
from stonks.entrypoints.http.webhooks.shapes import (
    ChangeEndpointBody,
    EndpointShape,
    endpoint_json,
)

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    refuses = routes.refuses(UNKNOWN_CHANNEL, refusals.UNKNOWN_ENDPOINT, HOST_ONLY)

    @routes.get("/<slug>/webhooks/<uuid:endpoint_id>", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_READ)
    @routes.answers(200, EndpointShape, example=examples.FAILING)
    @refuses
    def read_endpoint(slug: str, endpoint_id: UUID, person: SignedIn) -> Response:
        """Read a webhook"""
        asked = named(container, slug, endpoint_id, person)
        return answer(endpoint_json(container.read_endpoint()(**asked)))

    @routes.patch("/<slug>/webhooks/<uuid:endpoint_id>", parameters=examples.PATH)
    @routes.limited(200, lambda: container.endpoint_pace().limits)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.takes(ChangeEndpointBody, example=examples.CHANGE)
    @routes.answers(200, EndpointShape, example=examples.CHANGED)
    @routes.refuses(
        refusals.FORBIDDEN_URL,
        refusals.DESCRIPTION_TOO_LONG,
        refusals.UNKNOWN_TYPE,
        refusals.TOO_MANY_CHANGES,
        refusals.NO_RESOLVER,
    )
    @refuses
    def change_endpoint(
        body: dict[str, Any], slug: str, endpoint_id: UUID, person: SignedIn
    ) -> Response:
        """Change a webhook

        What is not sent stays. Another `url` keeps its place, and is sent nothing before it, too,
        was activated; it counts as one that is added. Other `eventTypes` hold from what it is told
        next.
        """
        asked = named(container, slug, endpoint_id, person)
        return answer(endpoint_json(container.change_endpoint()(**asked, **body)))

    @routes.delete("/<slug>/webhooks/<uuid:endpoint_id>", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.answers(204, description="It is sent nothing any more")
    @refuses
    def remove_endpoint(slug: str, endpoint_id: UUID, person: SignedIn) -> Response:
        """Remove a webhook"""
        container.remove_endpoint()(**named(container, slug, endpoint_id, person))
        return nothing()
