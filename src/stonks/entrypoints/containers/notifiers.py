"""The ways in which people are told, and what they say about them."""

from dependency_injector import providers

from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.notifications.preferences import MemoryPreferencesWork
from stonks.adapters.notifiers.plugins import Tools
from stonks.adapters.postgres.notifications.preferences import PostgresPreferencesWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.notifications.change_preferences import ChangePreferences
from stonks.application.notifications.read_preferences import ReadPreferences
from stonks.application.notifications.unsubscribe import Unsubscribe
from stonks.entrypoints.containers.egress import EgressContainer
from stonks.entrypoints.containers.mail import MailContainer
from stonks.entrypoints.mailing import make_mail_sessions
from stonks.entrypoints.notifying import (
    make_notifiers,
    make_unsubscribe_tokens,
    surroundings,
    unsubscribe_urls,
    ways_of,
)


class NotifiersContainer(MailContainer, EgressContainer):
    unsubscribe_tokens = providers.Singleton(make_unsubscribe_tokens, MailContainer.settings)
    mail_sessions = providers.Singleton(make_mail_sessions, MailContainer.mailer)
    tools = providers.Singleton(
        Tools,
        public_url=MailContainer.settings.provided.public_url,
        environ=providers.Callable(surroundings),
        now=MailContainer.now,
        mail_sessions=mail_sessions,
        egress=EgressContainer.egress,
        vapid=EgressContainer.vapid,
        unsubscribe_url=providers.Callable(
            unsubscribe_urls,
            MailContainer.settings.provided.public_url,
            unsubscribe_tokens.provider,
        ),
        apprise_url=MailContainer.settings.provided.apprise_url,
    )
    notifiers = providers.Singleton(make_notifiers, MailContainer.settings, tools)
    ways = providers.Singleton(ways_of, notifiers)

    begin_preferences = providers.Selector(
        MailContainer.storage,
        memory=providers.Singleton(
            MemoryBegin,
            MailContainer.database,
            providers.Factory(MemoryPreferencesWork, MailContainer.preference_tables),
        ),
        postgres=providers.Singleton(
            PostgresBegin, MailContainer.engine, providers.Object(PostgresPreferencesWork)
        ),
    )
    read_preferences = providers.Factory(ReadPreferences, begin_preferences, ways)
    change_preferences = providers.Factory(ChangePreferences, begin_preferences, ways)
    unsubscribe = providers.Factory(Unsubscribe, begin_preferences, unsubscribe_tokens)
