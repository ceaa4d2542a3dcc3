"""``/auth`` and ``/profiles``: all routes of identity."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.identity import (
    avatars,
    entering,
    export,
    leaving,
    profiles,
    staying,
    tickets,
)
from stonks.entrypoints.http.identity.access_tokens import routes as access_tokens
from stonks.entrypoints.http.identity.external import routes as external
from stonks.entrypoints.http.identity.mail import routes as mail
from stonks.entrypoints.http.identity.passkeys import routes as passkeys
from stonks.entrypoints.http.identity.second_factors import managing, proving
from stonks.entrypoints.http.identity.sessions import routes as sessions
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT_AUTH = "Signing up, logging in, and keeping a session going."
ABOUT_PROFILES = "People, as they show themselves."


def blueprints(container: "Container") -> list[Routes]:
    """Both blueprints, under the names ``auth`` and ``profiles``."""
    auth = Routes("auth", "/auth", ABOUT_AUTH, container)
    entering.add_routes(auth, container)
    staying.add_routes(auth, container)
    tickets.add_routes(auth, container)
    proving.add_routes(auth, container)
    mail.add_routes(auth, container)
    external.add_routes(auth, container)
    people = Routes("profiles", "/profiles", ABOUT_PROFILES, container)
    profiles.add_routes(people, container)
    avatars.add_routes(people, container)
    leaving.add_routes(auth, people, container)
    export.add_routes(people, container)
    access_tokens.add_routes(people, container)
    managing.add_routes(people, container)
    passkeys.add_routes(auth, people, container)
    sessions.add_routes(auth, people, container)
    return [auth, people]
