"""Make, list and revoke personal access tokens."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.access_tokens.make_access_token import TOKENS_MADE
from stonks.application.identity.ports import SignedIn
from stonks.domain.ids import SessionId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.identity.access_tokens import examples
from stonks.entrypoints.http.identity.access_tokens.shapes import (
    AccessTokenPageShape,
    MadeTokenShape,
    MakeTokenBody,
    access_token_json,
    made_token_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/me/tokens")
    @routes.limited(201, lambda: [TOKENS_MADE])
    @routes.for_members
    @routes.fresh
    @routes.once
    @routes.takes(MakeTokenBody, example=examples.MAKE)
    @routes.answers(201, MadeTokenShape, example=examples.MADE)
    @routes.refuses(examples.TOO_MANY, examples.TOO_FAST, examples.NO_LIMITS)
    def make_access_token(body: dict[str, Any], person: SignedIn) -> Response:
        """Make a personal access token

        For bots and scripts: `Authorization: Bearer stonks_pat_…` and the `authenticate` frame
        take it, for what its scopes say and for as long as it lives. It is shown in this answer
        alone, which an `Idempotency-Key` repeats for 24 hours. No token makes others. Told by
        mail.
        """
        made = container.make_access_token()(
            actor=person.profile_id, session_id=person.session_id, **body
        )
        return answer(made_token_json(made), 201)

    @routes.get("/me/tokens")
    @routes.for_members
    @routes.asks(PageQuery)
    @routes.answers(200, AccessTokenPageShape, example=examples.TOKENS)
    @routes.refuses(BAD_CURSOR)
    def list_access_tokens(query: dict[str, Any], person: SignedIn) -> Response:
        """List one's personal access tokens

        The newest first, expired ones among them; never the tokens themselves.
        """
        before, limit = id_of(query.get("cursor"), SessionId), query["limit"]
        views = container.list_access_tokens()(
            actor=person.profile_id, before=before, limit=limit + 1
        )
        return answer(
            page_of(views, limit, key=lambda view: str(view.id), present=access_token_json)
        )

    @routes.delete("/me/tokens/<uuid:token_id>", parameters=[examples.ID_PARAMETER])
    @routes.for_members
    @routes.answers(204, description="The token is refused from now on, and its sockets close")
    @routes.refuses(examples.UNKNOWN)
    def revoke_access_token(token_id: UUID, person: SignedIn) -> Response:
        """Revoke a personal access token

        Idempotent: one that was revoked before, or ran out, answers 204 again for the 30 days that
        it is remembered. After that, as for what is no token of one's own, it is 404.
        """
        container.revoke_access_token()(actor=person.profile_id, token_id=SessionId(token_id))
        return nothing()
