"""Where mail goes, and when it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from stonks.adapters.mail import (
    FileMailer,
    MemoryMailer,
    PlainSessions,
    Smtp,
    SmtpMailer,
    SmtpSessions,
)
from stonks.application.mail.ports import Mail, Mailer, MailSessions
from stonks.entrypoints.own_machine import is_own_machine
from stonks.entrypoints.settings import BadSetting, Settings

log = structlog.get_logger(__name__)


def mail_folder(settings: Settings) -> Path:
    return settings.var / "mail"


def make_mailer(settings: Settings) -> Mailer:
    """The mailer of ``STONKS_MAIL_URL``."""
    if settings.mail_url == "files:":
        return FileMailer(mail_folder(settings), settings.mail_from)
    if settings.mail_url in ("", "memory:"):
        return MemoryMailer()
    return SmtpMailer(Smtp.at(settings.mail_url), settings.mail_from)


def make_mail_sessions(mailer: Mailer) -> MailSessions:
    """For many messages in a row, by the same way."""
    return SmtpSessions(mailer) if isinstance(mailer, SmtpMailer) else PlainSessions(mailer)


def check_mail(settings: Settings) -> None:
    """Raises ``BadSetting`` where nobody said where mail goes."""
    if not settings.mail_url:
        raise BadSetting(
            "STONKS_MAIL_URL is required with a database of your own: smtp://user:password@host:587"
        )


def is_mail_shown(settings: Settings) -> bool:
    """Whether ``/dev/mail`` is there: for files, on the embedded database and one's own machine."""
    return settings.mail_url == "files:" and is_own_machine(settings)


def tell_loss(mail: Mail, code: str) -> None:
    """``Losses`` in the log, without the address."""
    log.error("mail_lost", mail=str(mail.id), kind=mail.kind.value, code=code)


class _Queueing(Protocol):
    @property
    def are_any(self) -> bool: ...


class _Mailing(Protocol):
    @property
    def mails(self) -> _Queueing: ...


@dataclass(frozen=True, slots=True)
class Bell:
    """Rings when something waits to be done, for whoever does it in this process."""

    listeners: list[Callable[[], object]] = field(default_factory=list)

    def ring(self) -> None:
        for listener in self.listeners:
            listener()

    def committed(self, work: _Mailing) -> None:
        """For ``PostgresBegin``: ring where this unit of work queued some."""
        if work.mails.are_any:
            self.ring()
