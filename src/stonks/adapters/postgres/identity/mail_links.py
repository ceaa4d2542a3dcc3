"""Links by mail and proved addresses on PostgreSQL."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.identity.profiles import profile_of
from stonks.adapters.postgres.tables.base import metadata
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.tables.mail import outgoing_mails
from stonks.adapters.postgres.tables.mail_links import email_proofs, mail_links
from stonks.application.identity.mail_links.ports import SetUp
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId

WAYS_IN: Mapping[str, SetUp | None] = {
    "passwords": SetUp.PASSWORD,
    "totp_factors": SetUp.SECOND_FACTORS,
    "totp_enrolments": None,
    "recovery_codes": SetUp.SECOND_FACTORS,
    "half_sessions": None,
    "passkeys": SetUp.PASSKEYS,
    "ceremonies": None,
    "external_identities": SetUp.IDENTITIES,
    "external_flows": None,
    "entry_codes": None,
}


@dataclass(frozen=True, slots=True)
class PostgresMailLinks:
    """``MailLinkRepository`` on the table ``mail_links``."""

    connection: Connection

    def add(self, link: MailLink) -> None:
        self.connection.execute(insert(mail_links).values(_row(link)))

    def get(self, digest: bytes) -> MailLink | None:
        query = select(mail_links).where(mail_links.c.hash == digest)
        row = self.connection.execute(query).one_or_none()
        return _link(row) if row else None

    def use(self, digest: bytes) -> bool:
        taken = delete(mail_links).where(mail_links.c.hash == digest)
        return self.connection.execute(taken).rowcount == 1

    def revoke(
        self, profile_id: ProfileId | None, email: str, purposes: Collection[Purpose]
    ) -> None:
        # the mails first: one that is just leaving is waited for, and its link is seen then
        for table, kind, to in (
            (outgoing_mails, outgoing_mails.c.kind, outgoing_mails.c.to),
            (mail_links, mail_links.c.purpose, mail_links.c.email),
        ):
            theirs = and_(table.c.profile_id == profile_id, table.c.profile_id.is_not(None))
            whose = or_(theirs, func.lower(to) == email.lower())
            wanted = kind.in_([purpose.value for purpose in purposes])
            self.connection.execute(delete(table).where(wanted, whose))

    def forget(self, at: datetime, most: int) -> int:
        old = select(mail_links.c.hash).where(mail_links.c.expires_at <= at).limit(most)
        chosen = old.with_for_update(skip_locked=True).scalar_subquery()
        return self.connection.execute(
            delete(mail_links).where(mail_links.c.hash.in_(chosen))
        ).rowcount


@dataclass(frozen=True, slots=True)
class PostgresEmailProofs:
    """``EmailProofRepository`` on the table ``email_proofs``."""

    connection: Connection

    def put(self, profile_id: ProfileId, email: str, at: datetime) -> None:
        new = {"email": email, "proved_at": at}
        upsert = insert(email_proofs).values(profile_id=profile_id, **new)
        self.connection.execute(
            upsert.on_conflict_do_update(index_elements=["profile_id"], set_=new)
        )

    def is_proven(self, entity: Profile) -> bool:
        query = select(email_proofs.c.email).where(email_proofs.c.profile_id == entity.id)
        proved = self.connection.scalar(query)
        return proved is not None and proved.lower() == entity.email.lower()

    def person(self, profile_id: ProfileId) -> Profile | None:
        return self._find(profile.c.id == profile_id)

    def holder(self, email: str) -> Profile | None:
        return self._find(func.lower(profile.c.email) == email.lower())

    def _find(self, matches: ColumnElement[bool]) -> Profile | None:
        row = self.connection.execute(select(profile).where(matches)).one_or_none()
        return profile_of(row) if row else None

    def disown(self, profile_id: ProfileId) -> Collection[SetUp]:
        gone = {set_up for name, set_up in WAYS_IN.items() if self._empty(name, profile_id)}
        return [set_up for set_up in SetUp if set_up in gone]

    def _empty(self, name: str, profile_id: ProfileId) -> bool:
        table = metadata.tables[name]
        theirs = delete(table).where(table.c.profile_id == profile_id)
        return self.connection.execute(theirs).rowcount > 0


def _row(link: MailLink) -> Mapping[str, Any]:
    return {
        "hash": link.digest,
        "purpose": link.purpose.value,
        "email": link.email,
        "issued_at": link.issued_at,
        "expires_at": link.expires_at,
        "profile_id": link.profile_id,
        "session_id": link.session_id,
    }


def _link(row: Row[Any]) -> MailLink:
    return MailLink(
        digest=bytes(row.hash),
        purpose=Purpose(row.purpose),
        email=row.email,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        profile_id=ProfileId(row.profile_id) if row.profile_id else None,
        session_id=SessionId(row.session_id) if row.session_id else None,
    )
