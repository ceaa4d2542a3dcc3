"""The cookie by which a browser is known again that was sent to an issuer.

It keeps others from finishing here what they began elsewhere: signing somebody in as themselves,
or linking their own identity to somebody's account.
"""

from flask import Response, request

from stonks.domain.identity.external_flow import FLOW_LASTS

NAME = "stonks-flow"
HOST_ONLY = "__Host-"  # RFC 6265bis, 4.1.3.2: no other site of the domain can set it


def browser(public_url: str) -> str | None:
    """The secret that this browser was given."""
    return request.cookies.get(_name(public_url))


def remember(response: Response, secret: str, public_url: str) -> Response:
    """Give it to the browser, for as long as a flow lasts."""
    response.set_cookie(
        _name(public_url),
        secret,
        max_age=FLOW_LASTS,
        path="/",
        secure=_is_over_tls(public_url),
        httponly=True,
        samesite="Lax",  # the issuer's page leads back here
    )
    return response


def _name(public_url: str) -> str:
    """Browsers take the prefix over TLS alone."""
    return HOST_ONLY + NAME if _is_over_tls(public_url) else NAME


def _is_over_tls(public_url: str) -> bool:
    return public_url.startswith("https://")
