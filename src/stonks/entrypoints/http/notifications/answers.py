"""A page of somebody's inbox, for whoever may read it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.domain.ids import NoticeId, ProfileId
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.notifications.inbox_shapes import notification_json
from stonks.entrypoints.http.notifications.trace_shapes import trace_json
from stonks.entrypoints.http.paging import id_of, page_of

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def inbox_page(container: "Container", owner: ProfileId, query: Mapping[str, Any]) -> Response:
    """Raises ``Invalid`` (``bad_cursor``)."""
    before, limit = id_of(query.get("cursor"), NoticeId), query["limit"]
    views = container.list_notifications()(actor=owner, before=before, limit=limit + 1)
    page = page_of(views, limit, key=lambda view: str(view.id), present=notification_json)
    return answer(page | {"unread": container.count_unread()(actor=owner)})


def trace(container: "Container", owner: ProfileId, notice_id: NoticeId) -> Response:
    """Raises ``NotFound`` (``unknown_notification``)."""
    views = container.trace_notification()(owner=owner, notice_id=notice_id)
    return answer({"items": list(map(trace_json, views)), "nextCursor": None})
