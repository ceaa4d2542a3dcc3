"""Following a link: by its token, which no GET ever uses up."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT
from stonks.entrypoints.http.identity import refusals as identity
from stonks.entrypoints.http.identity.answers import admitted
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.examples import SIGNED_IN
from stonks.entrypoints.http.identity.mail import examples, refusals
from stonks.entrypoints.http.identity.mail.shapes import (
    ArriveBody,
    FollowLinkBody,
    ResetPasswordBody,
)
from stonks.entrypoints.http.identity.second_factors.half import OR_HALF
from stonks.entrypoints.http.identity.shapes import SignedInShape
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

REFUSED = (refusals.BAD_LINK, refusals.TOO_MANY_LINKS, refusals.NO_LIMITS)


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/email/verify")
    @routes.limited(204, lambda: [LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT])
    @routes.takes(FollowLinkBody, example=examples.FOLLOW)
    @routes.answers(204, description="The address is theirs")
    @routes.refuses(*REFUSED, refusals.TAKEN_MEANWHILE)
    def verify_email(body: dict[str, Any]) -> Response:
        """Verify an address

        The one of a signup, or a new one, which counts from now on: then the old one is told,
        and every session ends but the one that asked for it.
        """
        container.verify_email()(**body, address=request.remote_addr or "")
        return nothing()

    @routes.post("/email/finish")
    @routes.limited(200, lambda: [LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT])
    @routes.takes(ArriveBody, example=examples.ARRIVE)
    @routes.answers(200, SignedInShape, example=SIGNED_IN)
    @routes.doc(responses=_created())
    @routes.doc(**OR_HALF)
    @routes.refuses(
        *REFUSED, identity.BAD_USERNAME, identity.RESERVED_USERNAME, identity.USERNAME_TAKEN
    )
    def finish_email_sign_in(body: dict[str, Any]) -> Response:
        """Sign in by a link

        Signs up where the address is new, with `username` and `fullName` or with a name that
        is made of the address; both are ignored otherwise. The address is verified by it. If it
        was not before, whatever somebody else set up for it no longer lets them in. Who has a
        second factor is asked for that.
        """
        arrival = container.sign_in_by_link()(**body, **origin())
        return admitted(arrival.profile, arrival.entry, 201 if arrival.is_new else 200)

    @routes.post("/password/reset")
    @routes.limited(204, lambda: [LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT])
    @routes.takes(ResetPasswordBody, example=examples.RESET)
    @routes.answers(204, description="It is the new password")
    @routes.refuses(
        *REFUSED,
        identity.SHORT_PASSWORD,
        identity.COMMON_PASSWORD,
        identity.PERSONAL_PASSWORD,
        identity.BUSY,
    )
    def reset_password(body: dict[str, Any]) -> Response:
        """Choose a new password by a link

        Every session ends, and nobody is signed in by it: log in with the new password, and with
        the second factor where there is one. A password that is refused leaves the link good.
        """
        container.reset_password()(**body, **origin())
        return nothing()


def _created() -> dict[int, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/SignedIn"}
    content = {"application/json": {"schema": schema, "example": SIGNED_IN}}
    return {201: {"description": "A new member is signed in", "content": content}}
