"""Passkeys: how they are added, shown, and forgotten."""

from dependency_injector import providers

from stonks.adapters.passkeys import LibraryWebAuthn, new_bytes, relying_party
from stonks.application.identity.passkeys.add_passkey import AddPasskey
from stonks.application.identity.passkeys.challenges import Challenges
from stonks.application.identity.passkeys.change_passkey import ChangePasskey
from stonks.application.identity.passkeys.changing import Changing
from stonks.application.identity.passkeys.check_passkey import CheckPasskey
from stonks.application.identity.passkeys.finish_login import (
    AskForSecondFactor,
    FinishLoginWithPasskey,
)
from stonks.application.identity.passkeys.list_passkeys import ListPasskeys
from stonks.application.identity.passkeys.purge_ceremonies import PurgeCeremonies
from stonks.application.identity.passkeys.reauthenticate import (
    AskForProof,
    ReauthenticateWithPasskey,
)
from stonks.application.identity.passkeys.remove_passkey import RemovePasskey
from stonks.application.identity.passkeys.sign_in_with_passkey import (
    AskForPasskey,
    SignInWithPasskey,
)
from stonks.application.identity.passkeys.start_passkey import StartPasskey
from stonks.application.identity.second_factors.reset_second_factors import ResetSecondFactors
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.identity import IdentityContainer as Identity

SECONDS_BETWEEN_PURGES = 60.0


class PasskeysContainer(Identity):
    relying_party = providers.Singleton(
        relying_party,
        Identity.settings.provided.public_url,
        Identity.settings.provided.allowed_origins,
    )
    webauthn = providers.Singleton(LibraryWebAuthn, relying_party)
    challenges = providers.Singleton(Challenges, providers.Object(new_bytes))
    changing_passkeys = providers.Singleton(Changing, Identity.new_id)
    check_passkey = providers.Singleton(
        CheckPasskey,
        begin=Identity.begin_identity,
        webauthn=webauthn,
        throttle=Identity.throttle,
        now=Identity.now,
        new_id=Identity.new_id,
    )

    list_passkeys = providers.Singleton(ListPasskeys, Identity.begin_identity)
    start_passkey = providers.Singleton(
        StartPasskey, Identity.begin_identity, challenges, Identity.throttle, Identity.now
    )
    add_passkey = providers.Singleton(
        AddPasskey,
        begin=Identity.begin_identity,
        webauthn=webauthn,
        throttle=Identity.throttle,
        changing=changing_passkeys,
        signals=Identity.session_signals,
        now=Identity.now,
        new_id=Identity.new_id,
    )
    change_passkey = providers.Singleton(
        ChangePasskey,
        Identity.begin_identity,
        changing_passkeys,
        Identity.session_signals,
        Identity.now,
    )
    remove_passkey = providers.Singleton(
        RemovePasskey,
        Identity.begin_identity,
        changing_passkeys,
        Identity.session_signals,
        Identity.now,
    )
    ask_for_passkey = providers.Singleton(
        AskForPasskey, Identity.begin_identity, challenges, Identity.throttle, Identity.now
    )
    sign_in_with_passkey = providers.Singleton(
        SignInWithPasskey, Identity.begin_identity, check_passkey, Identity.grants, Identity.now
    )
    ask_for_second_factor = providers.Singleton(
        AskForSecondFactor, Identity.begin_identity, challenges, Identity.throttle, Identity.now
    )
    finish_login_with_passkey = providers.Singleton(
        FinishLoginWithPasskey,
        Identity.begin_identity,
        check_passkey,
        Identity.grants,
        Identity.now,
    )
    ask_for_proof = providers.Singleton(
        AskForProof, Identity.begin_identity, challenges, Identity.throttle, Identity.now
    )
    reauthenticate_with_passkey = providers.Singleton(
        ReauthenticateWithPasskey, Identity.begin_identity, check_passkey, Identity.now
    )
    reset_second_factors = providers.Singleton(
        ResetSecondFactors,
        Identity.begin_identity,
        Identity.session_signals,
        Identity.now,
        Identity.new_id,
    )
    purge_ceremonies = providers.Singleton(PurgeCeremonies, Identity.begin_identity, Identity.now)
    purging_ceremonies = providers.Singleton(
        Chore, "purge ceremonies", SECONDS_BETWEEN_PURGES, purge_ceremonies
    )
