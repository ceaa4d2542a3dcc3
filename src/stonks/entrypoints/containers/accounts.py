"""Accounts: their types, and who watches over them."""

from dependency_injector import providers

from stonks.adapters.memory.identity.accounts import MemoryAccountReads
from stonks.adapters.postgres.identity.account_reads import PostgresAccountReads
from stonks.application.identity.accounts.add_account_type import AddAccountType
from stonks.application.identity.accounts.change_account_type import ChangeAccountType
from stonks.application.identity.accounts.grant_account_type import GrantAccountType
from stonks.application.identity.accounts.reads import (
    FindAccount,
    ListAccountTypes,
    ReadAccount,
    ReadAudit,
    ReadGrants,
    SearchProfiles,
)
from stonks.application.identity.accounts.record_reading import RecordReading
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.remove_account_type import RemoveAccountType
from stonks.application.identity.accounts.revoke_account_type import RevokeAccountType
from stonks.application.identity.accounts.set_active import SetActive
from stonks.entrypoints.containers.identity import IdentityContainer as Identity


class AccountsContainer(Identity):
    account_reads = providers.Selector(
        Identity.storage,
        memory=providers.Singleton(MemoryAccountReads, Identity.identity_tables),
        postgres=providers.Singleton(PostgresAccountReads, Identity.reads_connection),
    )
    record = providers.Singleton(Record, Identity.new_id)

    set_active = providers.Singleton(
        SetActive,
        Identity.begin_identity,
        record,
        Identity.session_signals,
        Identity.now,
        Identity.new_id,
    )
    grant_account_type = providers.Singleton(
        GrantAccountType, Identity.begin_identity, record, Identity.session_signals, Identity.now
    )
    revoke_account_type = providers.Singleton(
        RevokeAccountType, Identity.begin_identity, record, Identity.session_signals, Identity.now
    )
    add_account_type = providers.Singleton(
        AddAccountType, Identity.begin_identity, record, Identity.now
    )
    change_account_type = providers.Singleton(
        ChangeAccountType, Identity.begin_identity, record, Identity.now
    )
    remove_account_type = providers.Singleton(
        RemoveAccountType, Identity.begin_identity, record, Identity.now
    )

    search_profiles = providers.Singleton(SearchProfiles, account_reads)
    record_reading = providers.Singleton(
        RecordReading, account_reads, Identity.begin_identity, record, Identity.now
    )
    read_account = providers.Singleton(ReadAccount, record_reading)
    read_grants = providers.Singleton(ReadGrants, account_reads)
    list_account_types = providers.Singleton(ListAccountTypes, account_reads)
    read_audit_entries = providers.Singleton(ReadAudit, account_reads)
    find_account = providers.Singleton(FindAccount, account_reads)
