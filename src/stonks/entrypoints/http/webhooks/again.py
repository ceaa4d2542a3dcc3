"""Another secret, and the same events again."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.channels.refusals import HOST_ONLY, SUSPENDED, UNKNOWN_CHANNEL
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import examples, refusals
from stonks.entrypoints.http.webhooks.naming import named
from stonks.entrypoints.http.webhooks.shapes import (
    EndpointShape,
    EndpointWithSecretShape,
    ReplayBody,
    endpoint_json,
    with_secret_json,
)

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    pace, request_pace = container.endpoint_pace, container.endpoint_request_pace
    refuses = routes.refuses(UNKNOWN_CHANNEL, refusals.UNKNOWN_ENDPOINT, HOST_ONLY)

    @routes.post("/<slug>/webhooks/<uuid:endpoint_id>/rotate-secret", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.answers(200, EndpointWithSecretShape, example=examples.ROTATED)
    @routes.limited(200, lambda: pace().limits)
    @routes.refuses(refusals.TOO_MANY_CHANGES)
    @refuses
    def rotate_secret(slug: str, endpoint_id: UUID, person: SignedIn) -> Response:
        """Rotate a webhook's secret

        The new one is shown this once. For 24 hours the one before signs as well; what was before
        that ends. Counts as a change (30 in any hour). What is failing is tried again in its time:
        activate it to have that at once.
        """
        asked = named(container, slug, endpoint_id, person)
        return answer(with_secret_json(container.rotate_secret()(**asked)))

    @routes.post("/<slug>/webhooks/<uuid:endpoint_id>/replay", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.takes(ReplayBody, example=examples.REPLAY)
    @routes.answers(200, EndpointShape, example=examples.REPLAYED)
    @routes.limited(200, lambda: request_pace().limits)
    @routes.refuses(SUSPENDED, refusals.NOT_ACTIVE, refusals.SEQ_AHEAD, refusals.TOO_MANY_REQUESTS)
    @refuses
    def replay_events(
        body: dict[str, Any], slug: str, endpoint_id: UUID, person: SignedIn
    ) -> Response:
        """Tell a webhook again

        Everything from one `seq` on, with the `webhook-id`s of then. At most 20 in any 10 minutes
        and 200 in any day, activations and tests included.
        """
        asked = named(container, slug, endpoint_id, person)
        return answer(endpoint_json(container.replay_events()(**asked, **body)))
