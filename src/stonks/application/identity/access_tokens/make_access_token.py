"""Making a token."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stonks.application.identity.access_tokens.ports import AccessTokensWork, AccessTokenView
from stonks.application.identity.ports import Throttle
from stonks.application.identity.present import lock_signed_in
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, Limit, NewId
from stonks.domain.errors import Conflict
from stonks.domain.identity.access_token import (
    MOST_TOKENS,
    NEVER,
    SHOWN,
    AccessToken,
    check_scopes,
    check_token_name,
    end_of,
    spelled,
)
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.scope import Scope
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId

TOKENS_MADE = Limit("access-tokens", 30, 3600)


class RandomBytes(Protocol):
    def __call__(self, count: int, /) -> bytes:
        """So many that nobody can guess."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token, shown this once."""

    token: str = field(repr=False)
    view: AccessTokenView


@dataclass(frozen=True, slots=True)
class MakeAccessToken:
    """Give a program a way in that is good for some things, for some time, and for no more."""

    begin: Begin[AccessTokensWork]
    throttle: Throttle
    now: Clock
    new_id: NewId
    random: RandomBytes

    def __call__(
        self,
        *,
        actor: ProfileId,
        session_id: SessionId,
        name: str,
        scopes: Collection[str],
        expires_in_days: int | None,
    ) -> MadeToken:
        """Raises ``Invalid``, ``Limited``, ``Conflict`` (``too_many_access_tokens``), and as
        ``lock_signed_in`` does.
        """
        at = self.now()
        name, held, end = check_token_name(name), check_scopes(scopes), end_of(expires_in_days, at)
        self.throttle(TOKENS_MADE, str(actor))
        secret = spelled(self.random(32))
        id_ = SessionId(self.new_id())
        token = AccessToken(id_, name, secret[:SHOWN], digest_of(secret), held)
        session = Session(id_, actor, name, started_at=at, used_at=at, expires_at=end)
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            _must_have_room(work, actor, at)
            work.sessions.add(session)
            work.access_tokens.add(token)
            work.mails.add(self._mail(profile, token, at))
        return MadeToken(secret, _view(token, session))

    def _mail(self, profile: Profile, token: AccessToken, at: datetime) -> Mail:
        values = {"name": token.name, "scopes": ", ".join(sorted(token.scopes))}
        kind = MailKind.ACCESS_TOKEN_MADE
        return Mail(self.new_id(), kind, profile.email, at, profile.id, values)


def _must_have_room(work: AccessTokensWork, actor: ProfileId, at: datetime) -> None:
    if work.access_tokens.count(actor, at) >= MOST_TOKENS:
        detail = f"there are {MOST_TOKENS} tokens already; revoke one that is not used"
        raise Conflict("too_many_access_tokens", detail)


def _view(token: AccessToken, session: Session) -> AccessTokenView:
    return AccessTokenView(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        scopes=in_order(token.scopes),
        created_at=session.started_at,
        used_at=None,
        expires_at=None if session.expires_at == NEVER else session.expires_at,
    )


def in_order(scopes: Collection[Scope]) -> list[Scope]:
    """As they are declared, whatever the order in which they were asked for."""
    return [scope for scope in Scope if scope in scopes]
