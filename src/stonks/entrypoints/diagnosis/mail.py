"""Mail: does the server answer, and does it take us?"""

from collections.abc import Iterator

from stonks.adapters.mail import SmtpMailer
from stonks.domain.errors import Refusal
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.mailing import mail_folder, make_mailer
from stonks.entrypoints.settings import Settings


def look_at_mail(settings: Settings) -> Iterator[Finding]:
    if not settings.mail_url:
        yield ill("mail", "goes nowhere", "set STONKS_MAIL_URL=smtp://user:password@host:587")
        return
    mailer = make_mailer(settings)
    if not isinstance(mailer, SmtpMailer):
        where = mail_folder(settings) if settings.mail_url == "files:" else "nowhere"
        yield doubtful("mail", f"goes to {where}", "set STONKS_MAIL_URL so that people get it")
        return
    server = f"{mailer.server.host}:{mailer.server.port}"
    try:
        mailer.check()
    except Refusal as refusal:
        yield ill("mail", f"{server}: {refusal.detail}", "correct STONKS_MAIL_URL")
    else:
        yield Finding("mail", f"{server}, from {settings.mail_from}")
