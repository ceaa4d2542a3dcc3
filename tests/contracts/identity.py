"""What every store of identity promises."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.access_tokens.ports import AccessTokensWork
from stonks.application.identity.ports import AuditEntry, IdentityReads
from stonks.application.ports import Begin
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.permission import EVERY_PERMISSION, Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import RefreshToken, digest_of
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_profile(username: str = "mara", email: str | None = None) -> Profile:
    """A profile with a value of its own in every field."""
    return Profile(
        id=ProfileId(new_id()),
        full_name="Mara Lindqvist",
        username=username,
        email=email or f"{username}@example.org",
        avatar="avatars/1.webp",
        active=True,
        created_at=NOW,
        updated_at=NOW + HOUR,
    )


def a_session(profile_id: ProfileId) -> Session:
    """A session with a value of its own in every field."""
    return Session(
        id=SessionId(new_id()),
        profile_id=profile_id,
        device="Firefox on Debian",
        started_at=NOW,
        used_at=NOW + HOUR,
        expires_at=NOW + 2 * HOUR,
        ended_at=NOW + 3 * HOUR,
        proven_at=NOW + HOUR / 2,
    )


def a_live_session(profile_id: ProfileId) -> Session:
    return replace(a_session(profile_id), ended_at=None)


@dataclass(frozen=True, slots=True)
class IdentityStore:
    """One store to test: how to write to it and how to read it."""

    begin: Begin[AccessTokensWork]
    reads: IdentityReads

    def profile(self, username: str = "mara", email: str | None = None) -> Profile:
        profile = a_profile(username, email)
        with self.begin() as work:
            work.profiles.add(profile)
        return profile

    def session(self, profile_id: ProfileId) -> Session:
        session = a_live_session(profile_id)
        with self.begin() as work:
            work.sessions.add(session)
        return session


class ProfilesContract:
    """``ProfileRepository``. Subclasses give ``store``."""

    def test_every_field_of_a_profile_comes_back(self, store: IdentityStore) -> None:
        profile = store.profile()
        with store.begin() as work:
            assert asdict(work.profiles.lock(profile.id)) == asdict(profile)

    def test_every_change_is_kept(self, store: IdentityStore) -> None:
        profile = store.profile()
        changed = Profile(
            profile.id, "Åsa Ek", "asa", "asa@b.example", None, False, NOW - HOUR, NOW
        )
        with store.begin() as work:
            work.profiles.save(changed)
        with store.begin() as work:
            assert work.profiles.lock(profile.id) == changed

    @pytest.mark.parametrize(
        ("username", "email", "code"),
        [
            ("mara", "other@example.org", "username_taken"),
            ("MARA", "other@example.org", "username_taken"),
            ("other", "mara@example.org", "email_taken"),
            ("other", "Mara@Example.ORG", "email_taken"),
        ],
    )
    def test_names_are_unique_whatever_their_case(
        self, store: IdentityStore, username: str, email: str, code: str
    ) -> None:
        store.profile()
        with pytest.raises(Conflict) as refusal:
            store.profile(username, email)
        assert refusal.value.code == code

    def test_a_profile_cannot_take_the_name_of_another(self, store: IdentityStore) -> None:
        store.profile("mara")
        bruno = store.profile("bruno")
        bruno.username = "Mara"
        with pytest.raises(Conflict) as refusal, store.begin() as work:
            work.profiles.save(bruno)
        assert refusal.value.code == "username_taken"
        assert store.reads.public("bruno") is not None

    def test_a_name_may_change_its_own_case(self, store: IdentityStore) -> None:
        profile = store.profile("mara")
        profile.username = "Mara"
        with store.begin() as work:
            work.profiles.save(profile)
        view = store.reads.public("MARA")
        assert view is not None
        assert view.username == "Mara"

    def test_names_find_profiles_whatever_their_case(self, store: IdentityStore) -> None:
        profile = store.profile("Mara")
        with store.begin() as work:
            assert work.profiles.lock_named("mARA") == profile

    def test_what_is_unknown_is_not_found(self, store: IdentityStore) -> None:
        with store.begin() as work:
            with pytest.raises(NotFound):
                work.profiles.lock(ProfileId(new_id()))
            with pytest.raises(NotFound) as refusal:
                work.profiles.lock_named("nobody")
        assert refusal.value.code == "unknown_profile"

    def test_a_block_that_raises_keeps_nothing(self, store: IdentityStore) -> None:
        with pytest.raises(NotFound), store.begin() as work:  # noqa: PT012 -- that is the point
            work.profiles.add(a_profile())
            work.profiles.lock_named("nobody")
        assert store.reads.public("mara") is None

    def test_what_is_handed_out_is_a_copy(self, store: IdentityStore) -> None:
        profile = store.profile()
        profile.full_name = "changed outside"
        with store.begin() as work:
            assert work.profiles.lock(profile.id).full_name == "Mara Lindqvist"


class PasswordsContract:
    """``PasswordRepository`` and the credentials that are read from it."""

    def test_the_last_password_is_the_one(self, store: IdentityStore) -> None:
        profile = store.profile()
        with store.begin() as work:
            work.passwords.put(profile.id, "first", NOW)
            work.passwords.put(profile.id, "second", NOW + HOUR)
        credentials = store.reads.credentials("mara")
        assert credentials is not None
        assert (credentials.profile_id, credentials.hashed) == (profile.id, "second")

    def test_only_the_last_password_of_this_person_is_still_kept(
        self, store: IdentityStore
    ) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        with store.begin() as work:
            work.passwords.put(mara.id, "first", NOW)
        with store.begin() as work:
            work.profiles.lock(mara.id)
            assert work.passwords.is_still(mara.id, "first")
            work.passwords.put(mara.id, "second", NOW + HOUR)
            assert work.passwords.is_still(mara.id, "second")
            assert not work.passwords.is_still(mara.id, "first")
            assert not work.passwords.is_still(bruno.id, "second")

    @pytest.mark.parametrize("login", ["mara", "MARA", "mara@example.org", "Mara@EXAMPLE.org"])
    def test_both_names_log_in(self, store: IdentityStore, login: str) -> None:
        profile = store.profile()
        with store.begin() as work:
            work.passwords.put(profile.id, "hash", NOW)
        assert store.reads.credentials(login) is not None

    @pytest.mark.parametrize("login", ["bruno", "mara@", "%", "", "mara@example.org.uk"])
    def test_nobody_else_does(self, store: IdentityStore, login: str) -> None:
        profile = store.profile()
        with store.begin() as work:
            work.passwords.put(profile.id, "hash", NOW)
        assert store.reads.credentials(login) is None

    def test_neither_who_left_nor_who_has_no_password(self, store: IdentityStore) -> None:
        store.profile("bruno")
        profile = store.profile("mara")
        profile.deactivate(at=NOW)
        with store.begin() as work:
            work.passwords.put(profile.id, "hash", NOW)
            work.profiles.save(profile)
        assert store.reads.credentials("bruno") is None
        assert store.reads.credentials("mara") is None


class SessionsContract:
    """``SessionRepository`` and what is read of sessions."""

    def test_every_field_of_a_session_comes_back(self, store: IdentityStore) -> None:
        session = a_session(store.profile().id)
        with store.begin() as work:
            work.sessions.add(session)
        with store.begin() as work:
            assert asdict(work.sessions.lock(session.id)) == asdict(session)

    def test_changes_are_kept(self, store: IdentityStore) -> None:
        session = store.session(store.profile().id)
        session.prolong(5 * HOUR, at=NOW + HOUR)
        session.end(at=NOW + 2 * HOUR)
        with store.begin() as work:
            work.sessions.save(session)
        with store.begin() as work:
            assert work.sessions.lock(session.id) == session

    def test_an_unknown_session_is_not_found(self, store: IdentityStore) -> None:
        with store.begin() as work, pytest.raises(NotFound):
            work.sessions.lock(SessionId(new_id()))

    def test_all_of_one_person_end_and_nobody_elses(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        first, second = store.session(mara.id), store.session(mara.id)
        other = store.session(bruno.id)
        with store.begin() as work:
            assert set(work.sessions.end_all(mara.id, NOW)) == {first.id, second.id}
            assert list(work.sessions.end_all(mara.id, NOW + HOUR)) == []
        with store.begin() as work:
            assert work.sessions.lock(first.id).ended_at == NOW
            assert work.sessions.lock(other.id).ended_at is None

    def test_all_but_one_of_one_person_end(self, store: IdentityStore) -> None:
        mara = store.profile("mara")
        kept, ended = store.session(mara.id), store.session(mara.id)
        with store.begin() as work:
            assert list(work.sessions.end_all(mara.id, NOW, but=kept.id)) == [ended.id]
        with store.begin() as work:
            assert work.sessions.lock(kept.id).ended_at is None

    def test_who_is_signed_in(self, store: IdentityStore) -> None:
        profile = store.profile("Mara")
        session = store.session(profile.id)
        person = store.reads.signed_in(session.id, NOW)
        assert person is not None
        assert asdict(person) == {
            "profile_id": profile.id,
            "username": "Mara",
            "session_id": session.id,
            "is_staff": False,
            "proven_at": session.proven_at,
            "permissions": {Permission.OPEN_CHANNELS},
            "scopes": None,
        }

    def test_staff_is_known_as_staff(self, store: IdentityStore) -> None:
        profile = store.profile()
        session = store.session(profile.id)
        with store.begin() as work:
            work.staff.add(profile.id, NOW, "root")
        person = store.reads.signed_in(session.id, NOW)
        assert person is not None
        assert person.is_staff
        assert person.permissions == EVERY_PERMISSION

    def test_nobody_is_signed_in_once_it_is_over(self, store: IdentityStore) -> None:
        profile = store.profile()
        session, ended = store.session(profile.id), a_session(profile.id)
        with store.begin() as work:
            work.sessions.add(ended)
        assert store.reads.signed_in(session.id, session.expires_at) is None
        assert store.reads.signed_in(session.id, session.expires_at - HOUR) is not None
        assert store.reads.signed_in(ended.id, NOW) is None
        assert store.reads.signed_in(SessionId(new_id()), NOW) is None

    def test_nobody_is_signed_in_who_left(self, store: IdentityStore) -> None:
        profile = store.profile()
        session = store.session(profile.id)
        profile.deactivate(at=NOW)
        with store.begin() as work:
            work.profiles.save(profile)
        assert store.reads.signed_in(session.id, NOW) is None
        assert store.reads.alive([session.id], NOW) == {}

    def test_the_living_among_many(self, store: IdentityStore) -> None:
        profile = store.profile()
        alive, ended = store.session(profile.id), a_session(profile.id)
        with store.begin() as work:
            work.sessions.add(ended)
        asked = [alive.id, ended.id, SessionId(new_id())]
        assert store.reads.alive(asked, NOW) == {alive.id: False}
        assert store.reads.alive([], NOW) == {}
        with store.begin() as work:
            work.staff.add(profile.id, NOW, "root")
        assert store.reads.alive(asked, NOW) == {alive.id: True}


class RefreshTokensContract:
    """``RefreshTokenRepository``."""

    def test_every_field_of_a_refresh_token_comes_back(self, store: IdentityStore) -> None:
        session = store.session(store.profile().id)
        token = RefreshToken(digest_of("secret"), session.id, NOW, NOW + HOUR)
        with store.begin() as work:
            work.refresh_tokens.add(token)
        with store.begin() as work:
            assert asdict(work.refresh_tokens.get(token.digest)) == asdict(token)
        assert store.reads.refresh_token(token.digest) == token

    def test_its_use_is_kept(self, store: IdentityStore) -> None:
        session = store.session(store.profile().id)
        token = RefreshToken(digest_of("secret"), session.id, NOW)
        with store.begin() as work:
            work.refresh_tokens.add(token)
            token.use(at=NOW + HOUR)
            work.refresh_tokens.save(token)
        assert store.reads.refresh_token(token.digest) == token

    def test_an_unknown_one_is_not_found(self, store: IdentityStore) -> None:
        assert store.reads.refresh_token(digest_of("unknown")) is None
        with store.begin() as work, pytest.raises(NotFound):
            work.refresh_tokens.get(digest_of("unknown"))


class StaffContract:
    """``StaffRepository`` and ``Audit``. Subclasses tell what is on record."""

    def recorded(self, store: IdentityStore) -> Sequence[AuditEntry]:
        """Every entry of the audit, the oldest first."""
        raise NotImplementedError

    def test_every_field_of_the_audit_comes_back(self, store: IdentityStore) -> None:
        subject, actor = ProfileId(new_id()), ProfileId(new_id())
        entry = AuditEntry(new_id(), NOW, "root", "staff_granted", subject, "mara", actor)
        with store.begin() as work:
            work.audit.record(entry)
        assert list(self.recorded(store)) == [entry]

    def test_a_rank_is_given_and_taken_once(self, store: IdentityStore) -> None:
        profile = store.profile()
        with store.begin() as work:
            assert work.staff.add(profile.id, NOW, "root")
            assert not work.staff.add(profile.id, NOW, "root")
            assert work.staff.remove(profile.id)
            assert not work.staff.remove(profile.id)

    def test_staff_is_listed_in_order(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        with store.begin() as work:
            work.staff.add(mara.id, NOW + HOUR, "root")
            work.staff.add(bruno.id, NOW, "ops")
        listed = [(view.username, view.granted_at, view.granted_by) for view in store.reads.staff()]
        assert listed == [("bruno", NOW, "ops"), ("mara", NOW + HOUR, "root")]


class ProfileReadsContract:
    """How profiles are read."""

    def test_owners_see_every_field(self, store: IdentityStore) -> None:
        profile = store.profile()
        view = store.reads.own(profile.id)
        assert view is not None
        assert asdict(view) == asdict(profile) | {"email_verified": False}

    def test_others_see_all_but_the_email(self, store: IdentityStore) -> None:
        profile = store.profile("Mara")
        view = store.reads.public("mARA")
        assert view is not None
        hidden = {"email", "active", "updated_at"}
        assert asdict(view) == {k: v for k, v in asdict(profile).items() if k not in hidden}

    def test_who_left_is_unknown_to_all(self, store: IdentityStore) -> None:
        profile = store.profile()
        profile.deactivate(at=NOW)
        with store.begin() as work:
            work.profiles.save(profile)
        assert store.reads.own(profile.id) is None
        assert store.reads.public("mara") is None


class IdentityContract(
    ProfilesContract,
    PasswordsContract,
    SessionsContract,
    RefreshTokensContract,
    StaffContract,
    ProfileReadsContract,
):
    """All ports of identity's store."""
