"""Follow somebody, and follow them no more."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.social.bell import Bell
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.social import examples, refusals
from stonks.entrypoints.http.social.shapes import FollowBody

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.put("/<username>/follow", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.FOLLOWS_WRITE)
    @routes.takes(FollowBody, example=examples.FOLLOW, required=False)
    @routes.answers(204, description="You follow them")
    @routes.limited(204, lambda: container.follow_pace().limits)
    @routes.refuses(refusals.UNKNOWN_PROFILE, refusals.NOT_YOURSELF, refusals.TOO_MANY_FOLLOWS)
    def follow(body: dict[str, Any], username: str, person: SignedIn) -> Response:
        """Follow somebody

        Again changes the bell, if it is sent, and nothing else. At most 60 in any minute and 1,000
        in any day.
        """
        bell = Bell(body["notify"]) if "notify" in body else None
        container.follow_profile()(actor=person.profile_id, username=username, bell=bell)
        return nothing()

    @routes.delete("/<username>/follow", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.FOLLOWS_WRITE)
    @routes.answers(204, description="You do not follow them")
    @routes.refuses(refusals.UNKNOWN_PROFILE)
    def unfollow(username: str, person: SignedIn) -> Response:
        """Follow somebody no more

        Again does nothing. Whoever follows somebody whose profile is inactive leaves them as
        everybody else.
        """
        container.unfollow_profile()(actor=person.profile_id, username=username)
        return nothing()
