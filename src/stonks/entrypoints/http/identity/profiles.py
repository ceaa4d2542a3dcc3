"""Profiles: one's own, and everybody's."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.identity import examples, refusals
from stonks.entrypoints.http.identity.shapes import (
    ChangeProfileBody,
    ProfileShape,
    PublicProfileShape,
    profile_json,
    public_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/me")
    @routes.for_members
    @routes.scoped(Scope.PROFILE_READ)
    @routes.answers(200, ProfileShape, example=examples.PROFILE)
    def read_own_profile(person: SignedIn) -> Response:
        """Read one's own profile"""
        return answer(profile_json(container.read_own_profile()(actor=person.profile_id)))

    @routes.patch("/me")
    @routes.for_members
    @routes.scoped(Scope.PROFILE_WRITE)
    @routes.takes(ChangeProfileBody, example=examples.CHANGE)
    @routes.answers(200, ProfileShape, example=examples.CHANGED)
    @routes.refuses(
        refusals.BAD_USERNAME,
        refusals.RESERVED_USERNAME,
        refusals.USERNAME_TAKEN,
    )
    def change_profile(body: dict[str, Any], person: SignedIn) -> Response:
        """Change one's own profile

        What is not sent stays as it is.
        """
        return answer(profile_json(container.change_profile()(actor=person.profile_id, **body)))

    @routes.delete("/me")
    @routes.for_members
    @routes.answers(204, description="The profile is inactive")
    def deactivate_profile(person: SignedIn) -> Response:
        """Leave

        The profile reads as unknown to others, its names stay taken, all its sessions end.
        """
        container.deactivate_profile()(actor=person.profile_id)
        return nothing()

    @routes.get("/<username>", parameters=[examples.USERNAME_PARAMETER])
    @routes.for_anybody
    @routes.answers(200, PublicProfileShape, example=examples.PUBLIC)
    @routes.refuses(refusals.UNKNOWN_PROFILE)
    def read_public_profile(username: str, person: SignedIn | None) -> Response:
        """Read somebody's profile

        Never the e-mail.
        """
        return answer(public_json(container.read_public_profile()(username=username)))
