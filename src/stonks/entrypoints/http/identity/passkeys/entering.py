"""Sign in with a passkey: by itself, and as the second factor of a login."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.passkeys.limits import (
    ASKED_BY_ADDRESS,
    SHOWN_BY_ACCOUNT,
    SHOWN_BY_ADDRESS,
)
from stonks.entrypoints.http.identity.answers import admitted
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.examples import SIGNED_IN
from stonks.entrypoints.http.identity.passkeys import examples, refusals
from stonks.entrypoints.http.identity.passkeys.options import prompt_json
from stonks.entrypoints.http.identity.passkeys.shapes import (
    FinishLoginWithPasskeyBody,
    HalfSignedInBody,
    RequestOptionsShape,
    ShowPasskeyBody,
)
from stonks.entrypoints.http.identity.shapes import SignedInShape
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

SHOWN = (SHOWN_BY_ADDRESS, SHOWN_BY_ACCOUNT)


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/passkey/start")
    @routes.limited(200, lambda: [ASKED_BY_ADDRESS])
    @routes.answers(200, RequestOptionsShape, example=examples.PROMPT)
    @routes.refuses(refusals.TOO_OFTEN, refusals.NO_LIMITS)
    def start_passkey_login() -> Response:
        """Begin to sign in with a passkey

        Give `publicKey` to `navigator.credentials.get`, and send what it gives to
        `POST /auth/passkey/finish` within 5 minutes. Nobody is named: the passkey says who it is.
        """
        prompt = container.ask_for_passkey()(address=origin()["address"])
        return answer({"publicKey": prompt_json(prompt, container.relying_party())})

    @routes.post("/passkey/finish")
    @routes.limited(200, lambda: SHOWN)
    @routes.takes(ShowPasskeyBody, example=examples.SIGN_IN)
    @routes.answers(200, SignedInShape, example=SIGNED_IN)
    @routes.refuses(
        refusals.MALFORMED,
        refusals.NOT_PROVED,
        refusals.TOO_LATE,
        refusals.UNCHECKED,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
    )
    def finish_passkey_login(body: dict[str, Any]) -> Response:
        """Sign in with a passkey

        The device must have checked a finger, a face or a PIN. That is two factors by itself,
        so that no other is asked for.
        """
        return admitted(*container.sign_in_with_passkey()(**(body | origin())))

    @routes.post("/login/passkey/start")
    @routes.limited(200, lambda: [ASKED_BY_ADDRESS])
    @routes.takes(HalfSignedInBody, example=examples.HALF)
    @routes.answers(200, RequestOptionsShape, example=examples.PROMPT_OF_SOMEBODY)
    @routes.refuses(refusals.HALF_OVER, refusals.NONE, refusals.TOO_OFTEN, refusals.NO_LIMITS)
    def start_second_passkey(body: dict[str, Any]) -> Response:
        """Begin to finish a login with a passkey

        For logins whose `ways` say `passkey`; goes on at `POST /auth/login/passkey/finish`.
        """
        prompt = container.ask_for_second_factor()(**body, address=origin()["address"])
        return answer({"publicKey": prompt_json(prompt, container.relying_party())})

    @routes.post("/login/passkey/finish")
    @routes.limited(200, lambda: SHOWN)
    @routes.takes(FinishLoginWithPasskeyBody, example=examples.SECOND)
    @routes.answers(200, SignedInShape, example=SIGNED_IN)
    @routes.refuses(
        refusals.MALFORMED,
        refusals.HALF_OVER,
        refusals.NOT_PROVED,
        refusals.TOO_LATE,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
    )
    def finish_second_passkey(body: dict[str, Any]) -> Response:
        """Finish a login with a passkey

        A touch is enough, as the login was the first proof.
        """
        return admitted(*container.finish_login_with_passkey()(**(body | origin())))
