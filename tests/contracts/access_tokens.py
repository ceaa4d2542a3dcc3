"""What every store of personal access tokens promises."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.access_tokens.ports import (
    AccessTokenReads,
    AccessTokensWork,
    AccessTokenView,
)
from stonks.application.identity.ports import IdentityReads
from stonks.application.ports import Begin
from stonks.domain.identity.access_token import NEVER, SHOWN, AccessToken, spelled
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.scope import Scope
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.identity import HOUR, NOW, a_profile


@dataclass(frozen=True, slots=True)
class AccessTokenStore:
    begin: Begin[AccessTokensWork]
    reads: AccessTokenReads
    identity: IdentityReads


def a_token(number: int = 1, *scopes: Scope) -> AccessToken:
    """A token with a value of its own in every field."""
    secret = spelled(number.to_bytes(32))
    held = frozenset(scopes or {Scope.CHAT_WRITE, Scope.MODERATION})
    return AccessToken(
        SessionId(new_id()), f"Bot {number}", secret[:SHOWN], digest_of(secret), held
    )


def its_session(token: AccessToken, owner: ProfileId, lives: timedelta | None = HOUR) -> Session:
    end = NEVER if lives is None else NOW + lives
    return Session(token.id, owner, token.name, started_at=NOW, used_at=NOW, expires_at=end)


class AccessTokensContract:
    """Subclasses give ``tokens``, a store that nobody has written to."""

    @pytest.fixture
    def mara(self, tokens: AccessTokenStore) -> ProfileId:
        return self.person(tokens, "mara")

    def person(self, tokens: AccessTokenStore, username: str) -> ProfileId:
        profile = a_profile(username)
        with tokens.begin() as work:
            work.profiles.add(profile)
        return profile.id

    def add(
        self,
        tokens: AccessTokenStore,
        owner: ProfileId,
        token: AccessToken,
        lives: timedelta | None = HOUR,
    ) -> Session:
        session = its_session(token, owner, lives)
        with tokens.begin() as work:
            work.sessions.add(session)
            work.access_tokens.add(token)
        return session

    def test_a_token_comes_back_with_every_field(
        self, tokens: AccessTokenStore, mara: ProfileId
    ) -> None:
        token = a_token()
        session = self.add(tokens, mara, token)
        used = NOW + timedelta(minutes=5)
        with tokens.begin() as work:
            session.used_at = used
            work.sessions.save(session)
        assert tokens.reads.page(mara, before=None, limit=10) == [
            AccessTokenView(
                id=token.id,
                name=token.name,
                prefix=token.prefix,
                scopes=[Scope.CHAT_WRITE, Scope.MODERATION],
                created_at=NOW,
                used_at=used,
                expires_at=NOW + HOUR,
            )
        ]
        assert tokens.identity.access_token(token.digest) == token.id
        with tokens.begin() as work:
            assert work.access_tokens.owner(token.id) == mara

    def test_no_end_reads_as_none(self, tokens: AccessTokenStore, mara: ProfileId) -> None:
        self.add(tokens, mara, a_token(), lives=None)
        (view,) = tokens.reads.page(mara, before=None, limit=10)
        assert (view.expires_at, view.used_at) == (None, None)

    def test_who_signs_in_by_it_has_its_scopes(
        self, tokens: AccessTokenStore, mara: ProfileId
    ) -> None:
        token = a_token()
        self.add(tokens, mara, token)
        person = tokens.identity.signed_in(token.id, NOW)
        assert person is not None
        assert (person.profile_id, person.scopes) == (mara, token.scopes)
        assert person.proven_at is None
        assert tokens.identity.signed_in(token.id, NOW + HOUR) is None

    def test_a_session_that_is_no_tokens_has_no_scopes(
        self, tokens: AccessTokenStore, mara: ProfileId
    ) -> None:
        session = its_session(a_token(), mara)
        with tokens.begin() as work:
            work.sessions.add(session)
            assert work.access_tokens.owner(session.id) is None
        person = tokens.identity.signed_in(session.id, NOW)
        assert person is not None
        assert person.scopes is None
        assert tokens.reads.page(mara, before=None, limit=10) == []

    @pytest.mark.parametrize(
        ("scope", "is_staff"), [(Scope.MODERATION, False), (Scope.ADMIN, True)]
    )
    def test_staff_are_staff_by_a_token_with_that_scope_alone(
        self, tokens: AccessTokenStore, mara: ProfileId, scope: Scope, is_staff: bool
    ) -> None:
        token = a_token(1, scope)
        session = self.add(tokens, mara, token)
        with tokens.begin() as work:
            work.staff.add(mara, NOW, "root")
        person = tokens.identity.signed_in(session.id, NOW)
        assert person is not None
        assert person.is_staff == is_staff
        assert bool(person.permissions) == is_staff
        assert tokens.identity.alive([session.id], NOW) == {session.id: is_staff}

    def test_an_unknown_digest_is_nobodys(self, tokens: AccessTokenStore) -> None:
        assert tokens.identity.access_token(digest_of("unknown")) is None
        with tokens.begin() as work:
            assert work.access_tokens.owner(SessionId(new_id())) is None

    def test_what_counts_is_what_is_good(self, tokens: AccessTokenStore, mara: ProfileId) -> None:
        bruno = self.person(tokens, "bruno")
        self.add(tokens, bruno, a_token(1))
        self.add(tokens, mara, a_token(2))
        self.add(tokens, mara, a_token(3), lives=None)
        self.add(tokens, mara, a_token(4), lives=timedelta(seconds=1))
        ended = self.add(tokens, mara, a_token(5))
        with tokens.begin() as work:
            ended.end(at=NOW)
            work.sessions.save(ended)
            assert work.access_tokens.count(mara, NOW + timedelta(seconds=1)) == 2

    def test_lists_are_ones_own_newest_first_a_page_at_a_time_without_the_revoked(
        self, tokens: AccessTokenStore, mara: ProfileId
    ) -> None:
        self.add(tokens, self.person(tokens, "bruno"), a_token(9))
        made = [self.add(tokens, mara, a_token(n)).id for n in range(1, 6)]
        with tokens.begin() as work:
            session = work.sessions.lock(made[2])
            session.end(at=NOW)
            work.sessions.save(session)
        first = tokens.reads.page(mara, before=None, limit=2)
        rest = tokens.reads.page(mara, before=first[-1].id, limit=10)
        assert [view.id for view in [*first, *rest]] == [made[4], made[3], made[1], made[0]]

    def test_tokens_outlive_what_their_owner_ends_and_nothing_else(
        self, tokens: AccessTokenStore, mara: ProfileId
    ) -> None:
        token = self.add(tokens, mara, a_token())
        here, there = its_session(a_token(), mara), its_session(a_token(), mara)
        with tokens.begin() as work:
            work.sessions.add(here)
            work.sessions.add(there)
            assert list(work.sessions.end_all(mara, NOW, but=here.id)) == [there.id]
        assert set(tokens.identity.alive([token.id, here.id, there.id], NOW)) == {token.id, here.id}
        with tokens.begin() as work:
            assert set(work.sessions.end_all(mara, NOW)) == {token.id, here.id}
        assert tokens.identity.alive([token.id, here.id], NOW) == {}
