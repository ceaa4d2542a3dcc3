"""Those who use their powers at the same moment: decided by the database, never by a deadlock."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import Engine, text

from stonks.adapters.clock import new_id, now
from stonks.adapters.memory.identity import MemorySessionSignals
from stonks.adapters.postgres.identity.account_reads import PostgresAccountReads
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.accounts.add_account_type import AddAccountType
from stonks.application.identity.accounts.grant_account_type import GrantAccountType
from stonks.application.identity.accounts.ports import EntriesWanted
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.remove_account_type import RemoveAccountType
from stonks.application.identity.accounts.revoke_account_type import RevokeAccountType
from stonks.application.identity.accounts.rights import Actor
from stonks.application.identity.accounts.set_active import SetActive
from stonks.domain.ids import ProfileId
from tests.contracts.accounts import AccountStore, a_type
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_races import at_once

ROUNDS = 5
MODERATOR = ("profiles.read_all", "profiles.moderate", "account_types.grant")
OPERATOR = Actor("operator")


@dataclass(frozen=True, slots=True)
class Cases:
    """The use cases, on one store."""

    accounts: AccountStore

    def person(self, name: str, *types: str) -> Actor:
        return Actor(name, self.accounts.profile(name, *types))

    def set_active(self, by: Actor, whom: Actor, *, active: bool = False) -> Callable[[], object]:
        signals = MemorySessionSignals()
        case = SetActive(self.accounts.begin, Record(new_id), signals, now, new_id)
        return partial(case, actor=by, profile_id=id_of(whom), active=active)

    def move(
        self, kind: type[GrantAccountType | RevokeAccountType], by: Actor, whom: Actor, name: str
    ) -> Callable[[], object]:
        case = kind(self.accounts.begin, Record(new_id), MemorySessionSignals(), now)
        return partial(case, actor=by, profile_id=id_of(whom), name=name)

    def is_active(self, who: Actor) -> bool:
        view = self.accounts.reads.profile(id_of(who))
        assert view is not None
        return view.profile.active

    def recorded(self) -> list[str]:
        """Every action, the oldest first."""
        entries = self.accounts.reads.audit(EntriesWanted(), before=None, limit=1000)
        return [entry.action for entry in entries][::-1]


def id_of(who: Actor) -> ProfileId:
    assert who.profile_id is not None
    return who.profile_id


@pytest.fixture
def cases(engine: Engine, store: IdentityStore) -> Iterator[Cases]:
    reads = PostgresAccountReads(Reads(engine))
    cases = Cases(AccountStore(store, store.begin, reads))  # type: ignore[arg-type]
    kind = a_type("moderator", ())
    kind.allow(MODERATOR)
    cases.accounts.add(kind)
    yield cases
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM account_types WHERE name NOT IN ('member', 'staff')"))


def test_two_staff_who_deactivate_each_other_are_both_refused(cases: Cases) -> None:
    one, other = cases.person("one", "staff"), cases.person("other", "staff")
    for _ in range(ROUNDS):
        codes = at_once(*[cases.set_active(one, other), cases.set_active(other, one)] * 2)
        assert codes == ["rank_too_low"] * 4
    assert cases.is_active(one)
    assert cases.is_active(other)


def test_who_reach_for_each_other_do_not_deadlock(cases: Cases) -> None:
    staff, moderator = cases.person("sana", "staff"), cases.person("mara", "moderator")
    member = cases.person("bruno")
    for _ in range(ROUNDS):
        outcomes = at_once(
            cases.set_active(staff, moderator),
            cases.set_active(moderator, staff),
            cases.set_active(moderator, member),
            cases.set_active(staff, member),
            cases.set_active(member, moderator),
        )
        assert outcomes[0] is True
        assert outcomes[1] in ("rank_too_low", "permission_required")
        assert outcomes[2] in (True, False, "permission_required")
        assert outcomes[3] in (True, False)
        assert outcomes[4] == "permission_required"
        assert not cases.is_active(moderator)
        assert not cases.is_active(member)
        for whom in (moderator, member):
            cases.set_active(staff, whom, active=True)()


def test_of_many_who_give_the_same_type_one_gives_it(cases: Cases) -> None:
    staff, member = cases.person("sana", "staff"), cases.person("bruno")
    give = cases.move(GrantAccountType, staff, member, "moderator")
    assert Counter(at_once(*[give] * 6)) == {True: 1, False: 5}
    assert cases.recorded() == ["account_type_granted"]
    take = cases.move(RevokeAccountType, staff, member, "moderator")
    assert Counter(at_once(*[take] * 6)) == {True: 1, False: 5}
    assert cases.recorded() == ["account_type_granted", "account_type_revoked"]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_power_is_used_before_it_is_taken_or_not_at_all(cases: Cases, turn: int) -> None:
    staff, moderator = cases.person("sana", "staff"), cases.person("mara", "moderator")
    member = cases.person("bruno")
    taken, used = at_once(
        cases.move(RevokeAccountType, staff, moderator, "moderator"),
        cases.set_active(moderator, member),
    )
    assert taken is True
    if used is True:
        assert cases.recorded() == ["profile_deactivated", "account_type_revoked"]
    else:
        assert used == "permission_required"
        assert cases.recorded() == ["account_type_revoked"]
    assert cases.is_active(member) == (used is not True)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_type_that_is_removed_while_it_is_given_is_gone(cases: Cases, turn: int) -> None:
    staff, member = cases.person("sana", "staff"), cases.person("bruno")
    remove = RemoveAccountType(cases.accounts.begin, Record(new_id), now)
    removed, given = at_once(
        partial(remove, actor=OPERATOR, name="moderator"),
        cases.move(GrantAccountType, staff, member, "moderator"),
    )
    assert removed is None
    assert given in (True, "unknown_account_type")
    grants = cases.accounts.reads.grants(id_of(member))
    assert grants is not None
    assert [grant.name for grant in grants] == ["member"]


def test_of_types_that_are_added_at_once_one_gets_the_name(cases: Cases) -> None:
    add = AddAccountType(cases.accounts.begin, Record(new_id), now)
    outcomes = at_once(*[partial(add, actor=OPERATOR, name="helper")] * 5)
    assert outcomes.count("account_type_taken") == 4
    assert cases.recorded() == ["account_type_added"]
