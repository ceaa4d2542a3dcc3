"""Profiles of people whom an issuer sends for the first time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.external.ports import Vouched
from stonks.application.ports import NewId
from stonks.domain.errors import Forbidden, Invalid
from stonks.domain.identity.email import check_email
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.suggested_names import (
    numbered,
    suggested_full_name,
    suggested_username,
)
from stonks.domain.ids import ProfileId

TRIES = 8
NUMBERS = 100_000


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Make what somebody gets who signs up by an issuer."""

    new_id: NewId

    def profiles(self, vouched: Vouched, at: datetime) -> Iterator[Profile]:
        """The same person by one username after another, until one is free."""
        email = verified_email(vouched)
        full_name = suggested_full_name([vouched.full_name, vouched.username])
        username = suggested_username([vouched.username, vouched.full_name])
        numbers = (self.new_id().int % NUMBERS for _ in range(TRIES))
        for name in numbered(username, numbers):
            yield Profile(
                id=ProfileId(self.new_id()),
                full_name=full_name,
                username=name,
                email=email,
                avatar=None,
                active=True,
                created_at=at,
                updated_at=at,
            )

    def identity(
        self, profile: Profile, provider: str, vouched: Vouched, at: datetime
    ) -> ExternalIdentity:
        return ExternalIdentity(
            id=ExternalIdentityId(self.new_id()),
            profile_id=profile.id,
            provider=provider,
            issuer=vouched.issuer,
            subject=vouched.subject,
            email=vouched.email,
            linked_at=at,
            used_at=None,
        )


def verified_email(vouched: Vouched) -> str:
    """The address that the issuer verified; raises ``Forbidden`` (``email_unverified``)."""
    try:
        if vouched.email and vouched.is_email_verified:
            return check_email(vouched.email)
    except Invalid:
        pass
    detail = "verify your e-mail address there first, or sign up with a password"
    raise Forbidden("email_unverified", detail)
