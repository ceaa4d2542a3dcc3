"""What personal access tokens need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.application.identity.ports import IdentityWork
from stonks.domain.identity.access_token import AccessToken
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId, SessionId


class AccessTokenRepository(Protocol):
    def add(self, token: AccessToken) -> None:
        """Beside its session, which is there already."""

    def owner(self, token_id: SessionId) -> ProfileId | None:
        """Whose it is; None where the id is no token's."""

    def count(self, profile_id: ProfileId, at: datetime) -> int:
        """How many tokens of this person are good at that time."""


class AccessTokensWork(IdentityWork, Protocol):
    """One unit of work of identity in which tokens are made and end."""

    @property
    def access_tokens(self) -> AccessTokenRepository: ...


@dataclass(frozen=True, slots=True)
class AccessTokenView:
    """A token as its owner sees it: never the token.

    ``used_at`` is when it was last used, to the minute or so; None for ``expires_at`` is no end.
    """

    id: SessionId
    name: str
    prefix: str
    scopes: Sequence[Scope]
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class AccessTokenReads(Protocol):
    def page(
        self, profile_id: ProfileId, *, before: SessionId | None, limit: int
    ) -> Sequence[AccessTokenView]:
        """Those of a person that were not revoked, the newest first; expired ones among them."""
