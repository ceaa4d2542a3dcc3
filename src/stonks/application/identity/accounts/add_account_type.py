"""Adding an account type."""

from collections.abc import Collection
from dataclasses import dataclass

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, must_be_superadmin
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.account_type import AccountType, new_account_type


@dataclass(frozen=True, slots=True)
class AddAccountType:
    """A new type, which nobody has yet."""

    begin: Begin[AccountsWork]
    record: Record
    now: Clock

    def __call__(
        self,
        *,
        actor: Actor,
        name: str,
        description: str = "",
        permissions: Collection[str] = (),
    ) -> AccountType:
        """Raises ``Invalid``, ``Forbidden`` (``staff_only``) and ``Conflict``
        (``account_type_taken``, ``account_type_built_in``).
        """
        at = self.now()
        added = new_account_type(
            name, description=description, permissions=permissions, at=at, by=actor.name
        )
        with self.begin() as work:
            must_be_superadmin(work, actor)
            work.account_types.add(added)
            self.record(work, actor, "account_type_added", at=at, detail=told(added))
        return added


def told(account_type: AccountType) -> str:
    """A type and what it allows, as the audit has it."""
    return f"{account_type.name}: {', '.join(sorted(account_type.permissions)) or 'nothing'}"
