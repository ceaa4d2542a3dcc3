"""Identity: who people are, and how they prove it."""

from datetime import timedelta
from time import sleep

from dependency_injector import providers

from stonks.adapters.limits import LimitedAttempts, LimitedThrottle
from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.identity import (
    MemoryChannelCount,
    MemoryFollowCounts,
    MemoryIdentityReads,
    MemoryIdentityWork,
    MemoryTickets,
)
from stonks.adapters.passwords import PwdlibPasswords, Turns, ZxcvbnCommonPasswords, argon2id
from stonks.adapters.postgres.identity import (
    PostgresChannelCount,
    PostgresFollowCounts,
    PostgresIdentityReads,
    PostgresIdentityWork,
)
from stonks.adapters.postgres.work import PostgresBegin
from stonks.adapters.redis.tickets import RedisTickets
from stonks.adapters.tokens import JwtTokens, PasetoTokens, ed25519_key, new_secret
from stonks.adapters.wire.session_signals import BusSessionSignals
from stonks.application.identity.admission import Admit
from stonks.application.identity.alive_sessions import AliveSessions
from stonks.application.identity.authenticate import Authenticate
from stonks.application.identity.change_profile import ChangeProfile
from stonks.application.identity.deactivate_profile import DeactivateProfile
from stonks.application.identity.grant_staff import GrantStaff
from stonks.application.identity.grants import Grants
from stonks.application.identity.hand_back_token import HandBackToken
from stonks.application.identity.issue_ticket import IssueTicket
from stonks.application.identity.list_staff import ListStaff
from stonks.application.identity.log_in import LogIn
from stonks.application.identity.log_out import LogOut
from stonks.application.identity.read_profile import ReadOwnProfile, ReadPublicProfile
from stonks.application.identity.redeem_ticket import RedeemTicket
from stonks.application.identity.refresh_session import RefreshSession
from stonks.application.identity.revoke_staff import RevokeStaff
from stonks.application.identity.sessions.uses import SessionUses
from stonks.application.identity.sign_up import SignUp
from stonks.entrypoints.containers.shared import Shared


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


class IdentityContainer(Shared):
    identity_reads = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryIdentityReads, Shared.identity_tables),
        postgres=providers.Singleton(PostgresIdentityReads, Shared.reads_connection),
    )
    begin_identity = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBegin,
            Shared.database,
            providers.Factory(MemoryIdentityWork, Shared.identity_tables, Shared.mail_tables),
        ),
        postgres=providers.Singleton(
            PostgresBegin,
            Shared.engine,
            providers.Object(PostgresIdentityWork),
            Shared.mail_bell.provided.committed,
        ),
    )
    follow_counts = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryFollowCounts, Shared.social_tables),
        postgres=providers.Singleton(PostgresFollowCounts, Shared.reads_connection),
    )
    channel_count = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryChannelCount, Shared.channel_tables),
        postgres=providers.Singleton(PostgresChannelCount, Shared.reads_connection),
    )

    token_key = providers.Singleton(ed25519_key, Shared.settings.provided.token_private_key)
    tokens = providers.Selector(
        Shared.settings.provided.tokens,
        jwt=providers.Singleton(JwtTokens, token_key),
        paseto=providers.Singleton(PasetoTokens, token_key),
    )
    passwords = providers.Singleton(
        PwdlibPasswords, providers.Factory(argon2id), providers.Factory(Turns)
    )
    common_passwords = providers.Singleton(ZxcvbnCommonPasswords)
    attempts = providers.Singleton(
        LimitedAttempts, Shared.windows, Shared.settings.provided.limits_scale
    )
    throttle = providers.Singleton(
        LimitedThrottle, Shared.windows, Shared.settings.provided.limits_scale
    )
    tickets = providers.Selector(
        Shared.signals,
        memory=providers.Singleton(MemoryTickets, Shared.now),
        redis=providers.Singleton(RedisTickets, Shared.redis),
    )
    session_signals = providers.Singleton(BusSessionSignals, Shared.bus)
    grants = providers.Singleton(
        Grants,
        tokens,
        providers.Object(new_secret),
        Shared.new_id,
        providers.Callable(_seconds, Shared.settings.provided.access_token_seconds),
        providers.Callable(_seconds, Shared.settings.provided.refresh_token_seconds),
    )

    admit = providers.Singleton(Admit, grants)

    session_uses = providers.Singleton(
        SessionUses,
        begin_identity,
        Shared.now,
        providers.Callable(_seconds, Shared.settings.provided.refresh_token_seconds),
    )
    authenticate = providers.Singleton(
        Authenticate, tokens, identity_reads, Shared.now, session_uses.provided.seen
    )
    alive_sessions = providers.Singleton(AliveSessions, identity_reads, Shared.now)
    issue_ticket = providers.Singleton(IssueTicket, tickets, providers.Object(new_secret))
    redeem_ticket = providers.Singleton(RedeemTicket, tickets, identity_reads, Shared.now)
    sign_up = providers.Singleton(
        SignUp,
        begin=begin_identity,
        passwords=passwords,
        common=common_passwords,
        attempts=attempts,
        grants=grants,
        now=Shared.now,
        new_id=Shared.new_id,
    )
    log_in = providers.Singleton(
        LogIn,
        begin=begin_identity,
        reads=identity_reads,
        passwords=passwords,
        attempts=attempts,
        admit=admit,
        now=Shared.now,
    )
    refresh_session = providers.Singleton(
        RefreshSession,
        begin=begin_identity,
        reads=identity_reads,
        grants=grants,
        signals=session_signals,
        now=Shared.now,
        pause=providers.Object(sleep),
    )
    log_out = providers.Singleton(LogOut, begin_identity, session_signals, Shared.now)
    hand_back_token = providers.Singleton(HandBackToken, identity_reads, log_out)
    change_profile = providers.Singleton(
        ChangeProfile, begin_identity, throttle, Shared.now, Shared.new_id
    )
    deactivate_profile = providers.Singleton(
        DeactivateProfile, begin_identity, session_signals, Shared.now, Shared.new_id
    )
    read_own_profile = providers.Singleton(ReadOwnProfile, identity_reads)
    read_public_profile = providers.Singleton(
        ReadPublicProfile, identity_reads, follow_counts, channel_count
    )
    grant_staff = providers.Singleton(
        GrantStaff, begin_identity, session_signals, Shared.now, Shared.new_id
    )
    revoke_staff = providers.Singleton(
        RevokeStaff, begin_identity, session_signals, Shared.now, Shared.new_id
    )
    list_staff = providers.Singleton(ListStaff, identity_reads)
