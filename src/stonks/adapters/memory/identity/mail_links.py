"""Links by mail and proved addresses in memory."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.mail import MailTables
from stonks.application.identity.mail_links.ports import SetUp
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryMailLinks:
    """``MailLinkRepository`` on tables in memory."""

    tables: IdentityTables
    mail_tables: MailTables

    def add(self, link: MailLink) -> None:
        self.tables.mail_links.links.put(link.digest, link)

    def get(self, digest: bytes) -> MailLink | None:
        return self.tables.mail_links.links.get(digest)

    def use(self, digest: bytes) -> bool:
        return self.tables.mail_links.links.remove(digest)

    def revoke(
        self, profile_id: ProfileId | None, email: str, purposes: Collection[Purpose]
    ) -> None:
        def is_meant(owner: ProfileId | None, to: str, what: str) -> bool:
            is_theirs = owner is not None and owner == profile_id
            return what in purposes and (is_theirs or to.lower() == email.lower())

        links, mails = self.tables.mail_links.links, self.mail_tables.outgoing
        for row in mails.where(lambda row: is_meant(row.profile_id, row.to, row.kind)):
            mails.remove(row.id)
        for link in links.where(lambda row: is_meant(row.profile_id, row.email, row.purpose)):
            links.remove(link.digest)

    def forget(self, at: datetime, most: int) -> int:
        links = self.tables.mail_links.links
        old = links.where(lambda row: row.expires_at <= at)[:most]
        return sum(links.remove(link.digest) for link in old)


@dataclass(frozen=True, slots=True)
class MemoryEmailProofs:
    """``EmailProofRepository`` on tables in memory."""

    tables: IdentityTables

    def put(self, profile_id: ProfileId, email: str, at: datetime) -> None:
        self.tables.mail_links.proofs.put(profile_id, email)

    def is_proven(self, profile: Profile) -> bool:
        return self.tables.mail_links.is_proven(profile)

    def person(self, profile_id: ProfileId) -> Profile | None:
        return self.tables.profiles.get(profile_id)

    def holder(self, email: str) -> Profile | None:
        return self.tables.profiles.first(lambda row: row.email.lower() == email.lower())

    def disown(self, profile_id: ProfileId) -> Collection[SetUp]:
        gone = self._set_up(profile_id)
        factors, passkeys = self.tables.second_factors, self.tables.passkeys
        self.tables.passwords.remove(profile_id)
        factors.totp.remove(profile_id)
        factors.enrolments.remove(profile_id)
        for code in factors.codes.keys(lambda key: key[0] == profile_id):
            factors.codes.remove(code)
        factors.end_halves(profile_id)
        for passkey in passkeys.passkeys.where(lambda row: row.profile_id == profile_id):
            passkeys.passkeys.remove(passkey.id)
        for ceremony in passkeys.ceremonies.where(lambda row: row.profile_id == profile_id):
            passkeys.ceremonies.remove(ceremony.digest)
        self._disown_elsewhere(profile_id)
        return gone

    def _set_up(self, profile_id: ProfileId) -> Collection[SetUp]:
        tables, factors = self.tables, self.tables.second_factors
        codes = factors.codes.keys(lambda key: key[0] == profile_id)
        there = {
            SetUp.PASSWORD: tables.passwords.get(profile_id) is not None,
            SetUp.SECOND_FACTORS: factors.totp.get(profile_id) is not None or bool(codes),
            SetUp.PASSKEYS: bool(
                tables.passkeys.passkeys.where(lambda row: row.profile_id == profile_id)
            ),
            SetUp.IDENTITIES: bool(tables.external.of(profile_id)),
        }
        return [set_up for set_up, is_there in there.items() if is_there]

    def _disown_elsewhere(self, profile_id: ProfileId) -> None:
        external = self.tables.external
        for identity in external.of(profile_id):
            external.identities.remove(identity.id)
        for flow in external.flows.where(lambda row: row.profile_id == profile_id):
            external.flows.remove(flow.state)
        for code in external.codes.where(lambda row: row.profile_id == profile_id):
            external.codes.remove(code.code)
