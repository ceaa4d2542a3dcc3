"""One's own passkeys: list, add, change and remove them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.passkeys.limits import (
    ADDED_BY_ACCOUNT,
    ASKED_BY_ADDRESS,
    SHOWN_BY_ADDRESS,
)
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.passkey import PasskeyId
from stonks.domain.identity.session import is_fresh
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.passkeys import examples, refusals
from stonks.entrypoints.http.identity.passkeys.options import creation_json
from stonks.entrypoints.http.identity.passkeys.shapes import (
    AddPasskeyBody,
    ChangePasskeyBody,
    CreationOptionsShape,
    PasskeyShape,
    PasskeysShape,
    passkey_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.refusals import NOT_FRESH
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/me/passkeys")
    @routes.for_members
    @routes.answers(200, PasskeysShape, example=examples.PASSKEYS)
    def list_passkeys(person: SignedIn) -> Response:
        """List one's own passkeys

        The oldest first, all of them: nobody has more than 20.
        """
        found = container.list_passkeys()(actor=person.profile_id)
        return answer({"items": [passkey_json(passkey) for passkey in found]})

    @routes.post("/me/passkeys/start")
    @routes.limited(200, lambda: [ASKED_BY_ADDRESS, ADDED_BY_ACCOUNT])
    @routes.for_members
    @routes.fresh
    @routes.answers(200, CreationOptionsShape, example=examples.CREATION)
    @routes.refuses(refusals.TOO_MANY, refusals.TOO_OFTEN, refusals.NO_LIMITS)
    def start_passkey(person: SignedIn) -> Response:
        """Begin to add a passkey

        Give `publicKey` to `navigator.credentials.create`, and send what it makes to
        `POST /profiles/me/passkeys` within 5 minutes, from the same session.
        """
        creation = container.start_passkey()(
            actor=person.profile_id, session_id=person.session_id, address=origin()["address"]
        )
        return answer({"publicKey": creation_json(creation, container.relying_party())})

    @routes.post("/me/passkeys")
    @routes.limited(201, lambda: [SHOWN_BY_ADDRESS, ADDED_BY_ACCOUNT])
    @routes.for_members
    @routes.takes(AddPasskeyBody, example=examples.ADD)
    @routes.answers(201, PasskeyShape, example=examples.PASSKEY)
    @routes.refuses(
        refusals.MALFORMED,
        refusals.NOT_MADE_HERE,
        refusals.TOO_LATE_TO_ADD,
        refusals.BAD_NAME,
        refusals.TAKEN,
        refusals.TOO_MANY,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
    )
    def add_passkey(body: dict[str, Any], person: SignedIn) -> Response:
        """Add a passkey

        It signs in without a password at once. A password goes on working without it, unless
        `secondFactor` says otherwise: then no other way in is enough without a second factor.
        All other sessions end, and a mail tells of it.
        """
        passkey = container.add_passkey()(
            actor=person.profile_id,
            session_id=person.session_id,
            address=origin()["address"],
            **body,
        )
        return answer(passkey_json(passkey), 201)

    @routes.patch("/me/passkeys/<uuid:passkey_id>", parameters=[examples.PASSKEY_PARAMETER])
    @routes.for_members
    @routes.takes(ChangePasskeyBody, example=examples.CHANGE)
    @routes.answers(200, PasskeyShape, example=examples.CHANGED)
    @routes.refuses(refusals.UNKNOWN, refusals.BAD_NAME, NOT_FRESH)
    def change_passkey(body: dict[str, Any], passkey_id: UUID, person: SignedIn) -> Response:
        """Change a passkey

        What is not sent stays as it is. `secondFactor` asks for fresh proof, and where it
        changes all other sessions end.
        """
        if "second_factor" in body and not is_fresh(person.proven_at, container.now()()):
            raise NOT_FRESH
        passkey = container.change_passkey()(
            actor=person.profile_id,
            session_id=person.session_id,
            passkey_id=PasskeyId(passkey_id),
            **body,
        )
        return answer(passkey_json(passkey))

    @routes.delete("/me/passkeys/<uuid:passkey_id>", parameters=[examples.PASSKEY_PARAMETER])
    @routes.for_members
    @routes.fresh
    @routes.answers(204, description="It is forgotten here; the device may still list it")
    @routes.refuses(refusals.UNKNOWN, refusals.LAST_WAY_IN)
    def remove_passkey(passkey_id: UUID, person: SignedIn) -> Response:
        """Remove a passkey

        Unless nothing else would let you in. All other sessions end, and a mail tells of it.
        """
        container.remove_passkey()(
            actor=person.profile_id,
            session_id=person.session_id,
            passkey_id=PasskeyId(passkey_id),
        )
        return nothing()
