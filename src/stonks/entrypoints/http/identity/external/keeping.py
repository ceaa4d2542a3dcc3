"""One's own identities elsewhere: list and unlink them."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.external_identity import ExternalIdentityId
from stonks.entrypoints.http.identity.external import examples, refusals
from stonks.entrypoints.http.identity.external.shapes import IdentitiesShape, identity_json
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/identities")
    @routes.for_members
    @routes.answers(200, IdentitiesShape, example=examples.IDENTITIES)
    def list_identities(person: SignedIn) -> Response:
        """List the other places by which one signs in

        The first linked first.
        """
        found = container.list_identities()(actor=person.profile_id)
        return answer({"items": [identity_json(identity) for identity in found]})

    @routes.delete("/identities/<uuid:identity_id>", parameters=[examples.IDENTITY_PARAMETER])
    @routes.for_members
    @routes.fresh
    @routes.answers(204, description="It no longer lets anybody in")
    @routes.refuses(refusals.UNKNOWN_IDENTITY, refusals.LAST_WAY_IN)
    def unlink_identity(identity_id: UUID, person: SignedIn) -> Response:
        """Unlink another place from one's account

        Unless nothing else would let you in. All other sessions end, and a mail tells of it.
        """
        container.unlink_identity()(
            actor=person.profile_id,
            session_id=person.session_id,
            identity_id=ExternalIdentityId(identity_id),
        )
        return nothing()
