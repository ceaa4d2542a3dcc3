"""Everything that PostgreSQL keeps about somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, tuple_

from stonks.adapters.personal_data import written
from stonks.adapters.postgres.identity.export_messages import messages_of
from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.accounts import account_type_grants
from stonks.adapters.postgres.tables.channels import admins, channels
from stonks.adapters.postgres.tables.chat import rooms, sanctions
from stonks.adapters.postgres.tables.external import external_identities
from stonks.adapters.postgres.tables.identity import audit, sessions
from stonks.adapters.postgres.tables.mail import outgoing_mails
from stonks.adapters.postgres.tables.mail_links import email_proofs
from stonks.adapters.postgres.tables.notifications import preferences
from stonks.adapters.postgres.tables.passkeys import passkeys
from stonks.adapters.postgres.tables.second_factors import recovery_codes, totp_factors
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.export.ports import Row
from stonks.domain.ids import ProfileId

PAGE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's rows: ``columns`` where ``whose``, in the order of the unique ``key``."""

    columns: tuple[Any, ...]
    whose: Any
    key: tuple[Any, ...]
    joined: tuple[Any, ...] = ()

    def after(self, profile_id: ProfileId, last: tuple[Any, ...] | None) -> Select[Any]:
        keys = [column.label(f"key_{number}") for number, column in enumerate(self.key)]
        query = select(*self.columns, *keys).select_from(self.key[0].table)
        for table in self.joined:
            query = query.join(table)
        whose = [column == profile_id for column in self.whose]
        query = query.where(or_(*whose)).order_by(*self.key).limit(PAGE)
        return query if last is None else query.where(tuple_(*self.key) > last)


SHOWN: Mapping[str, Shown] = {
    "sessions": Shown(
        tuple(
            sessions.c[name]
            for name in ("id", "device", "started_at", "used_at", "expires_at", "ended_at")
        ),
        (sessions.c.profile_id,),
        (sessions.c.id,),
    ),
    "accessTokens": Shown(
        (
            access_tokens.c.name,
            access_tokens.c.prefix,
            access_tokens.c.scopes,
            sessions.c.started_at.label("created_at"),
            sessions.c.used_at,
            sessions.c.ended_at,
        ),
        (sessions.c.profile_id,),
        (access_tokens.c.session_id,),
        (sessions,),
    ),
    "identities": Shown(
        tuple(
            external_identities.c[name]
            for name in ("provider", "issuer", "subject", "email", "linked_at", "used_at")
        ),
        (external_identities.c.profile_id,),
        (external_identities.c.id,),
    ),
    "passkeys": Shown(
        (passkeys.c.name, passkeys.c.is_second_factor, passkeys.c.created_at, passkeys.c.used_at),
        (passkeys.c.profile_id,),
        (passkeys.c.id,),
    ),
    "authenticatorApps": Shown(
        (totp_factors.c.confirmed_at,),
        (totp_factors.c.profile_id,),
        (totp_factors.c.profile_id,),
    ),
    "recoveryCodes": Shown(
        (recovery_codes.c.used_at,),
        (recovery_codes.c.profile_id,),
        (recovery_codes.c.hash,),
    ),
    "provenEmails": Shown(
        (email_proofs.c.email,), (email_proofs.c.profile_id,), (email_proofs.c.profile_id,)
    ),
    "accountTypes": Shown(
        (account_type_grants.c.name, account_type_grants.c.granted_at),
        (account_type_grants.c.profile_id,),
        (account_type_grants.c.name,),
    ),
    "mailsOnTheirWay": Shown(
        (outgoing_mails.c.kind, outgoing_mails.c.to, outgoing_mails.c.at),
        (outgoing_mails.c.profile_id,),
        (outgoing_mails.c.id,),
    ),
    "channels": Shown(
        tuple(
            channels.c[name]
            for name in (
                *("slug", "title", "description", "created_at", "updated_at"),
                *("suspended_at", "suspension_reason"),
            )
        ),
        (channels.c.host_id,),
        (channels.c.id,),
    ),
    "adminOf": Shown(
        (channels.c.slug.label("channel"), admins.c.since),
        (admins.c.profile_id,),
        (admins.c.channel_id,),
        (channels,),
    ),
    "sanctions": Shown(
        (
            channels.c.slug.label("channel"),
            *(sanctions.c[name] for name in ("kind", "at", "until", "reason")),
        ),
        (sanctions.c.profile_id,),
        (sanctions.c.room_id, sanctions.c.kind),
        (rooms, channels),
    ),
    "audit": Shown(
        (audit.c.at, audit.c.action, audit.c.detail),
        (audit.c.subject, audit.c.actor),
        (audit.c.id,),
    ),
    "preferences": Shown(
        (preferences.c.kind, preferences.c.way, preferences.c.is_wanted),
        (preferences.c.profile_id,),
        (preferences.c.kind, preferences.c.way),
    ),
}
NOT_SHOWN: Mapping[str, str] = {
    "Profile": "the profile itself, which is shown as it always is",
    "passwords": "a hash, of which nobody learns anything",
    "refresh_tokens": "digests of secrets, beside the sessions that are shown",
    "session_cookies": "digests of secrets, beside the sessions that are shown",
    "external_flows": "who is on the way to an issuer, for minutes",
    "entry_codes": "who is on the way back, for minutes",
    "passkey_handles": "random bytes, by which authenticators know a person",
    "ceremonies": "challenges, for minutes",
    "totp_enrolments": "a secret that was never confirmed, for an hour",
    "half_sessions": "who is asked for a second factor, for minutes",
    "mail_links": "digests of secrets, which were mailed and are soon too old",
    "first_answers": "answers of the last day, to what is shown as it turned out",
    "deletions": "whoever has one can ask for nothing",
    "loose_media": "names of files that are nobody's any more",
    "account_types": "what there is for everybody",
    "rooms": "belong to channels",
    "entries": "shown as messages, which are read room by room",
}
SHOWN_IN: Mapping[str, str] = {shown.key[0].table.name: section for section, shown in SHOWN.items()}


@dataclass(frozen=True, slots=True)
class PostgresPersonalData:
    """``PersonalData``, each page one select."""

    reads: Reads

    def __call__(self, profile_id: ProfileId) -> Iterator[tuple[str, Iterator[Row]]]:
        for section, shown in SHOWN.items():
            yield section, self._rows(shown, profile_id)
        yield "messages", messages_of(self.reads, profile_id)

    def _rows(self, shown: Shown, profile_id: ProfileId) -> Iterator[Row]:
        last: tuple[Any, ...] | None = None
        while True:
            with self.reads.connect() as connection:
                page = connection.execute(shown.after(profile_id, last)).all()
            for row in page:
                values = dict(row._mapping)
                last = tuple(values.pop(f"key_{number}") for number in range(len(shown.key)))
                yield written(values)
            if len(page) < PAGE:
                return
