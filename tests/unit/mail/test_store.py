"""Mail and its links in memory."""

import pytest

from stonks.adapters.memory.database import Database, MemoryBegin
from stonks.adapters.memory.identity import (
    IdentityTables,
    MemoryIdentityReads,
)
from stonks.adapters.memory.identity.access_tokens import MemoryAccessTokensWork
from stonks.adapters.memory.mail import MailTables
from stonks.adapters.memory.mail.work import MemoryMailWork
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases
from tests.contracts.mail_cases import MailCases
from tests.contracts.mail_links import EmailProofsContract, MailLinksContract
from tests.contracts.mail_queue import MailQueueContract, MailStore
from tests.contracts.mail_rules import MailRules


@pytest.fixture
def mail_store() -> MailStore:
    database = Database()
    tables, mails = IdentityTables(database), MailTables(database)
    identity = MemoryBegin(database, MemoryAccessTokensWork(tables, mails))
    store = IdentityStore(identity, MemoryIdentityReads(tables))
    return MailStore(store, MemoryBegin(database, MemoryMailWork(tables, mails)))


@pytest.fixture
def store(mail_store: MailStore) -> IdentityStore:
    return mail_store.identity


@pytest.fixture
def mail(mail_store: MailStore) -> MailCases:
    return MailCases(mail_store, IdentityCases(mail_store.identity))


class TestMemoryMailLinks(MailLinksContract):
    pass


class TestMemoryEmailProofs(EmailProofsContract):
    pass


class TestMemoryMailQueue(MailQueueContract):
    pass


class TestMemoryMail(MailRules):
    pass
