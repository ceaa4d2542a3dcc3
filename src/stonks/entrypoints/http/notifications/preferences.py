"""By which ways one is told of what."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.notifications import examples, refusals
from stonks.entrypoints.http.notifications.preference_shapes import (
    ChangePreferencesBody,
    PreferencesShape,
    preferences_json,
)
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/preferences")
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_READ)
    @routes.answers(200, PreferencesShape, example=examples.PREFERENCES)
    def read_preferences(person: SignedIn) -> Response:
        """Read by which ways one is told of what

        All kinds and all ways of this installation, with what holds. `inApp` is being shown it live
        on open pages and sockets.
        """
        return answer(preferences_json(container.read_preferences()(actor=person.profile_id)))

    @routes.put("/preferences")
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_WRITE)
    @routes.takes(ChangePreferencesBody, example=examples.CHANGE)
    @routes.answers(200, PreferencesShape, example=examples.CHANGED)
    @routes.refuses(refusals.UNKNOWN_PREFERENCE)
    def change_preferences(body: dict[str, Any], person: SignedIn) -> Response:
        """Choose by which ways one is told of what

        What is left out stays as it is; the answer is what holds from now on. The inbox is the
        record: it has everything, and what is unread counts there, whatever is turned off.
        """
        change = container.change_preferences()
        return answer(preferences_json(change(actor=person.profile_id, change=body)))
