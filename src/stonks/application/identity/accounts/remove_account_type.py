"""Removing an account type."""

from dataclasses import dataclass

from stonks.application.identity.accounts.add_account_type import told
from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, must_be_superadmin
from stonks.application.ports import Begin, Clock


@dataclass(frozen=True, slots=True)
class RemoveAccountType:
    """Take a type from all who have it, and forget it."""

    begin: Begin[AccountsWork]
    record: Record
    now: Clock

    def __call__(self, *, actor: Actor, name: str) -> None:
        """Raises ``NotFound`` (``unknown_account_type``), ``Conflict``
        (``account_type_built_in``) and ``Forbidden`` (``staff_only``).
        """
        at = self.now()
        with self.begin() as work:
            must_be_superadmin(work, actor)
            removed = work.account_types.lock(name)
            removed.must_be_removable()
            work.account_types.remove(name)
            self.record(work, actor, "account_type_removed", at=at, detail=told(removed))
