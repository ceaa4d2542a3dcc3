"""Mail on its way, on PostgreSQL."""

from stonks.adapters.postgres.mail.outgoing import PostgresOutgoingMails

__all__ = ["PostgresOutgoingMails"]
