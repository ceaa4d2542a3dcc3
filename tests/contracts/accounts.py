"""What every store of accounts promises."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.accounts.ports import (
    AccountReads,
    AccountsWork,
    EntriesWanted,
    GrantView,
    ProfilesWanted,
)
from stonks.application.identity.ports import AuditEntry
from stonks.application.ports import Begin
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.account_type import AccountType
from stonks.domain.identity.deletion import Deletion
from stonks.domain.identity.permission import EVERY_PERMISSION, FOR_EVERYBODY, Permission
from stonks.domain.identity.rank import HIGHEST_RANK, NO_RANK, Rank
from stonks.domain.ids import ProfileId
from tests.contracts.identity import HOUR, NOW, IdentityStore, a_profile

READER = frozenset({Permission.READ_PROFILES, Permission.READ_AUDIT})


def a_type(name: str = "helper", permissions: Iterable[Permission] = READER) -> AccountType:
    """One with a value of its own in every field."""
    return AccountType(name, "Zürich \\ \" ' %", frozenset(permissions), NOW, "root")


@dataclass(frozen=True, slots=True)
class AccountStore:
    """One store to test."""

    identity: IdentityStore
    begin: Begin[AccountsWork]
    reads: AccountReads

    def profile(self, username: str = "mara", *types: str) -> ProfileId:
        profile_id = self.identity.profile(username).id
        with self.begin() as work:
            for name in types:
                assert work.account_types.grant(profile_id, name, NOW, "root")
        return profile_id

    def add(self, *types: AccountType) -> None:
        with self.begin() as work:
            for added in types:
                work.account_types.add(added)

    def rank(self, profile_id: ProfileId) -> Rank:
        with self.begin() as work:
            return work.account_types.rank(profile_id)

    def found(self, **wanted: object) -> list[str]:
        views = self.reads.profiles(ProfilesWanted(**wanted), before=None, limit=100)  # type: ignore[arg-type]
        return [view.profile.username for view in views]


class AccountTypesContract:
    """``AccountTypeRepository``. Subclasses give ``accounts``."""

    def test_every_field_of_a_type_comes_back(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        with accounts.begin() as work:
            assert asdict(work.account_types.lock("helper")) == asdict(a_type())

    def test_every_change_is_kept(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        changed = AccountType(
            "helper", "", frozenset({Permission.OPEN_CHANNELS}), NOW + HOUR, "ops"
        )
        with accounts.begin() as work:
            work.account_types.save(changed)
        with accounts.begin() as work:
            assert work.account_types.lock("helper") == changed

    def test_a_name_is_given_once(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        with pytest.raises(Conflict) as refusal:
            accounts.add(a_type())
        assert refusal.value.code == "account_type_taken"

    @pytest.mark.parametrize("name", ["nothing", "Helper", "helper ", "hel\0per", "", "x" * 9999])
    def test_an_unknown_one_is_not_found(self, accounts: AccountStore, name: str) -> None:
        accounts.add(a_type())
        with accounts.begin() as work, pytest.raises(NotFound) as refusal:
            work.account_types.lock(name)
        assert refusal.value.code == "unknown_account_type"

    def test_what_is_built_in_is_there(self, accounts: AccountStore) -> None:
        member, staff = accounts.reads.account_types()
        assert (member.name, member.permissions, member.holders) == ("member", FOR_EVERYBODY, 0)
        assert (staff.name, staff.permissions, staff.holders) == ("staff", EVERY_PERMISSION, 0)

    def test_a_type_is_given_and_taken_once(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        mara = accounts.profile()
        with accounts.begin() as work:
            assert work.account_types.grant(mara, "helper", NOW, "root")
            assert not work.account_types.grant(mara, "helper", NOW, "root")
            assert work.account_types.revoke(mara, "helper")
            assert not work.account_types.revoke(mara, "helper")

    def test_types_add_up(self, accounts: AccountStore) -> None:
        moderator = a_type("moderator", {Permission.MODERATE_PROFILES, Permission.READ_PROFILES})
        accounts.add(a_type(), moderator)
        assert accounts.rank(accounts.profile("mara")) == Rank(FOR_EVERYBODY)
        both = accounts.profile("bruno", "helper", "moderator")
        assert accounts.rank(both) == Rank(FOR_EVERYBODY | READER | moderator.permissions)
        assert accounts.rank(accounts.profile("sana", "helper", "staff")) == HIGHEST_RANK
        assert not accounts.rank(ProfileId(new_id())).is_staff

    def test_a_type_that_allows_everything_is_not_staff(self, accounts: AccountStore) -> None:
        accounts.add(a_type(permissions=EVERY_PERMISSION))
        assert accounts.rank(accounts.profile("mara", "helper")) == Rank(EVERY_PERMISSION)

    def test_what_everybody_may_do_can_be_less(self, accounts: AccountStore) -> None:
        mara = accounts.profile("mara")
        with accounts.begin() as work:
            member = work.account_types.lock("member")
            member.allow([])
            work.account_types.save(member)
        assert accounts.rank(mara) == NO_RANK
        session = accounts.identity.session(mara)
        person = accounts.identity.reads.signed_in(session.id, NOW)
        assert person is not None
        assert person.permissions == frozenset()

    def test_who_is_signed_in_may_do_what_their_types_allow(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        session = accounts.identity.session(accounts.profile("mara", "helper"))
        person = accounts.identity.reads.signed_in(session.id, NOW)
        assert person is not None
        assert person.permissions == FOR_EVERYBODY | READER
        assert not person.is_staff

    def test_a_type_that_is_removed_is_taken_from_all(self, accounts: AccountStore) -> None:
        accounts.add(a_type(), a_type("other"))
        mara = accounts.profile("mara", "helper", "other")
        with accounts.begin() as work:
            work.account_types.remove("helper")
        grants = accounts.reads.grants(mara)
        assert grants is not None
        assert [grant.name for grant in grants] == ["member", "other"]
        accounts.add(a_type())
        assert [view.holders for view in accounts.reads.account_types()] == [0, 0, 0, 1]


class AccountReadsContract:
    """``AccountReads``. Subclasses give ``accounts``."""

    def test_a_profile_is_read_with_every_field(self, accounts: AccountStore) -> None:
        accounts.add(a_type(), a_type("a-first"))
        profile = replace(a_profile("Mara"), active=False)
        with accounts.begin() as work:
            work.profiles.add(profile)
            work.account_types.grant(profile.id, "helper", NOW, "root")
            work.account_types.grant(profile.id, "a-first", NOW, "root")
        view = accounts.reads.profile(profile.id)
        assert view is not None
        assert asdict(view.profile) == asdict(profile) | {"email_verified": False}
        assert list(view.account_types) == ["member", "a-first", "helper"]
        listed = accounts.reads.profiles(ProfilesWanted(), before=None, limit=9)
        assert list(listed) == [view]
        assert accounts.reads.profile(ProfileId(new_id())) is None

    def test_who_waits_to_be_forgotten_is_told_from_who_was_put_out(
        self, accounts: AccountStore
    ) -> None:
        waiting, gone, mara = (accounts.profile(name) for name in ("waiting", "gone", "mara"))
        with accounts.begin() as work:
            work.deletions.put(Deletion(waiting, NOW, NOW + HOUR))
            work.deletions.put(Deletion(gone, NOW, NOW + HOUR, NOW + 2 * HOUR))
        expected = {waiting: NOW + HOUR, gone: None, mara: None}
        listed = accounts.reads.profiles(ProfilesWanted(), before=None, limit=9)
        assert {view.profile.id: view.deletes_at for view in listed} == expected
        assert [accounts.reads.profile(view.profile.id) for view in listed] == list(listed)

    def test_a_name_finds_an_id_whatever_its_case(self, accounts: AccountStore) -> None:
        mara = accounts.profile("Mara")
        assert accounts.reads.id_of("mARA") == mara
        assert accounts.reads.id_of("nobody") is None

    @pytest.mark.parametrize(
        "q", ["quill", "QUILL", "xquillx", "å ve", "Å VE", "å Ve", "@Corp", "a.b@corp.example"]
    )
    def test_names_and_addresses_are_searched(self, accounts: AccountStore, q: str) -> None:
        accounts.profile("bruno")
        with accounts.begin() as work:
            work.profiles.add(
                replace(a_profile("XquillX", "a.b@corp.example"), full_name="Åsa Å Ventura")
            )
        assert accounts.found(q=q) == ["XquillX"]

    @pytest.mark.parametrize("q", ["%", "_", "a%o", "mar_", "\\", "/", "%%", "' OR 1=1 --", "*"])
    def test_wildcards_are_letters(self, accounts: AccountStore, q: str) -> None:
        accounts.profile("mara")
        assert accounts.found(q=q) == []
        with accounts.begin() as work:
            work.profiles.add(replace(a_profile("bruno"), full_name=f"-{q}-"))
        assert accounts.found(q=q) == ["bruno"]

    def test_profiles_are_chosen(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        accounts.profile("mara", "helper")
        accounts.profile("sana", "staff")
        gone = replace(a_profile("gone"), active=False)
        with accounts.begin() as work:
            work.profiles.add(gone)
        assert accounts.found() == ["gone", "sana", "mara"]
        assert accounts.found(active=True) == ["sana", "mara"]
        assert accounts.found(active=False) == ["gone"]
        assert accounts.found(account_type="helper") == ["mara"]
        assert accounts.found(account_type="staff") == ["sana"]
        assert accounts.found(account_type="member") == ["gone", "sana", "mara"]
        assert accounts.found(account_type="nothing") == []
        assert accounts.found(account_type="helper", active=False) == []
        assert accounts.found(q="ara", account_type="helper", active=True) == ["mara"]

    def test_pages_hold_everybody_once_while_others_sign_up(self, accounts: AccountStore) -> None:
        there = [accounts.profile(f"person{number}") for number in range(7)]
        seen: list[ProfileId] = []
        before: ProfileId | None = None
        while page := accounts.reads.profiles(ProfilesWanted(), before=before, limit=2):
            before = page[-1].profile.id
            seen += [view.profile.id for view in page]
            accounts.profile(f"late{len(seen)}")
        assert seen == there[::-1]

    def test_what_somebody_has_is_listed(self, accounts: AccountStore) -> None:
        accounts.add(a_type())
        mara = accounts.profile("mara", "staff", "helper")
        accounts.profile("bruno", "helper")
        assert accounts.reads.grants(mara) == [
            GrantView("member", FOR_EVERYBODY),
            GrantView("helper", READER, NOW, "root"),
            GrantView("staff", EVERY_PERMISSION, NOW, "root"),
        ]
        assert accounts.reads.grants(ProfileId(new_id())) is None

    def test_types_are_listed_with_every_field(self, accounts: AccountStore) -> None:
        kind = a_type()
        accounts.add(a_type("zzz"), kind)
        accounts.profile("mara", "helper")
        accounts.profile("bruno", "helper")
        views = accounts.reads.account_types()
        assert [view.name for view in views] == ["member", "staff", "helper", "zzz"]
        assert asdict(views[2]) == asdict(kind) | {"holders": 2}


class AuditContract:
    """``Audit`` as it is read. Subclasses give ``accounts``."""

    @pytest.fixture
    def entries(self, accounts: AccountStore) -> list[AuditEntry]:
        """Oldest first, with a value in every field of the first."""
        mara, bruno = ProfileId(new_id()), ProfileId(new_id())
        entries = [
            AuditEntry(new_id(), NOW, "Sana", "profile_read", mara, "mara", bruno),
            AuditEntry(new_id(), NOW + HOUR, "root", "staff_granted", bruno, "bruno"),
            AuditEntry(new_id(), NOW + 2 * HOUR, "root", "account_type_added", None, "helper"),
        ]
        with accounts.begin() as work:
            for entry in entries:
                work.audit.record(entry)
        return entries

    def read(self, accounts: AccountStore, **wanted: object) -> list[AuditEntry]:
        return list(accounts.reads.audit(EntriesWanted(**wanted), before=None, limit=9))  # type: ignore[arg-type]

    def test_the_newest_comes_first_with_every_field(
        self, accounts: AccountStore, entries: list[AuditEntry]
    ) -> None:
        assert self.read(accounts) == entries[::-1]

    def test_entries_are_chosen(self, accounts: AccountStore, entries: list[AuditEntry]) -> None:
        first, second, third = entries
        assert self.read(accounts, actor=first.actor) == [first]
        assert self.read(accounts, by="sANA") == [first]
        assert self.read(accounts, by="root") == [third, second]
        assert self.read(accounts, action="staff_granted") == [second]
        assert self.read(accounts, subject=first.subject) == [first]
        assert self.read(accounts, by="root", subject=first.subject) == []

    def test_pages_hold_each_once_while_more_is_recorded(
        self, accounts: AccountStore, entries: list[AuditEntry]
    ) -> None:
        seen: list[AuditEntry] = []
        before: UUID | None = None
        while page := accounts.reads.audit(EntriesWanted(), before=before, limit=1):
            before = page[-1].id
            seen += page
            with accounts.begin() as work:
                at = NOW + timedelta(days=len(seen))
                work.audit.record(AuditEntry(new_id(), at, "x", "profile_read", None, ""))
        assert seen == entries[::-1]

    def test_what_is_undone_is_not_on_record(self, accounts: AccountStore) -> None:
        entry = AuditEntry(new_id(), NOW, "x", "profile_read", None, "")
        with suppress(NotFound), accounts.begin() as work:
            work.audit.record(entry)
            work.account_types.lock("nothing")
        assert self.read(accounts) == []


class AccountsContract(AccountTypesContract, AccountReadsContract, AuditContract):
    """A whole store of accounts."""
