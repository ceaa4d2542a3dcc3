"""Who uses a power, and whether it reaches so far."""

from dataclasses import dataclass

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import Forbidden
from stonks.domain.identity.account_type import STAFF, AccountType
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.rank import HIGHEST_RANK, NO_RANK, Rank
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in; or an operator at the command line, who has no profile."""

    name: str
    profile_id: ProfileId | None = None


def actor_of(person: SignedIn) -> Actor:
    return Actor(person.username, person.profile_id)


@dataclass(frozen=True, slots=True)
class Encounter:
    """Somebody with a power, and a person whom they use it on; both held by the unit of work."""

    subject: Profile
    subjects: Rank
    actors: Rank
    is_operator: bool

    def must_allow(self, permission: Permission) -> None:
        if not self.actors.may(permission):
            raise lacking(permission)

    def must_be_above(self) -> None:
        """So nobody moves themselves, an equal, or SUPERADMIN; an operator moves everybody."""
        if not self.is_operator and not self.actors.is_above(self.subjects):
            raise Forbidden("rank_too_low", "this person's rank is not below yours")

    def must_reach(self, account_type: AccountType) -> None:
        """Whether this type may be given to this person, or taken from them."""
        if account_type.name == STAFF:
            raise Forbidden("staff_by_command", "`stonks staff` alone gives and takes SUPERADMIN")
        account_type.must_be_removable()
        self.must_be_above()
        if not self.actors.covers(account_type.allows):
            raise Forbidden("beyond_your_own", "it allows what you may not do yourself")


def meet(work: AccountsWork, actor: Actor, subject: ProfileId) -> Encounter:
    """Locks both in the order of their ids; raises ``NotFound`` (``unknown_profile``)."""
    ids = {subject} if actor.profile_id is None else {subject, actor.profile_id}
    held = {id_: work.profiles.lock(id_) for id_ in sorted(ids)}
    rank = work.account_types.rank
    if actor.profile_id is None:
        return Encounter(held[subject], rank(subject), HIGHEST_RANK, is_operator=True)
    actors = rank(actor.profile_id) if held[actor.profile_id].active else NO_RANK
    return Encounter(held[subject], rank(subject), actors, is_operator=False)


def must_be_superadmin(work: AccountsWork, actor: Actor) -> None:
    """Raises ``Forbidden`` (``staff_only``); locks the actor, unless it is an operator."""
    if actor.profile_id is None:
        return
    is_active = work.profiles.lock(actor.profile_id).active
    if not is_active or not work.account_types.rank(actor.profile_id).is_staff:
        raise Forbidden("staff_only", "only SUPERADMIN may do this")


def lacking(permission: Permission) -> Forbidden:
    return Forbidden("permission_required", f"this takes the permission {permission}")
