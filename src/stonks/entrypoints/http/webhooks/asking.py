"""Send an endpoint something now: a challenge, or a test."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.channels.refusals import HOST_ONLY, SUSPENDED, UNKNOWN_CHANNEL
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import examples, refusals
from stonks.entrypoints.http.webhooks.attempt_shapes import AttemptShape, attempt_json
from stonks.entrypoints.http.webhooks.naming import named
from stonks.entrypoints.http.webhooks.shapes import EndpointShape, endpoint_json

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    refuses = routes.refuses(
        UNKNOWN_CHANNEL,
        refusals.UNKNOWN_ENDPOINT,
        HOST_ONLY,
        SUSPENDED,
        refusals.TOO_MANY_REQUESTS,
        refusals.NO_KEY,
    )

    @routes.post("/<slug>/webhooks/<uuid:endpoint_id>/activate", parameters=examples.PATH)
    @routes.limited(200, lambda: container.endpoint_request_pace().limits)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.answers(200, EndpointShape, example=examples.ACTIVE)
    @routes.refuses(refusals.NOT_VERIFIED, refusals.CHANGED)
    @refuses
    def activate_endpoint(slug: str, endpoint_id: UUID, person: SignedIn) -> Response:
        """Activate a webhook

        It is sent `webhook.verification` with a `challenge` in its `data`, and has 10 seconds to
        answer 2xx and that challenge: alone, or as `challenge` of a JSON object. The first time
        it begins with what happens from then on; one that was disabled, or has another `url`,
        goes on where it stopped. Together with tests at most 20 in any 10 minutes and 200 in any
        day.
        """
        asked = named(container, slug, endpoint_id, person)
        return answer(endpoint_json(container.activate_endpoint()(**asked)))

    @routes.post("/<slug>/webhooks/<uuid:endpoint_id>/test", parameters=examples.PATH)
    @routes.limited(200, lambda: container.endpoint_request_pace().limits)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_WRITE)
    @routes.answers(
        200, AttemptShape, example=examples.TESTED, description="Whatever came of the attempt"
    )
    @routes.refuses(refusals.NOT_ACTIVE)
    @refuses
    def test_endpoint(slug: str, endpoint_id: UUID, person: SignedIn) -> Response:
        """Send a webhook a test

        `webhook.test`, signed as all else is. Also one that is disabled, and none that was never
        activated. Together with activations at most 20 in any 10 minutes and 200 in any day.
        """
        asked = named(container, slug, endpoint_id, person)
        return answer(attempt_json(container.send_test()(**asked)))
