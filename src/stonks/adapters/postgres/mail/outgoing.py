"""Mails that have not left yet, on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from stonks.adapters.postgres.outbox.publishing import CHANNEL
from stonks.adapters.postgres.tables.mail import outgoing_mails
from stonks.application.mail.ports import Mail


@dataclass(slots=True)
class PostgresOutgoingMails:
    """``OutgoingMails`` on the table ``outgoing_mails``; knows whether it was used.

    Whoever listens is woken by the commit.
    """

    connection: Connection
    are_any: bool = False

    def add(self, mail: Mail) -> None:
        row = {
            "id": mail.id,
            "kind": mail.kind.value,
            "to": mail.to,
            "at": mail.at,
            "profile_id": mail.profile_id,
            "values": dict(mail.values),
            "due_at": mail.at,
        }
        self.connection.execute(insert(outgoing_mails).values(row))
        if not self.are_any:
            self.connection.execute(select(func.pg_notify(CHANNEL, "mails")))
        self.are_any = True
