"""Who is asking."""

from typing import TYPE_CHECKING

from flask import Response, after_this_request, request

from stonks.domain.errors import Unauthenticated
from stonks.entrypoints.http import cookies, csrf

if TYPE_CHECKING:
    from stonks.application.identity.ports import SignedIn
    from stonks.domain.identity.scope import Scope
    from stonks.entrypoints.container import Container


def signed_in(container: "Container", scope: "Scope | None" = None) -> "SignedIn":
    """Whoever the request's access token or cookie stands for; raises ``Unauthenticated``.

    By a personal access token nobody gets in but with ``scope``: ``Forbidden``.
    """
    person = maybe_signed_in(container)
    if person is None:
        raise _nobody()
    person.must_have(scope)
    return person


def maybe_signed_in(container: "Container") -> "SignedIn | None":
    """The same, or None for nobody; a token that is not valid is refused even so.

    A cookie counts where no ``Authorization`` is sent, and raises ``Forbidden`` where the request
    may be another page's; one that is over stands for nobody, as browsers go on sending it.
    """
    after_this_request(_varying)
    header = request.headers.get("Authorization")
    if header is None:
        return _by_cookie(container)
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("token_invalid", "send Authorization: Bearer and an access token")
    return container.authenticate()(token=token.strip())


def _by_cookie(container: "Container") -> "SignedIn | None":
    secret = cookies.shown()
    person = container.authenticate_cookie()(secret=secret) if secret else None
    if secret and person:
        csrf.must_be_meant(secret, container.settings().public_url)
    return person


def _nobody() -> Unauthenticated:
    if cookies.shown():
        return Unauthenticated("session_ended", "this session is over; log in again")
    return Unauthenticated("token_missing", "sign in first")


def _varying(response: Response) -> Response:
    response.vary.update(("Authorization", "Cookie"))
    return response
