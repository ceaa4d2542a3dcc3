"""Everything that memory keeps about somebody."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.mail import MailTables
from stonks.adapters.memory.notifications.preferences import MemoryPreferences, PreferenceTables
from stonks.adapters.memory.notifications.reads import view_of
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.adapters.memory.social.tables import SocialTables
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.adapters.personal_data import written
from stonks.application.identity.export.ports import Row
from stonks.domain.channels.channel import Channel
from stonks.domain.chat.entry import EntryKind
from stonks.domain.ids import ChannelId, ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryPersonalData:
    """``PersonalData`` on tables in memory."""

    identity: IdentityTables
    mail: MailTables
    channels: ChannelTables
    chat: ChatTables
    social: SocialTables
    notifications: NotificationTables
    preferences: PreferenceTables
    webhooks: WebhookTables

    def __call__(self, profile_id: ProfileId) -> Iterator[tuple[str, Iterator[Row]]]:
        me, mine = profile_id, _Mine(profile_id)
        factors, tables = self.identity.second_factors, self.identity
        yield (
            "sessions",
            mine(tables.sessions, "id device started_at used_at expires_at ended_at"),
        )
        yield "accessTokens", self._access_tokens(me)
        identities = "provider issuer subject email linked_at used_at"
        yield "identities", mine(tables.external.identities, identities)
        passkeys = "name is_second_factor created_at used_at"
        yield "passkeys", mine(tables.passkeys.passkeys, passkeys)
        yield "authenticatorApps", mine(factors.totp, "confirmed_at")
        codes = factors.codes.where(lambda row: row.key[0] == me)
        yield "recoveryCodes", _some(sorted(codes, key=lambda row: row.key), "used_at")
        proof = tables.mail_links.proofs.get(me)
        yield "provenEmails", iter([{"email": proof}] if proof else [])
        yield "accountTypes", _some(tables.accounts.given(me), "name granted_at")
        yield "mailsOnTheirWay", mine(self.mail.outgoing, "kind to at")
        yield "channels", self._channels(me)
        yield "streams", self._streams(me)
        yield "webhookEndpoints", self._endpoints(me)
        yield "adminOf", self._admin_of(me)
        yield "sanctions", self._sanctions(me)
        yield "following", self._following(me)
        yield "notifications", self._notifications(me)
        yield "notificationTraces", self._traces(me)
        yield "notificationPreferences", self._preferences(me)
        yield "pushDevices", mine(self.notifications.devices, "device created_at used_at")
        entries = tables.audit.where(lambda row: me in (row.subject, row.actor))
        yield "audit", _some(_by_id(entries), "at action detail")
        yield "messages", self._messages(me)

    def _access_tokens(self, me: ProfileId) -> Iterator[Row]:
        for token in _by_id(self.identity.access_tokens.where(lambda row: True)):
            session = self.identity.sessions.get(token.id)
            if session is not None and session.profile_id == me:
                yield written(
                    _fields(token, "name prefix scopes")
                    | {"created_at": session.started_at}
                    | _fields(session, "used_at ended_at")
                )

    def _channels(self, me: ProfileId) -> Iterator[Row]:
        hosted = self.channels.channels.where(_hosted_by(me))
        names = "slug title description created_at updated_at suspended_at suspension_reason"
        return _some(_by_id(hosted), names)

    def _streams(self, me: ProfileId) -> Iterator[Row]:
        hosted = {row.id: row.slug for row in self.channels.channels.where(_hosted_by(me))}
        for stream in _by_id(self.channels.streams.where(lambda row: row.channel_id in hosted)):
            names = "title started_at seen_at ended_at end_reason is_announced"
            yield written({"channel": hosted[stream.channel_id]} | _fields(stream, names))

    def _endpoints(self, me: ProfileId) -> Iterator[Row]:
        hosted = {row.id: row.slug for row in self.channels.channels.where(_hosted_by(me))}
        mine = self.webhooks.endpoints.where(lambda row: row.channel_id in hosted)
        for endpoint in _by_id(mine):
            names = "url description event_types status created_at updated_at activated_at"
            more = "disabled_at disabled_because failing_since"
            what = _fields(endpoint, f"{names} {more}")
            yield written({"channel": hosted[endpoint.channel_id]} | what)

    def _admin_of(self, me: ProfileId) -> Iterator[Row]:
        for channel_id, _ in sorted(self.channels.admins.keys(lambda key: key[1] == me)):
            since = self.channels.admins.get((channel_id, me))
            yield written({"channel": self._slug(channel_id), "since": since})

    def _sanctions(self, me: ProfileId) -> Iterator[Row]:
        mine = self.chat.sanctions.where(lambda row: row.profile_id == me)
        for row in sorted(mine, key=lambda row: (row.room_id, row.kind)):
            where = {"channel": self._slug_of(row.room_id)}
            yield written(where | _fields(row, "kind at until reason"))

    def _following(self, me: ProfileId) -> Iterator[Row]:
        mine = self.social.follows.where(lambda row: row.follower_id == me)
        for row in sorted(mine, key=lambda row: (row.since, row.followed_id)):
            person = self.identity.active(row.followed_id)
            who = {"username": person.username if person else None}
            yield written(who | {"notify": row.bell.value, "since": row.since})

    def _notifications(self, me: ProfileId) -> Iterator[Row]:
        for notice_id in reversed(self.notifications.notices_of(me)):
            view = view_of(self.notifications, me, notice_id)
            yield written(_fields(view, "kind at data read_at"))

    def _traces(self, me: ProfileId) -> Iterator[Row]:
        mine = self.notifications.deliveries.where(lambda row: row.profile_id == me)
        for row in sorted(mine, key=lambda row: (row.key.notice_id, row.key.way, row.key.target)):
            what = "state reason attempts decided_at changed_at"
            yield written({"way": row.key.way} | _fields(row, what))

    def _preferences(self, me: ProfileId) -> Iterator[Row]:
        said = MemoryPreferences(self.preferences).of(me)
        for (kind, way), is_wanted in sorted(said.items()):
            yield written({"kind": kind.value, "way": way, "is_wanted": is_wanted})

    def _messages(self, me: ProfileId) -> Iterator[Row]:
        mine = self.chat.entries.where(
            lambda row: row.entry.actor.profile_id == me and row.entry.kind is EntryKind.MESSAGE
        )
        for view in sorted(mine, key=lambda view: (view.entry.room_id, view.entry.seq)):
            row: dict[str, object] = {"channel": self._slug_of(view.entry.room_id)}
            row |= _fields(view.entry, "seq at") | {"text": view.entry.data.get("text")}
            yield written(row | {"hidden": view.hidden})

    def _slug_of(self, room_id: RoomId) -> str | None:
        room = self.chat.rooms.get(room_id)
        return None if room is None else self._slug(room.stage.channel_id)

    def _slug(self, channel_id: ChannelId) -> str | None:
        channel = self.channels.channels.get(channel_id)
        return None if channel is None else channel.slug


@dataclass(frozen=True, slots=True)
class _Mine:
    profile_id: ProfileId

    def __call__(self, table: Any, names: str) -> Iterator[Row]:
        rows = table.where(lambda row: row.profile_id == self.profile_id)
        return _some(_by_id(rows), names)


def _hosted_by(profile_id: ProfileId) -> Callable[[Channel], bool]:
    return lambda channel: channel.host_id == profile_id


def _some(rows: Iterable[Any], names: str) -> Iterator[Row]:
    return (written(_fields(row, names)) for row in rows)


def _fields(row: object, names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names.split()}


def _by_id(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: getattr(row, "id", 0))
