"""What links by mail need: a store inside identity's work."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


class SetUp(StrEnum):
    """What people set up to sign in by, as they call it."""

    PASSWORD = "password"  # noqa: S105 -- a name
    SECOND_FACTORS = "second factors"
    PASSKEYS = "passkeys"
    IDENTITIES = "linked accounts"


class MailLinkRepository(Protocol):
    """Links that were sent; whose link has a profile is held by that one's lock."""

    def add(self, link: MailLink) -> None: ...

    def get(self, digest: bytes) -> MailLink | None:
        """None where it is unknown, used or revoked; holds nothing."""

    def use(self, digest: bytes) -> bool:
        """Use it up; False where it was used, also by whoever is at it: one of several gets True.

        It is good again if the unit of work rolls back.
        """

    def revoke(
        self, profile_id: ProfileId | None, email: str, purposes: Collection[Purpose]
    ) -> None:
        """End every link for these purposes of this person, or to this address whatever its case.

        Also those that have not left yet: their mails are not sent any more.
        """

    def forget(self, at: datetime, most: int) -> int:
        """Remove those that are too old at that time, as many as ``most``; how many they were."""


class EmailProofRepository(Protocol):
    """Which addresses were proved to be their owners'; who writes holds the profile's lock."""

    def put(self, profile_id: ProfileId, email: str, at: datetime) -> None:
        """This person has shown that they read this mailbox; in place of the one before."""

    def is_proven(self, profile: Profile) -> bool:
        """Whether the address that this profile has now was proved, whatever its case."""

    def person(self, profile_id: ProfileId) -> Profile | None:
        """Whoever this is, active or not; holds nothing."""

    def holder(self, email: str) -> Profile | None:
        """Who has this address, whatever its case, active or not, proved or not; holds nothing."""

    def disown(self, profile_id: ProfileId) -> Collection[SetUp]:
        """Take away every way in and every second factor that somebody set up for this person.

        The password, passkeys, TOTP, recovery codes and linked identities: for when the address
        turns out to belong to somebody else than who signed up with it. Access tokens end with
        the sessions, by ``SessionRepository.end_all``. What there was is returned.
        """
