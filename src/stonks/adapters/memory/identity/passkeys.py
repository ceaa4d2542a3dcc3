"""Passkeys and ceremonies in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.passkey_tables import PasskeyTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.identity.passkeys.ports import KnownPasskey
from stonks.domain.errors import Conflict
from stonks.domain.identity.ceremony import Ceremony, Purpose
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryPasskeys:
    """``PasskeyRepository`` on tables in memory."""

    everything: IdentityTables

    @property
    def tables(self) -> PasskeyTables:
        return self.everything.passkeys

    def handle(self, profile_id: ProfileId, new: bytes) -> bytes:
        handle = self.tables.handles.get(profile_id)
        if handle is None:
            self.tables.handles.put(profile_id, new)
        return handle or new

    def add(self, passkey: Passkey) -> None:
        if self._having(passkey.credential_id):
            raise Conflict("passkey_taken", "this passkey belongs to an account already")
        self.tables.passkeys.put(passkey.id, passkey)

    def of(self, profile_id: ProfileId) -> Sequence[Passkey]:
        mine = self.tables.passkeys.where(lambda row: row.profile_id == profile_id)
        return sorted(mine, key=lambda row: (row.created_at, row.id))

    def known(self, credential_id: bytes) -> KnownPasskey | None:
        passkey = self._having(credential_id)
        handle = self.tables.handles.get(passkey.profile_id) if passkey else None
        return KnownPasskey(passkey, handle) if passkey and handle else None

    def save(self, passkey: Passkey) -> None:
        self.tables.passkeys.put(passkey.id, passkey)

    def remove(self, passkey_id: PasskeyId) -> None:
        self.tables.passkeys.remove(passkey_id)

    def ways_in(self, profile_id: ProfileId) -> WaysIn:
        return WaysIn(
            password=self.everything.passwords.get(profile_id) is not None,
            verified_email=self._has_verified_email(profile_id),
            passkeys=len(self.of(profile_id)),
            identities=len(self.everything.external.of(profile_id)),
        )

    def _has_verified_email(self, profile_id: ProfileId) -> bool:
        profile = self.everything.profiles.get(profile_id)
        return profile is not None and self.everything.mail_links.is_proven(profile)

    def _having(self, credential_id: bytes) -> Passkey | None:
        return self.tables.passkeys.first(lambda row: row.credential_id == credential_id)


@dataclass(frozen=True, slots=True)
class MemoryCeremonies:
    """``Ceremonies`` on tables in memory."""

    tables: PasskeyTables

    def add(self, ceremony: Ceremony) -> None:
        self.tables.ceremonies.put(ceremony.digest, ceremony)

    def take(
        self, digest: bytes, purpose: Purpose, bound_to: bytes, at: datetime
    ) -> Ceremony | None:
        found = self.tables.ceremonies.get(digest)
        if found is None or (found.purpose, found.bound_to) != (purpose, bound_to):
            return None
        if found.expires_at <= at:
            return None
        self.tables.ceremonies.remove(digest)
        return found

    def purge(self, at: datetime, *, most: int) -> int:
        over = self.tables.ceremonies.where(lambda row: row.expires_at <= at)[:most]
        for ceremony in over:
            self.tables.ceremonies.remove(ceremony.digest)
        return len(over)
