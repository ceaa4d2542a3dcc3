"""How mail is worded and handed over: by SMTP, into files, or into memory."""

from stonks.adapters.mail.composing import JinjaCompose
from stonks.adapters.mail.files import FileMailer
from stonks.adapters.mail.memory import MemoryMailer
from stonks.adapters.mail.smtp import Smtp, SmtpMailer

__all__ = ["FileMailer", "JinjaCompose", "MemoryMailer", "Smtp", "SmtpMailer"]
