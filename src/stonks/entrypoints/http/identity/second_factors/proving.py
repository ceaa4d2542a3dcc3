"""Finish a login, and prove again who one is."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.application.identity.ports import SignedIn
from stonks.application.identity.second_factors.limits import LIMITS
from stonks.entrypoints.http.identity.answers import admitted
from stonks.entrypoints.http.identity.examples import SIGNED_IN
from stonks.entrypoints.http.identity.refusals import BUSY
from stonks.entrypoints.http.identity.second_factors import examples, refusals
from stonks.entrypoints.http.identity.second_factors.shapes import (
    LoginCodeBody,
    ReauthenticateBody,
)
from stonks.entrypoints.http.identity.shapes import SignedInShape
from stonks.entrypoints.http.json import nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/login/2fa")
    @routes.limited(200, lambda: LIMITS)
    @routes.takes(LoginCodeBody, example=examples.FINISH_LOGIN)
    @routes.answers(200, SignedInShape, example=SIGNED_IN)
    @routes.refuses(
        refusals.WRONG_CODE,
        refusals.MFA_TOKEN_INVALID,
        refusals.TOO_MANY_PROOFS,
        refusals.NO_LIMITS,
        refusals.NO_KEY,
    )
    def finish_login(body: dict[str, Any]) -> Response:
        """Finish a login with a code

        Changes the `mfaToken` of a login and a code for tokens. A wrong code may be tried again
        with the same token; each code works once, each token for one login within 10 minutes.
        """
        finish = container.finish_login()
        return admitted(*finish(**body, address=request.remote_addr or ""))

    @routes.post("/reauthenticate")
    @routes.for_members
    @routes.limited(204, lambda: LIMITS)
    @routes.takes(ReauthenticateBody, example=examples.REAUTHENTICATE)
    @routes.answers(204, description="This session has fresh proof for 5 minutes")
    @routes.refuses(
        refusals.ONE_PROOF,
        refusals.PROOF_WRONG,
        refusals.FACTOR_REQUIRED,
        refusals.SIGN_IN_AGAIN,
        refusals.TOO_MANY_PROOFS,
        refusals.NO_LIMITS,
        refusals.NO_KEY,
        BUSY,
    )
    def reauthenticate(body: dict[str, Any], person: SignedIn) -> Response:
        """Prove again who you are

        What changes how somebody signs in asks for fresh proof: a login within 5 minutes, or
        this. Who has a second factor gives a `code`, everybody else the `password`.
        """
        prove = container.reauthenticate()
        prove(person=person, address=request.remote_addr or "", **body)
        return nothing()
