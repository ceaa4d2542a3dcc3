"""One's inbox."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import NoticeId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.notifications import examples, refusals
from stonks.entrypoints.http.notifications.answers import inbox_page, trace
from stonks.entrypoints.http.notifications.inbox_shapes import (
    NotificationPageShape,
    ReadBody,
    UnreadShape,
)
from stonks.entrypoints.http.notifications.trace_shapes import DeliveryPageShape
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.NOTIFICATION_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("")
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_READ)
    @routes.asks(PageQuery)
    @routes.answers(200, NotificationPageShape, example=examples.NOTIFICATIONS)
    @routes.refuses(BAD_CURSOR)
    def list_notifications(query: dict[str, Any], person: SignedIn) -> Response:
        """Read one's inbox

        The newest first, with how many are unread in all of it. New ones come live on sockets.
        """
        return inbox_page(container, person.profile_id, query)

    @routes.get("/unread")
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_READ)
    @routes.answers(200, UnreadShape, example=examples.UNREAD)
    def count_unread(person: SignedIn) -> Response:
        """Count one's unread notifications"""
        return answer({"unread": container.count_unread()(actor=person.profile_id)})

    @routes.post("/read")
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_WRITE)
    @routes.takes(ReadBody, example=examples.READ)
    @routes.answers(200, UnreadShape, example=examples.UNREAD)
    def read_notifications(body: dict[str, Any], person: SignedIn) -> Response:
        """Mark notifications as read

        Some, or all. Again does nothing; what waits to be sent of them is not sent any more.
        """
        ids = [NoticeId(id_) for id_ in body["ids"]] if "ids" in body else None
        container.read_notifications()(actor=person.profile_id, ids=ids)
        return answer({"unread": container.count_unread()(actor=person.profile_id)})

    @routes.get("/<uuid:notification_id>/deliveries", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.NOTIFICATIONS_READ)
    @routes.answers(200, DeliveryPageShape, example=examples.DELIVERIES)
    @routes.refuses(refusals.UNKNOWN_NOTIFICATION)
    def list_deliveries(notification_id: UUID, person: SignedIn) -> Response:
        """Read why one was told, or not

        What was decided for each way and each device, and what became of it. Nothing is there
        before it is decided, which takes a moment.
        """
        return trace(container, person.profile_id, NoticeId(notification_id))
