"""What somebody was told, and why or why not."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.accounts.rights import actor_of
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import NoticeId, ProfileId
from stonks.entrypoints.http.admin import examples, refusals
from stonks.entrypoints.http.admin.demands import demanding
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.notifications import examples as notices
from stonks.entrypoints.http.notifications.answers import inbox_page, trace
from stonks.entrypoints.http.notifications.inbox_shapes import NotificationPageShape
from stonks.entrypoints.http.notifications.refusals import UNKNOWN_NOTIFICATION
from stonks.entrypoints.http.notifications.trace_shapes import DeliveryPageShape
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ALL = [examples.PROFILE_PARAMETER]
ONE = [examples.PROFILE_PARAMETER, notices.NOTIFICATION_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    def record(person: SignedIn, profile_id: UUID) -> ProfileId:
        owner = ProfileId(profile_id)
        container.record_reading()(
            actor=actor_of(person), profile_id=owner, action="notifications_read"
        )
        return owner

    @routes.get("/profiles/<uuid:profile_id>/notifications", parameters=ALL)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @routes.asks(PageQuery)
    @routes.answers(200, NotificationPageShape, example=notices.NOTIFICATIONS)
    @routes.refuses(BAD_CURSOR, refusals.UNKNOWN_PROFILE)
    def list_any_notifications(
        query: dict[str, Any], profile_id: UUID, person: SignedIn
    ) -> Response:
        """Read anybody's inbox

        That it was read is on record; it stays as unread as it was.
        """
        return inbox_page(container, record(person, profile_id), query)

    @routes.get(
        "/profiles/<uuid:profile_id>/notifications/<uuid:notification_id>/deliveries",
        parameters=ONE,
    )
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @routes.answers(200, DeliveryPageShape, example=notices.DELIVERIES)
    @routes.refuses(refusals.UNKNOWN_PROFILE, UNKNOWN_NOTIFICATION)
    def list_any_deliveries(profile_id: UUID, notification_id: UUID, person: SignedIn) -> Response:
        """Read why somebody was told, or not

        As its owner reads it; that it was read is on record.
        """
        return trace(container, record(person, profile_id), NoticeId(notification_id))
