"""Who is asking."""

from typing import TYPE_CHECKING

from flask import request

from stonks.domain.errors import Unauthenticated

if TYPE_CHECKING:
    from stonks.application.identity.ports import SignedIn
    from stonks.domain.identity.scope import Scope
    from stonks.entrypoints.container import Container


def signed_in(container: "Container", scope: "Scope | None" = None) -> "SignedIn":
    """Whoever the request's access token stands for; raises ``Unauthenticated``.

    By a personal access token nobody gets in but with ``scope``: ``Forbidden``.
    """
    person = maybe_signed_in(container)
    if person is None:
        raise Unauthenticated("token_missing", "sign in first")
    person.must_have(scope)
    return person


def maybe_signed_in(container: "Container") -> "SignedIn | None":
    """The same, or None for nobody; a token that is not valid is refused even so."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("token_invalid", "send Authorization: Bearer and an access token")
    return container.authenticate()(token=token.strip())
