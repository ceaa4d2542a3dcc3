"""All routes of mail."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.identity.mail import asking, following
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(auth: Routes, container: "Container") -> None:
    asking.add_routes(auth, container)
    following.add_routes(auth, container)
