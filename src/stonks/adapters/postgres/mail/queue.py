"""The queue of mails on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from stonks.adapters.postgres.tables.mail import outgoing_mails
from stonks.application.mail.ports import Departure, Mail, MailKind
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresMailQueue:
    """``MailQueue`` on the table ``outgoing_mails``."""

    connection: Connection

    def claim(self, at: datetime) -> Departure | None:
        row = outgoing_mails.c
        due = (
            select(row.id)
            .where(row.due_at <= at, row.claimed_at.is_(None))
            .order_by(row.due_at, row.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        claim = update(outgoing_mails).where(row.id == due, row.claimed_at.is_(None))
        claim = claim.values(claimed_at=at, attempts=row.attempts + 1)
        found = self.connection.execute(claim.returning(outgoing_mails)).one_or_none()
        return Departure(_mail(found), found.attempts) if found else None

    def put_back(self, mail_id: UUID, due_at: datetime) -> None:
        change = update(outgoing_mails).where(outgoing_mails.c.id == mail_id)
        self.connection.execute(change.values(claimed_at=None, due_at=due_at))

    def remove(self, mail_id: UUID) -> None:
        self.connection.execute(delete(outgoing_mails).where(outgoing_mails.c.id == mail_id))

    def forget(self, before: datetime, most: int) -> Sequence[Mail]:
        row = outgoing_mails.c
        lost = select(row.id).where(row.claimed_at < before).limit(most)
        chosen = lost.with_for_update(skip_locked=True)
        gone = delete(outgoing_mails).where(row.id.in_(chosen)).returning(outgoing_mails)
        return [_mail(found) for found in self.connection.execute(gone)]


def _mail(row: Row[Any]) -> Mail:
    mapping = row._mapping
    return Mail(
        id=mapping["id"],
        kind=MailKind(mapping["kind"]),
        to=mapping["to"],
        at=mapping["at"],
        profile_id=ProfileId(mapping["profile_id"]) if mapping["profile_id"] else None,
        values=mapping["values"],
    )
