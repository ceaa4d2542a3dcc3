"""PostgreSQL keeps the contract of accounts, and lets the audit only grow."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from stonks.adapters.clock import new_id
from stonks.adapters.postgres.channels.people import PostgresPeople
from stonks.adapters.postgres.identity.account_reads import PostgresAccountReads
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.accounts.ports import EntriesWanted
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.permission import Permission
from tests.contracts.accounts import AccountsContract, AccountStore, a_type
from tests.contracts.identity import NOW, IdentityStore

AS_AT_FIRST = """
DELETE FROM account_types WHERE name NOT IN ('member', 'staff');
UPDATE account_types SET permissions = '{channels.open}' WHERE name = 'member'
"""


@pytest.fixture
def accounts(engine: Engine, store: IdentityStore) -> Iterator[AccountStore]:
    reads = PostgresAccountReads(Reads(engine))
    yield AccountStore(store, store.begin, reads)  # type: ignore[arg-type]
    with engine.begin() as connection:
        connection.execute(text(AS_AT_FIRST))


class TestPostgresAccounts(AccountsContract):
    pass


@pytest.mark.parametrize("forgery", ["UPDATE audit SET detail = ''", "DELETE FROM audit"])
def test_the_audit_cannot_be_rewritten(
    accounts: AccountStore, engine: Engine, forgery: str
) -> None:
    entry = AuditEntry(new_id(), NOW, "sana", "profile_read", None, "mara")
    with accounts.begin() as work:
        work.audit.record(entry)
    with pytest.raises(DBAPIError, match="the audit can only grow"), engine.begin() as connection:
        connection.execute(text(forgery))
    assert accounts.reads.audit(EntriesWanted(), before=None, limit=9) == [entry]


def test_what_was_done_to_a_profile_outlasts_it(accounts: AccountStore, engine: Engine) -> None:
    mara = accounts.profile("mara", "staff")
    entry = AuditEntry(new_id(), NOW, "sana", "profile_read", mara, "mara", mara)
    with accounts.begin() as work:
        work.audit.record(entry)
    with engine.begin() as connection:
        connection.execute(text('DELETE FROM "Profile"'))
    assert accounts.reads.audit(EntriesWanted(subject=mara), before=None, limit=9) == [entry]
    assert [view.holders for view in accounts.reads.account_types()] == [0, 0]


def test_channels_know_who_may_open_them(accounts: AccountStore, engine: Engine) -> None:
    accounts.add(a_type("host-type", {Permission.OPEN_CHANNELS}))
    mara, bruno = accounts.profile("mara"), accounts.profile("bruno", "host-type")
    sana = accounts.profile("sana", "staff")
    with accounts.begin() as work:
        member = work.account_types.lock("member")
        member.allow([])
        work.account_types.save(member)
    with engine.connect() as connection:
        people = PostgresPeople(connection)
        may = [people.get(who).may_open_channels for who in (mara, bruno, sana)]
    assert may == [False, True, True]


def test_permissions_of_another_version_mean_nothing(
    accounts: AccountStore, engine: Engine
) -> None:
    mara = accounts.profile("mara")
    with engine.begin() as connection:
        strange = "UPDATE account_types SET permissions = '{channels.open,planets.move}'"
        connection.execute(text(strange))
    assert accounts.rank(mara).permissions == {"channels.open"}
