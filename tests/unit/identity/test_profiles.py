"""Changing and reading profiles, and who is staff."""

from datetime import timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.memory.identity import IdentityTables
from stonks.application.identity.list_staff import ListStaff
from stonks.application.identity.ports import Following
from stonks.application.identity.read_profile import ReadOwnProfile, ReadPublicProfile
from stonks.domain.errors import Invalid, NotFound, Refusal
from stonks.domain.ids import ProfileId
from tests.contracts.identity_cases import IdentityCases


def test_names_can_be_changed(cases: IdentityCases) -> None:
    profile, grant = cases.member("mara")
    cases.clock.ahead = timedelta(minutes=1)
    changed = cases.change(actor=profile.id, full_name=" Mara Ek ", username="mara.ek")
    assert (changed.full_name, changed.username) == ("Mara Ek", "mara.ek")
    assert changed.updated_at > profile.updated_at
    assert changed.created_at == profile.created_at
    assert cases.authenticate(grant.access_token).username == "mara.ek"


def test_what_is_not_given_stays(cases: IdentityCases) -> None:
    profile, _ = cases.member("mara")
    assert cases.change(actor=profile.id) == profile


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "x"}, "username_malformed"),
        ({"username": "admin"}, "username_reserved"),
        ({"username": "Bruno"}, "username_taken"),
        ({"full_name": ""}, "full_name_too_short"),
        ({"full_name": "fine", "username": "x"}, "username_malformed"),
    ],
)
def test_a_refused_change_changes_nothing(
    cases: IdentityCases, change: dict[str, str], code: str
) -> None:
    cases.member("bruno")
    profile, _ = cases.member("mara")
    with pytest.raises(Refusal) as refusal:
        cases.change(actor=profile.id, **change)
    assert refusal.value.code == code
    view = ReadOwnProfile(cases.store.reads)(actor=profile.id)
    assert (view.full_name, view.username) == (profile.full_name, profile.username)


def test_a_public_profile_has_its_counts(cases: IdentityCases) -> None:
    profile, _ = cases.member("mara")
    viewer, other = ProfileId(new_id()), ProfileId(new_id())

    def follows(profile_id: ProfileId, viewing: ProfileId | None = None) -> Following:
        assert profile_id == profile.id
        return Following(3, 2, "none" if viewing == viewer else None)

    read = ReadPublicProfile(cases.store.reads, follows, lambda host_id: 4)
    public = read(username="MARA")
    assert (public.profile.username, public.channels) == ("mara", 4)
    assert (public.following, public.is_followed) == (Following(3, 2), None)
    assert read(username="mara", viewer=other).is_followed is False
    followed = read(username="mara", viewer=viewer)
    assert (followed.following.notify, followed.is_followed) == ("none", True)


def test_who_left_cannot_be_read(cases: IdentityCases) -> None:
    profile, _ = cases.member("mara")
    cases.deactivate(actor=profile.id)
    read = ReadPublicProfile(cases.store.reads, lambda *_: Following(0, 0), lambda _: 0)
    with pytest.raises(NotFound):
        read(username="mara")
    with pytest.raises(NotFound):
        ReadOwnProfile(cases.store.reads)(actor=profile.id)


def test_staff_is_granted_and_revoked_on_record(
    cases: IdentityCases, identity_tables: IdentityTables
) -> None:
    profile, grant = cases.member("mara")
    assert cases.grant_staff(username="MARA", by="root")
    assert not cases.grant_staff(username="mara", by="root")
    assert cases.authenticate(grant.access_token).is_staff
    assert [view.username for view in ListStaff(cases.store.reads)()] == ["mara"]
    assert cases.revoke_staff(username="mara", by="ops")
    assert not cases.revoke_staff(username="mara", by="ops")
    assert not cases.authenticate(grant.access_token).is_staff
    assert cases.changed == [profile.id] * 2
    recorded = [
        (entry.by, entry.action, entry.subject, entry.detail)
        for entry in identity_tables.audit.where(lambda row: True)
    ]
    assert recorded == [
        ("root", "staff_granted", profile.id, "mara"),
        ("ops", "staff_revoked", profile.id, "mara"),
    ]


def test_nobody_unknown_or_gone_becomes_staff(cases: IdentityCases) -> None:
    profile, _ = cases.member("mara")
    cases.deactivate(actor=profile.id)
    for username in ("mara", "nobody", ""):
        with pytest.raises(NotFound):
            cases.grant_staff(username=username, by="root")


def test_a_full_name_with_controls_is_refused(cases: IdentityCases) -> None:
    profile, _ = cases.member("mara")
    with pytest.raises(Invalid):
        cases.change(actor=profile.id, full_name="x\u202ey")
