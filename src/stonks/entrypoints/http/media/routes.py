"""``/media/…``: what people may read of the store of media, from here where it has no URL."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, request

from stonks.application.identity.avatars.ports import key_of

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",  # a key's file never changes
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",  # clients on other sites show avatars, too
    "Access-Control-Allow-Origin": "*",
}
URLS = "stonks.media"


def blueprint(container: "Container") -> Blueprint:
    routes = Blueprint("media", __name__)
    media = container.media

    @routes.get("/media/<path:key>")
    def file(key: str) -> Response:
        found = media().get(key)
        if found is None:
            abort(404)
        response = Response(found.data, content_type=found.content_type, headers=HEADERS)
        response.add_etag()
        return response.make_conditional(request)  # type: ignore[return-value]

    routes.record(lambda state: state.app.extensions.update({URLS: media}))
    return routes


def avatar_url(avatar: str | None) -> str | None:
    """Where the avatar of 256 pixels an edge is; None where there is none."""
    if avatar is None:
        return None
    url: str = current_app.extensions[URLS]().url(key_of(avatar))
    return url
