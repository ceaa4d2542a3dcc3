"""What an endpoint was sent, and what came of it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import AttemptId
from stonks.domain.webhooks.attempt import Outcome
from stonks.entrypoints.http.channels.refusals import HOST_ONLY, UNKNOWN_CHANNEL
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import examples, refusals
from stonks.entrypoints.http.webhooks.attempt_shapes import (
    AttemptPageShape,
    AttemptsQuery,
    attempt_json,
)
from stonks.entrypoints.http.webhooks.naming import named

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/<slug>/webhooks/<uuid:endpoint_id>/attempts", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.WEBHOOKS_READ)
    @routes.asks(AttemptsQuery)
    @routes.answers(200, AttemptPageShape, example=examples.ATTEMPTS)
    @routes.refuses(UNKNOWN_CHANNEL, refusals.UNKNOWN_ENDPOINT, HOST_ONLY, BAD_CURSOR)
    def list_attempts(
        query: dict[str, Any], slug: str, endpoint_id: UUID, person: SignedIn
    ) -> Response:
        """List what a webhook was sent

        Every attempt of the last 30 days, the newest first. What was answered is not kept.
        """
        limit, outcome = query["limit"], query.get("outcome")
        attempts = container.list_attempts()(
            **named(container, slug, endpoint_id, person),
            outcome=outcome and Outcome(outcome),
            before=id_of(query.get("cursor"), AttemptId),
            limit=limit + 1,
        )
        return answer(
            page_of(attempts, limit, key=lambda attempt: str(attempt.id), present=attempt_json)
        )
