"""Profiles: one's own, and everybody's."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.identity.session import is_fresh
from stonks.entrypoints.http.identity import examples, refusals
from stonks.entrypoints.http.identity.mail.refusals import NO_LIMITS, TOO_MANY_MAILS_OF_ACCOUNT
from stonks.entrypoints.http.identity.shapes import (
    ChangeProfileBody,
    OwnProfileShape,
    PublicProfileShape,
    own_json,
    public_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.refusals import NOT_FRESH
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/me")
    @routes.for_members
    @routes.scoped(Scope.PROFILE_READ)
    @routes.answers(200, OwnProfileShape, example=examples.OWN)
    def read_own_profile(person: SignedIn) -> Response:
        """Read one's own profile"""
        return answer(own_json(container.read_own_profile()(actor=person.profile_id)))

    @routes.patch("/me")
    @routes.for_members
    @routes.scoped(Scope.PROFILE_WRITE)
    @routes.takes(ChangeProfileBody, example=examples.CHANGE)
    @routes.answers(200, OwnProfileShape, example=examples.CHANGED)
    @routes.refuses(
        refusals.BAD_USERNAME,
        refusals.RESERVED_USERNAME,
        refusals.BAD_EMAIL,
        refusals.USERNAME_TAKEN,
        NOT_FRESH,
        TOO_MANY_MAILS_OF_ACCOUNT,
        NO_LIMITS,
    )
    def change_profile(body: dict[str, Any], person: SignedIn) -> Response:
        """Change one's own profile

        What is not sent stays as it is. With `email`, which asks for fresh proof, a link goes to
        the new address, and nothing changes before it is followed: see `verifyEmail`; the answer
        has the present one. Whether the new one is taken is told by mail alone, to whoever reads
        it.
        """
        if "email" in body:
            _must_be_fresh(container, person)
        change = container.change_profile()
        change(actor=person.profile_id, session_id=person.session_id, **body)
        return answer(own_json(container.read_own_profile()(actor=person.profile_id)))

    @routes.delete("/me")
    @routes.for_members
    @routes.answers(204, description="The profile is inactive")
    def deactivate_profile(person: SignedIn) -> Response:
        """Leave

        The profile reads as unknown to others, its names stay taken, all its sessions end.
        """
        container.deactivate_profile()(actor=person.profile_id, session_id=person.session_id)
        return nothing()

    @routes.get("/<username>", parameters=[examples.USERNAME_PARAMETER])
    @routes.for_anybody
    @routes.scoped(Scope.PROFILE_READ)
    @routes.answers(200, PublicProfileShape, example=examples.PUBLIC)
    @routes.refuses(refusals.UNKNOWN_PROFILE)
    def read_public_profile(username: str, person: SignedIn | None) -> Response:
        """Read somebody's profile

        Never the e-mail. Who is signed in is told whether they follow this person, and by which
        bell.
        """
        viewer = person.profile_id if person else None
        public = container.read_public_profile()(username=username, viewer=viewer)
        return answer(public_json(public))


def _must_be_fresh(container: "Container", person: SignedIn) -> None:
    if not is_fresh(person.proven_at, container.now()()):
        raise NOT_FRESH
