"""Asking for a link by mail: the answer tells nothing of whether anybody has the address."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from stonks.application.identity.mail_links.limits import MAILS_FROM_ADDRESS, MAILS_TO_ADDRESS
from stonks.entrypoints.http.identity.mail import examples, refusals
from stonks.entrypoints.http.identity.mail.shapes import AskForLinkBody
from stonks.entrypoints.http.identity.refusals import BAD_EMAIL
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

SENT = "If there is anything to send, it is on its way"
REFUSED = (BAD_EMAIL, refusals.TOO_MANY_MAILS, refusals.NO_LIMITS)


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/email/start")
    @routes.limited(202, lambda: [MAILS_FROM_ADDRESS, MAILS_TO_ADDRESS])
    @routes.takes(AskForLinkBody, example=examples.ASK)
    @routes.answers(202, description=SENT)
    @routes.refuses(*REFUSED)
    def start_email_sign_in(body: dict[str, Any]) -> Response:
        """Ask for a link that signs in

        It works once, within 15 minutes, and signs up where the address is new. The answer is
        always the same; an address that got five of these within an hour gets none for a while.
        """
        container.ask_to_sign_in()(**body, address=request.remote_addr or "")
        return Response(status=202)

    @routes.post("/email/resend")
    @routes.limited(202, lambda: [MAILS_FROM_ADDRESS, MAILS_TO_ADDRESS])
    @routes.takes(AskForLinkBody, example=examples.ASK)
    @routes.answers(202, description=SENT)
    @routes.refuses(*REFUSED)
    def resend_verification(body: dict[str, Any]) -> Response:
        """Ask again for the link that verifies one's address

        The answer is always the same, also for addresses that are verified or unknown.
        """
        container.ask_to_verify()(**body, address=request.remote_addr or "")
        return Response(status=202)

    @routes.post("/password/forgot")
    @routes.limited(202, lambda: [MAILS_FROM_ADDRESS, MAILS_TO_ADDRESS])
    @routes.takes(AskForLinkBody, example=examples.ASK)
    @routes.answers(202, description=SENT)
    @routes.refuses(*REFUSED)
    def forgot_password(body: dict[str, Any]) -> Response:
        """Ask for a link to a new password

        It works once, within an hour. The answer is always the same, after the same work.
        """
        container.ask_to_reset()(**body, address=request.remote_addr or "")
        return Response(status=202)
