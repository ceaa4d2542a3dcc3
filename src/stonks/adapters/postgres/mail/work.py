"""One unit of work of mail, on PostgreSQL."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from stonks.adapters.postgres.identity import PostgresIdentityWork
from stonks.adapters.postgres.mail.queue import PostgresMailQueue
from stonks.application.identity.mail_links.addressees import IdentityAddressees


@dataclass(slots=True)
class PostgresMailWork:
    """``MailWork`` in one transaction, with identity's answer to who reads a mail."""

    connection: Connection
    queue: PostgresMailQueue = field(init=False)
    addressees: IdentityAddressees = field(init=False)

    def __post_init__(self) -> None:
        self.queue = PostgresMailQueue(self.connection)
        self.addressees = IdentityAddressees(PostgresIdentityWork(self.connection))
