"""Sign up and log in."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.entrypoints.http.identity import examples, refusals
from stonks.entrypoints.http.identity.answers import admitted
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.second_factors.half import OR_HALF
from stonks.entrypoints.http.identity.shapes import (
    LogInBody,
    SignedInShape,
    SignUpBody,
)
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/signup")
    @routes.limited(201, lambda: container.attempts().signup_limits)
    @routes.takes(SignUpBody, example=examples.SIGN_UP)
    @routes.answers(201, SignedInShape, example=examples.SIGNED_IN)
    @routes.refuses(
        refusals.BAD_USERNAME,
        refusals.RESERVED_USERNAME,
        refusals.BAD_EMAIL,
        refusals.SHORT_PASSWORD,
        refusals.COMMON_PASSWORD,
        refusals.PERSONAL_PASSWORD,
        refusals.USERNAME_TAKEN,
        refusals.EMAIL_TAKEN,
        refusals.TOO_MANY_SIGNUPS,
        refusals.LIMITS_AWAY,
        refusals.BUSY,
    )
    def sign_up(body: dict[str, Any]) -> Response:
        """Sign up

        Makes a profile and signs in at once.
        """
        profile, grant = container.sign_up()(**body, **origin())
        return admitted(profile, grant, 201)

    @routes.post("/login")
    @routes.limited(200, lambda: container.attempts().login_limits)
    @routes.takes(LogInBody, example=examples.LOG_IN)
    @routes.answers(200, SignedInShape, example=examples.SIGNED_IN)
    @routes.doc(**OR_HALF)
    @routes.refuses(
        refusals.BAD_CREDENTIALS,
        refusals.TOO_MANY_ATTEMPTS,
        refusals.LIMITS_AWAY,
        refusals.BUSY,
    )
    def log_in(body: dict[str, Any]) -> Response:
        """Log in

        Unknown logins and wrong passwords get the same answer. Who has a second factor gets an
        `mfaToken` in place of tokens, to finish with.
        """
        return admitted(*container.log_in()(**body, **origin()))
