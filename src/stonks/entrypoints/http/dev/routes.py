"""``/dev/mail``: what was mailed, where mail goes into files beside the embedded database."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, render_template, request

from stonks.entrypoints.http.dev import mails
from stonks.entrypoints.mailing import is_mail_shown, mail_folder
from stonks.entrypoints.own_machine import LOOPBACK

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def blueprint(container: "Container") -> Blueprint:
    routes = Blueprint("dev", __name__, template_folder="templates", url_prefix="/dev")
    settings = container.settings()

    @routes.before_request
    def only_here() -> None:
        if not (is_mail_shown(settings) and _is_from_here()):
            abort(404)

    @routes.get("/mail")
    def mail_list() -> Response:
        folder = mail_folder(settings)
        return _page("mails.html", mails=list(mails.newest(folder)), folder=folder)

    @routes.get("/mail/<name>")
    def mail(name: str) -> Response:
        return _page("mail.html", mail=_found(name))

    @routes.get("/mail/<name>/html")
    def letter(name: str) -> Response:
        return _with_policy(_found(name).html, LETTER_POLICY, framed=True)

    def _found(name: str) -> mails.ShownMail:
        found = mails.find(mail_folder(settings), name)
        if found is None:
            abort(404)
        return found

    return routes


def _is_from_here() -> bool:
    """Mails hold links that sign in: they are for this machine, and no name that leads to it."""
    host = urlsplit(f"//{request.host}").hostname
    return host in LOOPBACK and request.remote_addr in LOOPBACK


def _page(template: str, **context: object) -> Response:
    return _with_policy(render_template(f"dev/{template}", **context), POLICY)


def _with_policy(html: str, policy: str, *, framed: bool = False) -> Response:
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = policy
    if framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
