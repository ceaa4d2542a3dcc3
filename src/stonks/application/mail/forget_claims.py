"""Tidying up after senders that died."""

from dataclasses import dataclass
from datetime import timedelta

from stonks.application.mail.ports import Losses, MailWork
from stonks.application.ports import Begin, Clock

LONGEST_SENDING = timedelta(hours=1)
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ForgetClaims:
    """Give up mails whose sender died with them: nobody knows whether they left."""

    begin: Begin[MailWork]
    losses: Losses
    now: Clock

    def __call__(self) -> bool:
        """Whether there may be more."""
        with self.begin() as work:
            lost = work.queue.forget(self.now() - LONGEST_SENDING, AT_ONCE)
        for mail in lost:
            self.losses(mail, "mail_sender_died")
        return len(lost) == AT_ONCE
