"""Asking for a link by mail."""

from dataclasses import dataclass

from stonks.application.identity.mail_links.limits import MAILS_FROM_ADDRESS, may_mail
from stonks.application.identity.ports import IdentityWork, Throttle
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.email import check_email


@dataclass(frozen=True, slots=True)
class AskForLink:
    """Have a link sent to an address.

    Whether anybody has this address is looked up when the mail leaves: until then known and
    unknown ones are the same work and get the same answer. So do those to which too much goes.
    """

    begin: Begin[IdentityWork]
    throttle: Throttle
    now: Clock
    new_id: NewId
    kind: MailKind

    def __call__(self, *, email: str, address: str) -> None:
        """Raises ``Invalid`` (``email_malformed``), ``Limited`` (``too_many_attempts``) for a
        network address that asks too often, ``Unavailable`` (``limits_unavailable``).
        """
        email = check_email(email)
        self.throttle(MAILS_FROM_ADDRESS, address)
        if may_mail(self.throttle, self.kind, email):
            with self.begin() as work:
                work.mails.add(Mail(self.new_id(), self.kind, email, self.now()))
