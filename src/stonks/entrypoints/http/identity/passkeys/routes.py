"""All routes of passkeys."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.identity.passkeys import entering, keeping, proving
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(auth: Routes, people: Routes, container: "Container") -> None:
    entering.add_routes(auth, container)
    proving.add_routes(auth, container)
    keeping.add_routes(people, container)
