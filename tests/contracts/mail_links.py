"""What every store of links by mail promises."""

from dataclasses import asdict, replace
from datetime import datetime

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.mail_links.ports import SetUp
from stonks.application.mail.ports import Mail, MailKind
from stonks.domain.errors import Conflict
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.totp import TotpFactor
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.external import an_identity
from tests.contracts.identity import HOUR, NOW, IdentityStore
from tests.contracts.passkeys import a_passkey

EVERY = tuple(Purpose)


def a_link(
    profile_id: ProfileId | None, name: str = "a link", email: str = "m@b.example"
) -> MailLink:
    """A link with a value of its own in every field."""
    return MailLink(
        digest_of(name),
        Purpose.CHANGE_EMAIL,
        email,
        NOW,
        NOW + HOUR,
        profile_id,
        SessionId(new_id()),
    )


class MailLinksContract:
    """``MailLinkRepository``. Subclasses give ``store``."""

    def test_every_field_of_a_link_comes_back(self, store: IdentityStore) -> None:
        link = a_link(store.profile().id)
        bare = replace(a_link(None, "bare"), session_id=None)
        with store.begin() as work:
            work.mail_links.add(link)
            work.mail_links.add(bare)
        with store.begin() as work:
            found = work.mail_links.get(link.digest)
            assert found is not None
            assert asdict(found) == asdict(link)
            assert work.mail_links.get(bare.digest) == bare
            assert work.mail_links.get(digest_of("unknown")) is None

    def test_a_link_is_used_once(self, store: IdentityStore) -> None:
        link = a_link(store.profile().id)
        with store.begin() as work:
            work.mail_links.add(link)
        with store.begin() as work:
            assert work.mail_links.use(link.digest)
        with store.begin() as work:
            assert not work.mail_links.use(link.digest)
            assert work.mail_links.get(link.digest) is None

    def test_what_is_rolled_back_was_not_used(self, store: IdentityStore) -> None:
        link = a_link(store.profile().id)
        with store.begin() as work:
            work.mail_links.add(link)
        with pytest.raises(Conflict), store.begin() as work:  # noqa: PT012 -- that is the point
            work.mail_links.use(link.digest)
            raise Conflict("a_test", "goes wrong")
        with store.begin() as work:
            assert work.mail_links.get(link.digest) == link

    def test_links_of_a_person_or_to_a_mailbox_are_revoked(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        kept = [
            a_link(bruno.id, "bruno"),
            a_link(None, "nobody", "other@b.example"),
            replace(a_link(mara.id, "other purpose"), purpose=Purpose.SIGN_IN),
        ]
        gone = [a_link(mara.id, "mara", "else@b.example"), a_link(None, "box", "Mara@Example.org")]
        with store.begin() as work:
            for link in (*kept, *gone):
                work.mail_links.add(link)
        with store.begin() as work:
            work.mail_links.revoke(mara.id, "mara@example.ORG", [Purpose.CHANGE_EMAIL])
        with store.begin() as work:
            assert [work.mail_links.get(link.digest) for link in kept] == kept
            assert [work.mail_links.get(link.digest) for link in gone] == [None, None]

    def test_nobody_is_not_somebody(self, store: IdentityStore) -> None:
        link = a_link(None, "nobody", "other@b.example")
        with store.begin() as work:
            work.mail_links.add(link)
            work.mail_links.revoke(None, "mara@example.org", EVERY)
            assert work.mail_links.get(link.digest) == link

    def test_what_is_too_old_is_forgotten(self, store: IdentityStore) -> None:
        old, young = a_link(None, "old"), replace(a_link(None, "young"), expires_at=NOW + 2 * HOUR)
        with store.begin() as work:
            work.mail_links.add(old)
            work.mail_links.add(young)
            assert work.mail_links.forget(NOW + HOUR, 10) == 1
            assert work.mail_links.forget(NOW + HOUR, 10) == 0
            assert work.mail_links.get(young.digest) == young
            assert work.mail_links.get(old.digest) is None


class EmailProofsContract:
    """``EmailProofRepository``."""

    def test_an_address_is_proved_whatever_its_case(self, store: IdentityStore) -> None:
        profile = store.profile("mara", "Mara@example.org")
        with store.begin() as work:
            assert not work.email_proofs.is_proven(profile)
            work.email_proofs.put(profile.id, "mara@EXAMPLE.org", NOW)
            assert work.email_proofs.is_proven(profile)

    def test_another_address_is_not_proved_by_it(self, store: IdentityStore) -> None:
        profile = store.profile()
        with store.begin() as work:
            work.email_proofs.put(profile.id, profile.email, NOW)
            profile.email = "new@example.org"
            assert not work.email_proofs.is_proven(profile)
            work.email_proofs.put(profile.id, profile.email, NOW + HOUR)
            assert work.email_proofs.is_proven(profile)

    def test_owners_see_whether_theirs_is(self, store: IdentityStore) -> None:
        profile, other = store.profile("mara"), store.profile("bruno")
        with store.begin() as work:
            work.email_proofs.put(profile.id, profile.email, NOW)
            work.email_proofs.put(other.id, "before@example.org", NOW)
        mine, theirs = store.reads.own(profile.id), store.reads.own(other.id)
        assert mine is not None
        assert theirs is not None
        assert (mine.email_verified, theirs.email_verified) == (True, False)

    def test_people_are_found_by_id_and_by_mailbox(self, store: IdentityStore) -> None:
        profile = store.profile("mara")
        with store.begin() as work:
            assert work.email_proofs.person(profile.id) == profile
            assert work.email_proofs.holder("MARA@example.org") == profile
            assert work.email_proofs.person(ProfileId(new_id())) is None
            assert work.email_proofs.holder("mara@example.org.uk") is None

    def test_who_is_disowned_has_no_way_in_left(self, store: IdentityStore) -> None:
        mara, bruno = store.profile("mara"), store.profile("bruno")
        with store.begin() as work:
            for person in (mara, bruno):
                work.passwords.put(person.id, "hash", NOW)
                work.second_factors.put_codes(person.id, [digest_of(person.username)], NOW)
                work.second_factors.put_totp(TotpFactor(person.id, b"sealed", NOW, 1))
                work.passkeys.add(a_passkey(person.id))  # type: ignore[attr-defined]
                work.identities.add(an_identity(person.id, person.username))  # type: ignore[attr-defined]
            assert list(work.email_proofs.disown(mara.id)) == list(SetUp)
            assert not work.email_proofs.disown(mara.id)
        assert store.reads.credentials("mara") is None
        assert store.reads.credentials("bruno") is not None
        with store.begin() as work:
            assert not work.second_factors.of(mara.id).ways
            assert work.passkeys.ways_in(mara.id) == WaysIn()  # type: ignore[attr-defined]
            assert work.second_factors.of(bruno.id).recovery_codes_left == 1
            ways = WaysIn(password=True, passkeys=1, identities=1)
            assert work.passkeys.ways_in(bruno.id) == ways  # type: ignore[attr-defined]


def a_mail(at: datetime = NOW, **changes: object) -> Mail:
    """A mail with a value of its own in every field, but for a person."""
    mail = Mail(new_id(), MailKind.SIGN_IN, "m@b.example", at, None, {"name": "Ö <b>"})
    return replace(mail, **changes)  # type: ignore[arg-type]
