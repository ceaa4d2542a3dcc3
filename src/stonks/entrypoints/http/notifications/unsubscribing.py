"""Where the links in letters lead by which people unsubscribe (RFC 8058)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, request
from marshmallow import fields, validate

from stonks.application.notifications.preferences import Subscription
from stonks.domain.errors import Invalid
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import EMAIL
from stonks.entrypoints.http.bodies import Body, Query
from stonks.entrypoints.http.notifications import examples, refusals
from stonks.entrypoints.http.refusals import BAD_FIELDS
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
ABOUT: Mapping[NoticeKind, str] = {
    NoticeKind.STREAM_STARTED: "when somebody whom you follow goes live",
    NoticeKind.NEW_FOLLOWER: "when somebody follows you",
    NoticeKind.WEBHOOK_DISABLED: "when a webhook of your channel is disabled",
}
HTML, PROBLEM = "text/html", "application/problem+json"


class TokenQuery(Query):
    token = fields.String(
        required=True,
        metadata={"description": "Of a letter; it never expires.", "example": examples.TOKEN},
    )


class OneClickForm(Body):
    list_unsubscribe = fields.String(
        required=True, data_key="List-Unsubscribe", validate=validate.OneOf(["One-Click"])
    )


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/unsubscribe")
    @routes.asks(TokenQuery)
    @routes.doc(responses=_page_of("A page with a button"))
    @routes.refuses(refusals.BAD_LINK)
    def show_unsubscribing(query: dict[str, Any]) -> Response:
        """Ask whether to unsubscribe

        A page with a button for people who follow the link in a letter. It changes nothing:
        scanners of mail follow links, too.
        """
        token = query["token"]
        return _or_page(lambda: _asking(container.unsubscribe_tokens().read(token), token))

    @routes.post("/unsubscribe")
    @routes.asks(TokenQuery)
    @routes.arguments(OneClickForm, location="form", example=examples.ONE_CLICK)
    @routes.doc(responses=_page_of("They are told no more of that, by that way"))
    @routes.refuses(refusals.BAD_LINK, BAD_FIELDS)
    def unsubscribe(query: dict[str, Any], _: dict[str, Any]) -> Response:
        """Unsubscribe in one click

        As RFC 8058 has it, by the `List-Unsubscribe` header of a letter: nobody need be signed
        in, and the token is all that counts. Again does nothing.
        """
        return _or_page(lambda: _done(container.unsubscribe()(token=query["token"])))


def _asking(subscription: Subscription, token: str) -> Response:
    return _page("asking", subscription, token=token)


def _done(subscription: Subscription) -> Response:
    return _page("done", subscription)


def _or_page(do: Callable[[], Response]) -> Response:
    """People with a browser are told on a page of what a program reads as a problem."""
    try:
        return do()
    except Invalid:
        if request.accept_mimetypes.best_match([PROBLEM, HTML]) != HTML:
            raise
        return _page("broken", status=422)


def _page(
    step: str, subscription: Subscription | None = None, *, status: int = 200, token: str = ""
) -> Response:
    told = {"about": ABOUT[subscription.kind], "by": _by(subscription.way)} if subscription else {}
    rendered = render_template("pages/unsubscribe.html", step=step, token=token, **told)
    response = Response(rendered, status, mimetype=HTML)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _by(way: str) -> str:
    return "mail" if way == EMAIL else way


def _page_of(description: str) -> dict[int, dict[str, Any]]:
    content = {HTML: {"schema": {"type": "string"}, "example": examples.PAGE}}
    return {200: {"description": description, "content": content}, 422: {"content": content}}
