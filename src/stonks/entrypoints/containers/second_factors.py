"""Second factors: codes, recovery codes, and how their secrets are kept."""

from urllib.parse import urlsplit

from dependency_injector import providers

from stonks.adapters.memory.identity.second_factors import MemorySecondFactorReads
from stonks.adapters.postgres.identity.second_factors import PostgresSecondFactorReads
from stonks.adapters.second_factors import PyotpCodes, new_recovery_codes, qr_svg
from stonks.application.identity.second_factors.changing import TellAndEnd
from stonks.application.identity.second_factors.check_code import CheckCode
from stonks.application.identity.second_factors.confirm_totp import ConfirmTotp
from stonks.application.identity.second_factors.end_totp import EndTotp
from stonks.application.identity.second_factors.finish_login import FinishLogin
from stonks.application.identity.second_factors.forget_half_sessions import ForgetHalfSessions
from stonks.application.identity.second_factors.limits import Guesses
from stonks.application.identity.second_factors.read_second_factors import ReadSecondFactors
from stonks.application.identity.second_factors.reauthenticate import Reauthenticate
from stonks.application.identity.second_factors.renew_recovery_codes import RenewRecoveryCodes
from stonks.application.identity.second_factors.reseal_secrets import ResealSecrets
from stonks.application.identity.second_factors.start_totp import StartTotp
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.identity import IdentityContainer
from stonks.entrypoints.containers.sealing import SealingContainer

SECONDS_BETWEEN_CLEANING = 600.0


def _issuer(public_url: str) -> str:
    return urlsplit(public_url).hostname or "Stonks"


class SecondFactorsContainer(IdentityContainer, SealingContainer):
    sealer = SealingContainer.sealer
    totp_codes = providers.Singleton(
        PyotpCodes, providers.Callable(_issuer, IdentityContainer.settings.provided.public_url)
    )
    new_recovery_codes = providers.Object(new_recovery_codes)
    qr_svg = providers.Object(qr_svg)
    second_factor_reads = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(
            MemorySecondFactorReads, IdentityContainer.identity_tables.provided.second_factors
        ),
        postgres=providers.Singleton(PostgresSecondFactorReads, IdentityContainer.reads_connection),
    )
    guesses = providers.Singleton(Guesses, IdentityContainer.throttle)
    check_code = providers.Singleton(CheckCode, sealer, totp_codes, IdentityContainer.new_id)
    tell_and_end = providers.Singleton(TellAndEnd, IdentityContainer.new_id)

    start_totp = providers.Singleton(
        StartTotp, IdentityContainer.begin_identity, sealer, totp_codes, IdentityContainer.now
    )
    confirm_totp = providers.Singleton(
        ConfirmTotp,
        begin=IdentityContainer.begin_identity,
        sealer=sealer,
        codes=totp_codes,
        new_recovery_codes=new_recovery_codes,
        guesses=guesses,
        tell_and_end=tell_and_end,
        signals=IdentityContainer.session_signals,
        now=IdentityContainer.now,
    )
    end_totp = providers.Singleton(
        EndTotp,
        IdentityContainer.begin_identity,
        tell_and_end,
        IdentityContainer.session_signals,
        IdentityContainer.now,
    )
    renew_recovery_codes = providers.Singleton(
        RenewRecoveryCodes,
        IdentityContainer.begin_identity,
        new_recovery_codes,
        IdentityContainer.now,
        IdentityContainer.new_id,
    )
    read_second_factors = providers.Singleton(ReadSecondFactors, second_factor_reads)
    finish_login = providers.Singleton(
        FinishLogin,
        IdentityContainer.begin_identity,
        IdentityContainer.grants,
        check_code,
        guesses,
        IdentityContainer.now,
    )
    reauthenticate = providers.Singleton(
        Reauthenticate,
        begin=IdentityContainer.begin_identity,
        reads=IdentityContainer.identity_reads,
        passwords=IdentityContainer.passwords,
        check=check_code,
        guesses=guesses,
        now=IdentityContainer.now,
    )
    reseal_secrets = providers.Singleton(ResealSecrets, IdentityContainer.begin_identity, sealer)
    forget_half_sessions = providers.Singleton(
        ForgetHalfSessions, IdentityContainer.begin_identity, IdentityContainer.now
    )
    half_sessions_chore = providers.Singleton(
        Chore, "half-sessions", SECONDS_BETWEEN_CLEANING, forget_half_sessions
    )
