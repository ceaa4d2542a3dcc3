"""Changing an account type."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from stonks.application.identity.accounts.add_account_type import told
from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, must_be_superadmin
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.account_type import AccountType


@dataclass(frozen=True, slots=True)
class ChangeAccountType:
    """Let a type allow something else, to all who have it, from their next request on."""

    begin: Begin[AccountsWork]
    record: Record
    now: Clock

    def __call__(
        self,
        *,
        actor: Actor,
        name: str,
        description: str | None = None,
        permissions: Collection[str] | None = None,
    ) -> AccountType:
        """What is not given stays. Raises ``NotFound`` (``unknown_account_type``), ``Forbidden``
        (``staff_only``), and as ``AccountType.allow`` does.
        """
        at = self.now()
        with self.begin() as work:
            must_be_superadmin(work, actor)
            changed = work.account_types.lock(name)
            before = replace(changed)
            if description is not None:
                changed.describe(description)
            if permissions is not None:
                changed.allow(permissions)
            if changed != before:
                work.account_types.save(changed)
                self.record(work, actor, "account_type_changed", at=at, detail=told(changed))
        return changed
