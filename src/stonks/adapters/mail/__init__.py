"""How mail is worded and handed over: by SMTP, into files, or into memory."""

from stonks.adapters.mail.composing import JinjaCompose
from stonks.adapters.mail.files import FileMailer
from stonks.adapters.mail.memory import MemoryMailer
from stonks.adapters.mail.notices import JinjaNotices
from stonks.adapters.mail.sessions import PlainSessions, SmtpSessions
from stonks.adapters.mail.smtp import SmtpMailer
from stonks.adapters.mail.smtp_server import Smtp

__all__ = [
    "FileMailer",
    "JinjaCompose",
    "JinjaNotices",
    "MemoryMailer",
    "PlainSessions",
    "Smtp",
    "SmtpMailer",
    "SmtpSessions",
]
