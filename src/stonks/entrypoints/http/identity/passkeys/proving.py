"""Prove again with a passkey who one is."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.passkeys.limits import (
    ASKED_BY_ADDRESS,
    SHOWN_BY_ACCOUNT,
    SHOWN_BY_ADDRESS,
)
from stonks.application.identity.ports import SignedIn
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.passkeys import examples, refusals
from stonks.entrypoints.http.identity.passkeys.options import prompt_json
from stonks.entrypoints.http.identity.passkeys.shapes import RequestOptionsShape, ShowPasskeyBody
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/reauthenticate/passkey/start")
    @routes.limited(200, lambda: [ASKED_BY_ADDRESS])
    @routes.for_members
    @routes.answers(200, RequestOptionsShape, example=examples.PROMPT_OF_SOMEBODY)
    @routes.refuses(refusals.NONE_AT_ALL, refusals.TOO_OFTEN, refusals.NO_LIMITS)
    def start_fresh_proof(person: SignedIn) -> Response:
        """Begin to prove again with a passkey who one is

        Goes on at `POST /auth/reauthenticate/passkey/finish`, in the same session.
        """
        prompt = container.ask_for_proof()(
            actor=person.profile_id, session_id=person.session_id, address=origin()["address"]
        )
        return answer({"publicKey": prompt_json(prompt, container.relying_party())})

    @routes.post("/reauthenticate/passkey/finish")
    @routes.limited(204, lambda: [SHOWN_BY_ADDRESS, SHOWN_BY_ACCOUNT])
    @routes.for_members
    @routes.takes(ShowPasskeyBody, example=examples.SIGN_IN)
    @routes.answers(204, description="This session is freshly proved, for 5 minutes")
    @routes.refuses(
        refusals.MALFORMED,
        refusals.NOT_PROVED_AGAIN,
        refusals.TOO_LATE_AGAIN,
        refusals.UNCHECKED_AGAIN,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
    )
    def finish_fresh_proof(body: dict[str, Any], person: SignedIn) -> Response:
        """Prove again with a passkey who one is

        The device must have checked a finger, a face or a PIN, unless the passkey is a second
        factor.
        """
        container.reauthenticate_with_passkey()(
            session_id=person.session_id, address=origin()["address"], **body
        )
        return nothing()
