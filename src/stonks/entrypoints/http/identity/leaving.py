"""Leaving for good, and thinking again."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.application.identity.deletion.limits import DELETIONS_OF_ACCOUNT
from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT
from stonks.application.identity.ports import SignedIn
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.identity import leaving_shapes as shapes
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(auth: Routes, people: Routes, container: "Container") -> None:
    @people.post("/me/deletion")
    @people.limited(202, lambda: [DELETIONS_OF_ACCOUNT])
    @people.for_members
    @people.fresh
    @people.answers(202, shapes.DeletionShape, example=shapes.DELETION)
    @people.refuses(shapes.TOO_MANY_DELETIONS, shapes.NO_LIMITS)
    def schedule_deletion(person: SignedIn) -> Response:
        """Leave for good

        The profile is unknown to others at once and all its sessions end. At `deletesAt`, 14 days
        from now, everything about this person is deleted, with the channels that they host. A
        link that is mailed calls it off until then. What they wrote in the channels of others
        stays, without their name.
        """
        deletion = container.schedule_deletion()(
            actor=person.profile_id, session_id=person.session_id
        )
        return answer({"deletesAt": rfc3339(deletion.due_at)}, 202)

    @auth.post("/deletion/cancel")
    @auth.limited(204, lambda: [LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT])
    @auth.takes(shapes.CancelDeletionBody, example=shapes.CANCEL)
    @auth.answers(204, description="The profile is there again; log in")
    @auth.refuses(shapes.LINK_INVALID, shapes.DELETED, shapes.TOO_MANY_CANCELS, shapes.NO_LIMITS)
    def cancel_deletion(body: dict[str, Any]) -> Response:
        """Call a deletion off

        By the token of the link that was mailed; once.
        """
        container.cancel_deletion()(token=body["token"], address=request.remote_addr or "")
        return nothing()
