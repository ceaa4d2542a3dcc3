"""Mail: sending it, and what people do by the links in it."""

from random import random

from dependency_injector import providers

from stonks.adapters.mail import JinjaCompose
from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.mail.work import MemoryMailWork
from stonks.adapters.postgres.mail.work import PostgresMailWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.adapters.tokens import new_secret
from stonks.application.identity.mail_links.ask_for_link import AskForLink
from stonks.application.identity.mail_links.forget_links import ForgetLinks
from stonks.application.identity.mail_links.reset_password import ResetPassword
from stonks.application.identity.mail_links.sign_in_by_link import SignInByLink
from stonks.application.identity.mail_links.verify_email import VerifyEmail
from stonks.application.mail.forget_claims import ForgetClaims
from stonks.application.mail.ports import MailKind
from stonks.application.mail.send_mails import SendMails
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.identity import IdentityContainer
from stonks.entrypoints.mailing import make_mailer, tell_loss

SECONDS_BETWEEN_CLEANING = 600.0


class MailContainer(IdentityContainer):
    begin_mail = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(
            MemoryBegin,
            IdentityContainer.database,
            providers.Factory(
                MemoryMailWork, IdentityContainer.identity_tables, IdentityContainer.mail_tables
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin, IdentityContainer.engine, providers.Object(PostgresMailWork)
        ),
    )
    mailer = providers.Singleton(make_mailer, IdentityContainer.settings)
    compose = providers.Singleton(JinjaCompose, IdentityContainer.settings.provided.public_url)
    mail_losses = providers.Object(tell_loss)
    send_mails = providers.Singleton(
        SendMails,
        begin=begin_mail,
        compose=compose,
        mailer=mailer,
        losses=mail_losses,
        new_secret=providers.Object(new_secret),
        chance=providers.Object(random),
        now=IdentityContainer.now,
    )
    forget_claims = providers.Singleton(
        ForgetClaims, begin_mail, mail_losses, IdentityContainer.now
    )
    forget_links = providers.Singleton(
        ForgetLinks, IdentityContainer.begin_identity, IdentityContainer.now
    )

    ask_to_sign_in = providers.Singleton(
        AskForLink,
        IdentityContainer.begin_identity,
        IdentityContainer.throttle,
        IdentityContainer.now,
        IdentityContainer.new_id,
        MailKind.SIGN_IN,
    )
    ask_to_verify = providers.Singleton(
        AskForLink,
        IdentityContainer.begin_identity,
        IdentityContainer.throttle,
        IdentityContainer.now,
        IdentityContainer.new_id,
        MailKind.VERIFY_EMAIL,
    )
    ask_to_reset = providers.Singleton(
        AskForLink,
        IdentityContainer.begin_identity,
        IdentityContainer.throttle,
        IdentityContainer.now,
        IdentityContainer.new_id,
        MailKind.RESET_PASSWORD,
    )
    verify_email = providers.Singleton(
        VerifyEmail,
        begin=IdentityContainer.begin_identity,
        throttle=IdentityContainer.throttle,
        signals=IdentityContainer.session_signals,
        now=IdentityContainer.now,
        new_id=IdentityContainer.new_id,
    )
    sign_in_by_link = providers.Singleton(
        SignInByLink,
        begin=IdentityContainer.begin_identity,
        throttle=IdentityContainer.throttle,
        admit=IdentityContainer.admit,
        signals=IdentityContainer.session_signals,
        now=IdentityContainer.now,
        new_id=IdentityContainer.new_id,
    )
    reset_password = providers.Singleton(
        ResetPassword,
        begin=IdentityContainer.begin_identity,
        passwords=IdentityContainer.passwords,
        common=IdentityContainer.common_passwords,
        throttle=IdentityContainer.throttle,
        signals=IdentityContainer.session_signals,
        now=IdentityContainer.now,
        new_id=IdentityContainer.new_id,
    )

    forgetting_links = providers.Factory(
        Chore, "mail-links", SECONDS_BETWEEN_CLEANING, forget_links
    )
