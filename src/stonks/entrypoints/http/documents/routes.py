"""``/openapi.json``, ``/asyncapi.json``, and the pages that show them, all from this package."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, send_from_directory

from stonks.adapters.wire import frames
from stonks.adapters.wire.closing import MEANINGS
from stonks.entrypoints.http.api import StonksApi
from stonks.entrypoints.http.documents.frames_page import cards, with_code
from stonks.entrypoints.http.documents.rendering import asyncapi_json, openapi_json

SWAGGER_UI = Path(str(files("flask_swagger_ui"))) / "dist"
OURS = Path(__file__).parent / "assets"
ASSETS = {
    "swagger-ui.css": SWAGGER_UI,
    "swagger-ui-bundle.js": SWAGGER_UI,
    "favicon-32x32.png": SWAGGER_UI,
    "open.js": OURS,
    "documents.css": OURS,
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
FIVE_MINUTES = 300


def blueprint(api: StonksApi) -> Blueprint:
    routes = Blueprint("documents", __name__, template_folder="templates")
    openapi, asyncapi = cache(lambda: openapi_json(api)), cache(asyncapi_json)

    @routes.get("/openapi.json")
    def openapi_document() -> Response:
        return Response(openapi(), mimetype="application/json")

    @routes.get("/asyncapi.json")
    def asyncapi_document() -> Response:
        return Response(asyncapi(), mimetype="application/json")

    @routes.get("/docs")
    def docs() -> Response:
        return _page("documents/http.html")

    @routes.get("/docs/websocket")
    def socket_docs() -> Response:
        return _page(
            "documents/websocket.html",
            received=cards(frames.CLIENT_FRAMES),
            sent=cards(frames.SERVER_FRAMES),
            closing=[(int(code), with_code(meaning)) for code, meaning in MEANINGS.items()],
        )

    @routes.get("/docs/assets/<name>")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            abort(404)
        response = send_from_directory(ASSETS[name], name, max_age=FIVE_MINUTES)
        response.headers["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
        return response

    return routes


def _page(template: str, **context: object) -> Response:
    response = Response(render_template(template, **context), mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    return response
