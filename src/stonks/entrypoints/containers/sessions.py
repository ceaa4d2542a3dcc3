"""Sessions: cookies, the owner's list, the password's change, and upkeep."""

from dependency_injector import providers

from stonks.adapters.memory.identity.session_care import MemorySessionReads
from stonks.adapters.postgres.identity.session_care import PostgresSessionReads
from stonks.adapters.tokens import new_secret
from stonks.application.identity.sessions.authenticate_cookie import AuthenticateCookie
from stonks.application.identity.sessions.change_password import ChangePassword
from stonks.application.identity.sessions.end_session import EndOtherSessions, EndSession
from stonks.application.identity.sessions.keep_in_cookie import KeepInCookie
from stonks.application.identity.sessions.list_sessions import ListSessions
from stonks.application.identity.sessions.purge_sessions import PurgeSessions
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.access_tokens import AccessTokensContainer
from stonks.entrypoints.containers.identity import IdentityContainer as Identity

SECONDS_BETWEEN_NOTES = 5.0
SECONDS_BETWEEN_PURGES = 3600.0


class SessionsContainer(AccessTokensContainer):
    session_reads = providers.Selector(
        Identity.storage,
        memory=providers.Singleton(MemorySessionReads, Identity.identity_tables),
        postgres=providers.Singleton(PostgresSessionReads, Identity.reads_connection),
    )
    keep_in_cookie = providers.Singleton(
        KeepInCookie, Identity.begin_identity, providers.Object(new_secret), Identity.now
    )
    authenticate_cookie = providers.Singleton(
        AuthenticateCookie,
        sessions=session_reads,
        reads=Identity.identity_reads,
        seen=Identity.session_uses.provided.seen,
        now=Identity.now,
    )
    list_sessions = providers.Singleton(ListSessions, session_reads, Identity.now)
    end_session = providers.Singleton(
        EndSession, Identity.begin_identity, Identity.session_signals, Identity.now
    )
    end_other_sessions = providers.Singleton(
        EndOtherSessions, Identity.begin_identity, Identity.session_signals, Identity.now
    )
    change_password = providers.Singleton(
        ChangePassword,
        begin=AccessTokensContainer.begin_access_tokens,
        reads=Identity.identity_reads,
        passwords=Identity.passwords,
        common=Identity.common_passwords,
        throttle=Identity.throttle,
        signals=Identity.session_signals,
        now=Identity.now,
        new_id=Identity.new_id,
    )
    noting_uses = providers.Singleton(
        Chore, "note uses of sessions", SECONDS_BETWEEN_NOTES, Identity.session_uses
    )
    purge_sessions = providers.Singleton(PurgeSessions, Identity.begin_identity, Identity.now)
    purging_sessions = providers.Singleton(
        Chore, "purge sessions", SECONDS_BETWEEN_PURGES, purge_sessions
    )
