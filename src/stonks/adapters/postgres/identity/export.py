"""Everything that PostgreSQL keeps about somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, tuple_

from stonks.adapters.personal_data import written
from stonks.adapters.postgres.identity.export_messages import messages_of
from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.accounts import account_type_grants
from stonks.adapters.postgres.tables.channels import admins, channels, streams
from stonks.adapters.postgres.tables.chat import rooms, sanctions
from stonks.adapters.postgres.tables.external import external_identities
from stonks.adapters.postgres.tables.identity import audit, profile, sessions
from stonks.adapters.postgres.tables.mail import outgoing_mails
from stonks.adapters.postgres.tables.mail_links import email_proofs
from stonks.adapters.postgres.tables.notifications import (
    deliveries,
    devices,
    notices,
    notifications,
    preferences,
)
from stonks.adapters.postgres.tables.passkeys import passkeys
from stonks.adapters.postgres.tables.second_factors import recovery_codes, totp_factors
from stonks.adapters.postgres.tables.social import follows
from stonks.adapters.postgres.tables.webhooks import endpoints
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


_FOLLOWED = (
    select(profile.c.username)
    .where(profile.c.id == follows.c.followed_id, profile.c.active)
    .scalar_subquery()
)


def _told(name: str) -> Any:
    """What the notice of a notification says."""
    this = notices.c.id == notifications.c.notice_id
    return select(notices.c[name]).where(this).scalar_subquery().label(name)


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
    "streams": Shown(
        (
            channels.c.slug.label("channel"),
            *(
                streams.c[name]
                for name in ("title", "started_at", "seen_at", "ended_at", "end_reason")
            ),
            streams.c.is_announced,
        ),
        (channels.c.host_id,),
        (streams.c.id,),
        (channels,),
    ),
    "webhookEndpoints": Shown(
        (
            channels.c.slug.label("channel"),
            *(
                endpoints.c[name]
                for name in ("url", "description", "event_types", "status", "created_at")
            ),
            *(
                endpoints.c[name]
                for name in ("updated_at", "activated_at", "disabled_at", "disabled_because")
            ),
            endpoints.c.failing_since,
        ),
        (channels.c.host_id,),
        (endpoints.c.id,),
        (channels,),
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
    "following": Shown(
        (_FOLLOWED.label("username"), follows.c.bell.label("notify"), follows.c.since),
        (follows.c.follower_id,),
        (follows.c.since, follows.c.followed_id),
    ),
    "notifications": Shown(
        (_told("kind"), _told("at"), _told("data"), notifications.c.read_at),
        (notifications.c.profile_id,),
        (notifications.c.notice_id,),
    ),
    "notificationTraces": Shown(
        tuple(
            deliveries.c[name]
            for name in ("way", "state", "reason", "attempts", "decided_at", "changed_at")
        ),
        (deliveries.c.profile_id,),
        (deliveries.c.notice_id, deliveries.c.way, deliveries.c.target),
    ),
    "notificationPreferences": Shown(
        (preferences.c.kind, preferences.c.way, preferences.c.is_wanted),
        (preferences.c.profile_id,),
        (preferences.c.kind, preferences.c.way),
    ),
    "pushDevices": Shown(
        (devices.c.device, devices.c.created_at, devices.c.used_at),
        (devices.c.profile_id,),
        (devices.c.id,),
    ),
    "audit": Shown(
        (audit.c.at, audit.c.action, audit.c.detail),
        (audit.c.subject, audit.c.actor),
        (audit.c.id,),
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
    "follow_counts": "how many follow, which the profile shows to everybody",
    "entries": "shown as messages, which are read room by room",
    "notices": "what many were told, shown with the notifications of each",
    "webhook_attempts": "what endpoints were sent, for 30 days, beside those that are shown",
    "attended_rooms": "where an endpoint wants to know who comes and goes",
    "attendees": "who is in such a room now, until they leave it",
    "outbox": "events on their way to those who handle them, for moments",
    "fanouts": "audiences that are being told, for moments",
    "notification_batches": "people who are being told, for moments",
    "notification_groups": "which notification the next one joins",
    "notification_actors": "who was counted in a notification, which names the latest",
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
