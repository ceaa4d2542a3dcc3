"""Kinds of accounts, and what they allow."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stonks.domain.errors import Conflict, Invalid
from stonks.domain.identity.permission import (
    EVERY_PERMISSION,
    FOR_EVERYBODY,
    Permission,
    check_permissions,
)
from stonks.domain.text import clean

NAME = r"[a-z][a-z0-9-]{1,29}"
MEMBER, STAFF = "member", "staff"
BUILT_IN = frozenset({MEMBER, STAFF})
RESERVED_NAMES = frozenset(
    """
    admin administrator anonymous everybody everyone host root stonks superadmin superuser system
    """.split()  # noqa: SIM905 -- as a list it would fill a page
)
LONGEST_DESCRIPTION = 200


@dataclass(slots=True)
class AccountType:
    """What an account may be, beside others: everybody is ``member``, SUPERADMIN is ``staff``."""

    name: str
    description: str
    permissions: frozenset[Permission]
    created_at: datetime
    created_by: str

    @property
    def is_built_in(self) -> bool:
        return self.name in BUILT_IN

    @property
    def allows(self) -> frozenset[Permission]:
        """What it allows in the end: ``staff`` everything, also what is yet to come."""
        return EVERY_PERMISSION if self.name == STAFF else self.permissions

    def describe(self, description: str) -> None:
        self.description = check_description(description)

    def allow(self, names: Iterable[str]) -> None:
        """Allow these from now on, in place of those before.

        Raises ``Invalid`` for unknown ones and for what not everybody may have, and ``Conflict``
        (``account_type_built_in``) for ``staff``, which allows everything.
        """
        permissions = check_permissions(names)
        if self.name == STAFF:
            raise built_in(self.name)
        if self.name == MEMBER and (beyond := sorted(permissions - FOR_EVERYBODY)):
            reason = f"cannot give everybody {', '.join(beyond)}"
            raise Invalid(
                "not_for_everybody", f"permissions {reason}", errors={"permissions": [reason]}
            )
        self.permissions = permissions

    def must_be_removable(self) -> None:
        """Raises ``Conflict`` (``account_type_built_in``)."""
        if self.is_built_in:
            raise built_in(self.name)


def new_account_type(
    name: str, *, description: str, permissions: Iterable[str], at: datetime, by: str
) -> AccountType:
    """One that an operator adds; raises ``Invalid``, and ``Conflict`` for a built-in name."""
    if name in BUILT_IN:
        raise built_in(name)
    return AccountType(
        name=_check_name(name),
        description=check_description(description),
        permissions=check_permissions(permissions),
        created_at=at,
        created_by=by,
    )


def check_description(description: str) -> str:
    """One line of up to 200 characters; or ``Invalid``."""
    return clean(description, field="description", longest=LONGEST_DESCRIPTION, shortest=0)


def built_in(name: str) -> Conflict:
    return Conflict("account_type_built_in", f"{name} is what Stonks itself makes of it")


def is_account_type(name: str) -> bool:
    """Whether a type could be called so."""
    return re.fullmatch(NAME, name, re.ASCII) is not None


def _check_name(name: str) -> str:
    """ASCII in lower case alone, so that no look-alike can stand for another name."""
    if not is_account_type(name):
        raise _refuse(
            "name_malformed", "takes 2 to 30 of a-z, 0-9 and '-', and begins with a letter"
        )
    if name in RESERVED_NAMES:
        raise _refuse("name_reserved", "is reserved")
    return name


def _refuse(code: str, reason: str) -> Invalid:
    return Invalid(code, f"name {reason}", errors={"name": [reason]})
