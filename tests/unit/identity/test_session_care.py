"""Cookies of sessions, when they were used, and what is left of those that are over."""

from datetime import timedelta

import pytest

from stonks.adapters.devices import UNKNOWN, read_device
from stonks.adapters.memory.identity import IdentityTables, MemoryIdentityReads
from stonks.adapters.memory.identity.session_care import MemorySessionReads
from stonks.adapters.tokens import new_secret
from stonks.application.identity.sessions.authenticate_cookie import AuthenticateCookie
from stonks.application.identity.sessions.keep_in_cookie import KeepInCookie
from stonks.application.identity.sessions.purge_sessions import AT_ONCE, PurgeSessions
from stonks.application.identity.sessions.uses import SessionUses
from stonks.domain.errors import Unauthenticated, Unavailable
from stonks.domain.identity.refresh_token import RefreshToken
from tests.contracts.identity import a_live_session
from tests.contracts.identity_cases import IdentityCases

MONTH = timedelta(days=30)


@pytest.fixture
def uses(cases: IdentityCases) -> SessionUses:
    return SessionUses(cases.store.begin, cases.clock, MONTH)  # type: ignore[arg-type]


@pytest.fixture
def keep(cases: IdentityCases) -> KeepInCookie:
    return KeepInCookie(cases.store.begin, new_secret, cases.clock)  # type: ignore[arg-type]


@pytest.fixture
def authenticate(
    cases: IdentityCases, uses: SessionUses, identity_tables: IdentityTables
) -> AuthenticateCookie:
    reads = MemorySessionReads(identity_tables)
    return AuthenticateCookie(reads, MemoryIdentityReads(identity_tables), uses.seen, cases.clock)


def test_a_cookie_stands_for_its_session(
    cases: IdentityCases, keep: KeepInCookie, authenticate: AuthenticateCookie
) -> None:
    profile, grant = cases.member()
    person = authenticate(secret=keep(session_id=grant.session_id))
    assert person is not None
    assert (person.profile_id, person.session_id) == (profile.id, grant.session_id)
    assert person == cases.authenticate(grant.access_token)


def test_a_session_that_ended_meanwhile_gets_no_cookie(
    cases: IdentityCases, keep: KeepInCookie
) -> None:
    _, grant = cases.member()
    cases.log_out(session_id=grant.session_id)
    with pytest.raises(Unauthenticated) as refusal:
        keep(session_id=grant.session_id)
    assert refusal.value.code == "session_ended"


def test_a_cookie_lives_as_long_as_it_is_used(
    cases: IdentityCases, keep: KeepInCookie, authenticate: AuthenticateCookie, uses: SessionUses
) -> None:
    _, grant = cases.member()
    secret = keep(session_id=grant.session_id)
    for _ in range(3):
        cases.clock.ahead += timedelta(days=29)
        assert authenticate(secret=secret) is not None
        uses()
    cases.clock.ahead += timedelta(days=30, seconds=1)
    assert authenticate(secret=secret) is None
    uses()
    assert authenticate(secret=secret) is None


def test_many_requests_within_a_minute_are_one_write(
    cases: IdentityCases, uses: SessionUses, identity_tables: IdentityTables
) -> None:
    _, grant = cases.member()
    cases.clock.pass_(61)
    for _ in range(100):
        uses.seen(grant.session_id)
    uses()
    noted = identity_tables.sessions.get(grant.session_id)
    assert noted is not None
    cases.clock.pass_(30)
    uses.seen(grant.session_id)
    assert uses() is False
    assert identity_tables.sessions.get(grant.session_id) == noted
    cases.clock.pass_(31)
    uses.seen(grant.session_id)
    uses()
    later = identity_tables.sessions.get(grant.session_id)
    assert later is not None
    assert later.used_at > noted.used_at
    assert later.expires_at == noted.expires_at, "its refresh token says how long it lives"


def test_a_use_costs_no_unit_of_work_until_it_is_written(cases: IdentityCases) -> None:
    def never() -> None:
        raise AssertionError("this would be a request to the database")

    _, grant = cases.member()
    SessionUses(never, cases.clock, MONTH).seen(grant.session_id)  # type: ignore[arg-type]


def test_what_could_not_be_written_is_written_the_next_time(
    cases: IdentityCases, uses: SessionUses, identity_tables: IdentityTables
) -> None:
    def away() -> None:
        raise Unavailable("database_unavailable", "try again")

    _, grant = cases.member()
    cases.clock.pass_(61)
    uses.seen(grant.session_id)
    begin, uses.begin = uses.begin, away  # type: ignore[assignment]
    with pytest.raises(Unavailable):
        uses()
    uses.begin = begin
    uses()
    session = identity_tables.sessions.get(grant.session_id)
    assert session is not None
    assert session.used_at > session.started_at


def test_what_is_long_over_is_purged_in_batches(
    cases: IdentityCases, identity_tables: IdentityTables
) -> None:
    profile, grant = cases.member()
    cases.log_out(session_id=grant.session_id)
    purge = PurgeSessions(cases.store.begin, cases.clock)  # type: ignore[arg-type]
    assert purge() is False
    assert identity_tables.sessions.get(grant.session_id) is not None
    cases.clock.ahead += timedelta(days=31)
    living = a_live_session(profile.id)
    living.expires_at = cases.clock() + MONTH
    with cases.store.begin() as work:
        work.sessions.add(living)
        for number in range(AT_ONCE):
            digest, at = number.to_bytes(4), living.started_at
            work.refresh_tokens.add(RefreshToken(digest, living.id, at, at))
    assert purge() is True
    assert purge() is False
    assert identity_tables.sessions.keys(lambda key: True) == [living.id]
    assert identity_tables.refresh_tokens.keys(lambda key: True) == []


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/138.0.0.0 Safari/537.36",
            "Chrome on Windows",
        ),
        ("curl/8.1.2", "curl"),
        ("my-bot/1.0", "my-bot"),
        ("x" * 200, "x" * 60),
        ("", UNKNOWN),
        ("/", UNKNOWN),
    ],
)
def test_devices_read_as_people_name_them(said: str, read: str) -> None:
    assert read_device(said) == read
