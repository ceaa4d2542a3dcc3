"""Mail on its way, in memory."""

from stonks.adapters.memory.mail.outgoing import MailTables, MemoryOutgoingMails

__all__ = ["MailTables", "MemoryOutgoingMails"]
