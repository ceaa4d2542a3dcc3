"""Which tokens somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.access_tokens.ports import AccessTokenReads, AccessTokenView
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ListAccessTokens:
    """One's own tokens, the newest first."""

    reads: AccessTokenReads

    def __call__(
        self, *, actor: ProfileId, before: SessionId | None, limit: int
    ) -> Sequence[AccessTokenView]:
        return self.reads.page(actor, before=before, limit=limit)
