"""Give and take the role ADMIN."""

from typing import TYPE_CHECKING

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.channels import examples, refusals
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.SLUG_PARAMETER, examples.USERNAME_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    refuses = routes.refuses(
        refusals.UNKNOWN_CHANNEL,
        refusals.UNKNOWN_PROFILE,
        refusals.HOST_ONLY,
        refusals.NOT_YOURSELF,
        refusals.SUSPENDED,
    )

    @routes.put("/<slug>/admins/<username>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.answers(204, description="They are ADMIN")
    @refuses
    def set_admin(slug: str, username: str, person: SignedIn) -> Response:
        """Make somebody ADMIN

        HOST alone may, as with `/set admin @user`. Again does nothing.
        """
        channel = container.read_channel()(slug=slug)
        container.set_admin()(actor=person.profile_id, channel_id=channel.id, username=username)
        return nothing()

    @routes.delete("/<slug>/admins/<username>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.answers(204, description="They are not ADMIN any more")
    @refuses
    def unset_admin(slug: str, username: str, person: SignedIn) -> Response:
        """Take the role ADMIN from somebody

        HOST alone may, as with `/unset admin @user`. Again does nothing.
        """
        channel = container.read_channel()(slug=slug)
        container.unset_admin()(actor=person.profile_id, channel_id=channel.id, username=username)
        return nothing()
