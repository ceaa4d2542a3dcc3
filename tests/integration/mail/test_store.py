"""Mail and its links on PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from stonks.adapters.postgres.engine import postgres_engine
from stonks.adapters.postgres.identity import PostgresIdentityReads
from stonks.adapters.postgres.identity.access_tokens import PostgresAccessTokensWork
from stonks.adapters.postgres.mail.work import PostgresMailWork
from stonks.adapters.postgres.work import PostgresBegin, Reads
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases
from tests.contracts.mail_cases import MailCases
from tests.contracts.mail_links import EmailProofsContract, MailLinksContract
from tests.contracts.mail_queue import MailQueueContract, MailStore
from tests.contracts.mail_rules import MailRules


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = postgres_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text('TRUNCATE "Profile", outgoing_mails, mail_links CASCADE'))
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> IdentityStore:
    begin = PostgresBegin(engine, PostgresAccessTokensWork)
    return IdentityStore(begin, PostgresIdentityReads(Reads(engine)))


@pytest.fixture
def mail_store(engine: Engine, store: IdentityStore) -> MailStore:
    return MailStore(store, PostgresBegin(engine, PostgresMailWork))


@pytest.fixture
def mail(mail_store: MailStore) -> MailCases:
    return MailCases(mail_store, IdentityCases(mail_store.identity))


class TestPostgresMailLinks(MailLinksContract):
    pass


class TestPostgresEmailProofs(EmailProofsContract):
    pass


class TestPostgresMailQueue(MailQueueContract):
    pass


class TestPostgresMail(MailRules):
    pass
