"""Turn an authenticator app on and off, and get recovery codes."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.application.identity.ports import SignedIn
from stonks.application.identity.second_factors.limits import LIMITS
from stonks.entrypoints.http.identity.second_factors import examples, refusals
from stonks.entrypoints.http.identity.second_factors.codes import ALSO_TEXT, recovery_codes
from stonks.entrypoints.http.identity.second_factors.shapes import (
    CodeBody,
    NewTotpShape,
    RecoveryCodesShape,
    SecondFactorsShape,
    new_totp_json,
    second_factors_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

QR_TITLE = "QR code for your authenticator app"


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/me/2fa")
    @routes.for_members
    @routes.answers(200, SecondFactorsShape, example=examples.SECOND_FACTORS)
    def read_second_factors(person: SignedIn) -> Response:
        """Read which second factors one has

        Never a secret or a code: those are shown once, when they are made.
        """
        factors = container.read_second_factors()(actor=person.profile_id)
        return answer(second_factors_json(factors))

    @routes.post("/me/2fa")
    @routes.for_members
    @routes.fresh
    @routes.answers(200, NewTotpShape, example=examples.NEW_TOTP)
    def start_totp(person: SignedIn) -> Response:
        """Begin with an authenticator app

        Nothing changes before a code of it is confirmed, within an hour; an app that is on
        already stays until then.
        """
        new = container.start_totp()(actor=person.profile_id, session_id=person.session_id)
        return answer(new_totp_json(new, container.qr_svg()(new.uri, title=QR_TITLE)))

    @routes.post("/me/2fa/confirm")
    @routes.for_members
    @routes.fresh
    @routes.limited(200, lambda: LIMITS)
    @routes.takes(CodeBody, example=examples.CODE)
    @routes.answers(200, RecoveryCodesShape, example=examples.RECOVERY_CODES)
    @routes.doc(**ALSO_TEXT)
    @routes.refuses(
        refusals.NOT_CONFIRMED,
        refusals.NOT_STARTED,
        refusals.TOO_MANY_PROOFS,
        refusals.NO_LIMITS,
        refusals.NO_KEY,
    )
    def confirm_totp(body: dict[str, Any], person: SignedIn) -> Response:
        """Turn an authenticator app on

        Logins ask for its codes from now on, and all other sessions end. Answers ten recovery
        codes, shown this once; with `Accept: text/plain` as a file to keep.
        """
        codes = container.confirm_totp()(
            actor=person.profile_id,
            session_id=person.session_id,
            address=request.remote_addr or "",
            **body,
        )
        return recovery_codes(codes)

    @routes.delete("/me/2fa")
    @routes.for_members
    @routes.fresh
    @routes.answers(204, description="No authenticator app is on")
    def end_totp(person: SignedIn) -> Response:
        """Turn the authenticator app off

        Its recovery codes go with it, unless a passkey is left; all other sessions end.
        """
        container.end_totp()(actor=person.profile_id, session_id=person.session_id)
        return nothing()

    @routes.post("/me/2fa/recovery-codes")
    @routes.for_members
    @routes.fresh
    @routes.answers(200, RecoveryCodesShape, example=examples.RECOVERY_CODES)
    @routes.doc(**ALSO_TEXT)
    @routes.refuses(refusals.FACTOR_OFF)
    def renew_recovery_codes(person: SignedIn) -> Response:
        """Get new recovery codes

        Ten, shown this once; all before them are worth nothing. With `Accept: text/plain` they
        come as a file to keep.
        """
        renew = container.renew_recovery_codes()
        return recovery_codes(renew(actor=person.profile_id, session_id=person.session_id))
