"""Reads of identity in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stonks.adapters.memory.identity.account_tables import GrantRow
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.identity.ports import (
    Credentials,
    ProfileView,
    PublicProfileView,
    SignedIn,
    StaffView,
)
from stonks.domain.identity.account_type import STAFF
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class MemoryIdentityReads:
    """``IdentityReads`` on tables in memory."""

    tables: IdentityTables

    def signed_in(self, session_id: SessionId, at: datetime) -> SignedIn | None:
        with self.tables.database.lock:
            session = self.tables.sessions.get(session_id)
            if session is None or not session.is_alive(at):
                return None
            profile = self.tables.active(session.profile_id)
            if profile is None:
                return None
            rank = self.tables.accounts.rank(profile.id)
            token = self.tables.access_tokens.get(session_id)
        who = (profile.id, profile.username, session_id, rank.is_staff)
        person = SignedIn(*who, session.proven_at, rank.permissions)
        return person.within(token.scopes if token else None)

    def alive(self, ids: Collection[SessionId], at: datetime) -> Mapping[SessionId, bool]:
        found = {id_: self.signed_in(id_, at) for id_ in ids}
        return {id_: person.is_staff for id_, person in found.items() if person is not None}

    def credentials(self, login: str) -> Credentials | None:
        with self.tables.database.lock:
            profile = self._by_login(login.lower())
            hashed = self.tables.passwords.get(profile.id) if profile else None
        return Credentials(profile.id, hashed) if profile and hashed else None

    def access_token(self, digest: bytes) -> SessionId | None:
        token = self.tables.access_tokens.first(lambda row: row.digest == digest)
        return token.id if token else None

    def refresh_token(self, digest: bytes) -> RefreshToken | None:
        return self.tables.refresh_tokens.get(digest)

    def own(self, profile_id: ProfileId) -> ProfileView | None:
        profile = self.tables.active(profile_id)
        if profile is None:
            return None
        is_proven = self.tables.mail_links.is_proven(profile)
        return replace(own_view(profile), email_verified=is_proven)

    def public(self, username: str) -> PublicProfileView | None:
        profile = self.tables.named(username)
        if profile is None or not profile.active:
            return None
        return PublicProfileView(
            profile.id, profile.full_name, profile.username, profile.avatar, profile.created_at
        )

    def staff(self) -> Sequence[StaffView]:
        with self.tables.database.lock:
            rows = self.tables.accounts.grants.where(lambda row: row.name == STAFF)
            views = [self._staff(row) for row in rows]
        return sorted(views, key=lambda view: (view.granted_at, view.profile_id))

    def _staff(self, row: GrantRow) -> StaffView:
        profile = self.tables.profiles.get(row.profile_id)
        username = profile.username if profile else ""
        return StaffView(row.profile_id, username, row.granted_at, row.granted_by)

    def _by_login(self, login: str) -> Profile | None:
        return self.tables.profiles.first(
            lambda row: row.active and login in (row.username.lower(), row.email.lower())
        )


def own_view(profile: Profile) -> ProfileView:
    return ProfileView(
        id=profile.id,
        full_name=profile.full_name,
        username=profile.username,
        email=profile.email,
        avatar=profile.avatar,
        active=profile.active,
        created_at=profile.created_at,
        updated_at=profile.updated_at,
    )
