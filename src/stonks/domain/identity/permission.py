"""What an account type may allow on the whole platform."""

from collections.abc import Iterable
from enum import StrEnum

from stonks.domain.errors import Invalid


class Permission(StrEnum):
    """A closed set: each is asked for in one place, and does what its name says."""

    OPEN_CHANNELS = "channels.open"
    READ_PROFILES = "profiles.read_all"
    MODERATE_PROFILES = "profiles.moderate"
    GRANT_ACCOUNT_TYPES = "account_types.grant"
    READ_AUDIT = "audit.read"

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Permission.OPEN_CHANNELS: "open channels",
    Permission.READ_PROFILES: "search and read all profiles, their e-mail addresses included",
    Permission.MODERATE_PROFILES: "deactivate and restore profiles of a lower rank",
    Permission.GRANT_ACCOUNT_TYPES: "give and take account types that allow no more than one's own",
    Permission.READ_AUDIT: "read who used which power over whom",
}
EVERY_PERMISSION = frozenset(Permission)
FOR_EVERYBODY = frozenset({Permission.OPEN_CHANNELS})


def check_permissions(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions of these names; or ``Invalid`` (``permission_unknown``)."""
    wanted = set(names)
    if unknown := sorted(wanted - EVERY_PERMISSION):
        reason = f"takes some of {', '.join(Permission)}; not {', '.join(unknown)[:100]}"
        raise Invalid(
            "permission_unknown", f"permissions {reason}", errors={"permissions": [reason]}
        )
    return frozenset(map(Permission, wanted))


def known_permissions(names: Iterable[str]) -> frozenset[Permission]:
    """Those that this Stonks knows; what another version of it kept means nothing here."""
    return frozenset(map(Permission, EVERY_PERMISSION & set(names)))
