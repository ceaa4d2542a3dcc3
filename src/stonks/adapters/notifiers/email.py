"""Notices by mail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from stonks.adapters.mail.notices import JinjaNotices
from stonks.adapters.notifiers.plugins import Tools
from stonks.application.mail.ports import Mailer, MailSessions, Message
from stonks.application.notifications.notifier import Delivery, Outcome, Send, Verdict
from stonks.domain.errors import Invalid, Unavailable
from stonks.domain.notifications.way import EMAIL

UNPROVEN = Outcome(Verdict.REFUSED, "no_proven_email")


@dataclass(frozen=True, slots=True)
class EmailNotifier:
    """``Notifier`` that writes letters, to addresses that are proven alone.

    What a server refuses for good is ``REFUSED`` and not ``GONE``: it may be the letter that it
    does not like, and the address is the person's to change.
    """

    sessions: MailSessions
    compose: Callable[[Delivery], Message]
    way: str = EMAIL

    @contextmanager
    def sending(self) -> Iterator[Send]:
        with self.sessions() as mailer:
            yield partial(self._send, mailer)

    def _send(self, mailer: Mailer, delivery: Delivery, /) -> Outcome:
        if not delivery.recipient.email:
            return UNPROVEN
        try:
            mailer(self.compose(delivery))
        except Unavailable as refusal:
            return Outcome(Verdict.LATER, refusal.code)
        except Invalid as refusal:
            return Outcome(Verdict.REFUSED, refusal.code)
        return Outcome(Verdict.SENT)


def make(tools: Tools) -> EmailNotifier:
    return EmailNotifier(tools.mail_sessions, JinjaNotices(tools.public_url, tools.unsubscribe_url))
