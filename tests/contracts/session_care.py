"""What every store promises of cookies, lists and upkeep of sessions."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.access_tokens.ports import AccessTokensWork
from stonks.application.identity.ports import IdentityReads
from stonks.application.identity.sessions.ports import SessionReads, SessionsWork
from stonks.application.ports import Begin
from stonks.domain.errors import NotFound
from stonks.domain.identity.refresh_token import RefreshToken, digest_of
from stonks.domain.identity.session import Session
from stonks.domain.identity.session_cookie import SessionKind
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.access_tokens import a_token, its_session
from tests.contracts.identity import HOUR, NOW, a_live_session, a_profile

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
USED = NOW + HOUR  # of ``a_live_session``


@dataclass(frozen=True, slots=True)
class SessionCareStore:
    begin: Begin[SessionsWork]
    begin_tokens: Begin[AccessTokensWork]
    reads: SessionReads
    identity: IdentityReads

    def person(self, username: str = "mara") -> ProfileId:
        profile = a_profile(username)
        with self.begin() as work:
            work.profiles.add(profile)
        return profile.id

    def session(self, owner: ProfileId, **other: datetime) -> Session:
        session = replace(a_live_session(owner), id=SessionId(new_id()), **other)
        with self.begin() as work:
            work.sessions.add(session)
        return session

    def cookie(self, owner: ProfileId, held: str = "a secret", **other: datetime) -> Session:
        session = self.session(owner, **other)
        with self.begin() as work:
            work.session_cookies.bind(session.id, digest_of(held))
        return session

    def found(self, session_id: SessionId) -> Session | None:
        try:
            with self.begin() as work:
                return work.sessions.lock(session_id)
        except NotFound:
            return None

    def note(self, session_id: SessionId, at: datetime) -> None:
        with self.begin() as work:
            work.session_upkeep.note({session_id: at}, stale=MINUTE, lifetime=DAY)

    def purge(self, before: datetime, most: int = 10) -> int:
        with self.begin() as work:
            return work.session_upkeep.purge(before, most)


class SessionCareContract:
    """Subclasses give ``care``, a store that nobody has written to."""

    def test_every_field_of_a_view_comes_back(self, care: SessionCareStore) -> None:
        session = care.cookie(care.person())
        (view,) = care.reads.page(session.profile_id, NOW, before=None, limit=2)
        assert asdict(view) == {
            "id": session.id,
            "device": session.device,
            "started_at": session.started_at,
            "used_at": session.used_at,
            "expires_at": session.expires_at,
            "kind": SessionKind.COOKIE,
        }

    def test_a_cookie_is_known_by_its_digest_alone(self, care: SessionCareStore) -> None:
        session = care.cookie(care.person(), "one")
        other = care.cookie(session.profile_id, "another")
        assert care.reads.of_cookie(digest_of("one")) == session.id
        assert care.reads.of_cookie(digest_of("another")) == other.id
        assert care.reads.of_cookie(b"one") is None
        assert care.reads.of_cookie(digest_of("unknown")) is None

    def test_a_session_in_a_cookie_has_no_refresh_token_left(self, care: SessionCareStore) -> None:
        owner = care.person()
        session, other = care.session(owner), care.session(owner)
        tokens = [RefreshToken(digest_of(str(one.id)), one.id, NOW) for one in (session, other)]
        with care.begin() as work:
            for token in tokens:
                work.refresh_tokens.add(token)
            work.session_cookies.bind(session.id, digest_of("secret"))
        assert care.identity.refresh_token(tokens[0].digest) is None
        assert care.identity.refresh_token(tokens[1].digest) == tokens[1]

    def test_a_cookie_that_is_rolled_back_is_nobodys(self, care: SessionCareStore) -> None:
        session = care.session(care.person())
        with pytest.raises(NotFound), care.begin() as work:  # noqa: PT012 -- that is the point
            work.session_cookies.bind(session.id, digest_of("secret"))
            work.profiles.lock_named("nobody")
        assert care.reads.of_cookie(digest_of("secret")) is None

    def test_only_living_sessions_of_this_person_are_listed(self, care: SessionCareStore) -> None:
        mara, bruno = care.person("mara"), care.person("bruno")
        first, second = care.session(mara), care.cookie(mara)
        care.session(mara, ended_at=NOW)
        care.session(mara, expires_at=NOW)
        care.session(bruno)
        page = care.reads.page(mara, NOW, before=None, limit=10)
        assert [view.id for view in page] == [second.id, first.id]
        assert [view.kind for view in page] == [SessionKind.COOKIE, SessionKind.TOKEN]

    def test_pages_follow_each_other(self, care: SessionCareStore) -> None:
        mara = care.person()
        ids = [care.session(mara).id for _ in range(5)]
        first = care.reads.page(mara, NOW, before=None, limit=3)
        rest = care.reads.page(mara, NOW, before=first[-1].id, limit=3)
        assert [view.id for view in (*first, *rest)] == ids[::-1]

    def test_sessions_of_access_tokens_are_not_listed(self, care: SessionCareStore) -> None:
        mara, token = care.person(), a_token()
        with care.begin_tokens() as work:
            work.sessions.add(its_session(token, mara))
            work.access_tokens.add(token)
        assert list(care.reads.page(mara, NOW, before=None, limit=10)) == []

    def test_a_use_is_noted_and_prolongs_a_cookie_alone(self, care: SessionCareStore) -> None:
        mara = care.person()
        cookie, tokens = care.cookie(mara), care.session(mara)
        at = USED + MINUTE
        for session in (cookie, tokens):
            care.note(session.id, at)
        assert care.found(cookie.id) == replace(cookie, used_at=at, expires_at=at + DAY)
        assert care.found(tokens.id) == replace(tokens, used_at=at)

    def test_a_use_is_noted_at_most_once_a_while(self, care: SessionCareStore) -> None:
        session = care.cookie(care.person())
        care.note(session.id, USED + MINUTE - timedelta(microseconds=1))
        care.note(session.id, USED - HOUR)
        assert care.found(session.id) == session

    def test_no_use_brings_a_session_back(self, care: SessionCareStore) -> None:
        mara = care.person()
        ended = care.cookie(mara, "ended", ended_at=USED)
        expired = care.cookie(mara, "expired", expires_at=USED + MINUTE)
        for session in (ended, expired):
            care.note(session.id, USED + MINUTE)
            assert care.found(session.id) == session
        care.note(SessionId(new_id()), USED + MINUTE)

    def test_many_uses_are_noted_at_once(self, care: SessionCareStore) -> None:
        mara = care.person()
        uses = {care.session(mara).id: USED + number * MINUTE for number in range(1, 4)}
        with care.begin() as work:
            work.session_upkeep.note(uses, stale=MINUTE, lifetime=DAY)
        for session_id, at in uses.items():
            session = care.found(session_id)
            assert session is not None
            assert session.used_at == at

    def test_what_was_over_before_is_purged_with_all_that_hangs_on_it(
        self, care: SessionCareStore
    ) -> None:
        mara = care.person()
        ended = care.cookie(mara, "ended", ended_at=NOW)
        expired = care.session(mara, expires_at=NOW)
        late = care.session(mara, ended_at=NOW + HOUR)
        alive = care.session(mara)
        with care.begin() as work:
            work.refresh_tokens.add(RefreshToken(b"of the expired", expired.id, NOW))
        assert care.purge(NOW) == 0
        assert care.purge(NOW + MINUTE) == 2
        found = [care.found(one.id) for one in (ended, expired, late, alive)]
        assert found == [None, None, late, alive]
        assert care.reads.of_cookie(digest_of("ended")) is None
        assert care.identity.refresh_token(b"of the expired") is None

    def test_a_purge_takes_no_more_than_it_may(self, care: SessionCareStore) -> None:
        mara = care.person()
        for _ in range(3):
            care.session(mara, ended_at=NOW)
        assert [care.purge(NOW + MINUTE, most=2) for _ in range(3)] == [2, 1, 0]

    def test_used_refresh_tokens_are_forgotten_and_others_stay(
        self, care: SessionCareStore
    ) -> None:
        session = care.session(care.person())
        used = [RefreshToken(b"old", session.id, NOW, NOW), RefreshToken(b"new", session.id, NOW)]
        used.append(RefreshToken(b"late", session.id, NOW, NOW + HOUR))
        with care.begin() as work:
            for token in used:
                work.refresh_tokens.add(token)
        with care.begin() as work:
            assert work.session_upkeep.forget_used_tokens(NOW + MINUTE, 10) == 1
        kept = [care.identity.refresh_token(token.digest) for token in used]
        assert kept == [None, used[1], used[2]]
