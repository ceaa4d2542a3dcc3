"""What every queue of mails promises."""

from dataclasses import asdict, dataclass
from datetime import timedelta

import pytest

from stonks.application.mail.ports import Mail, MailKind, MailWork
from stonks.application.ports import Begin
from stonks.domain.errors import Conflict
from stonks.domain.identity.mail_link import Purpose
from tests.contracts.identity import HOUR, NOW, IdentityStore
from tests.contracts.identity_races import at_once
from tests.contracts.mail_links import a_mail


@dataclass(frozen=True, slots=True)
class MailStore:
    """Identity, which queues mails, and the queue from which they leave."""

    identity: IdentityStore
    begin: Begin[MailWork]

    def add(self, *mails: Mail) -> None:
        with self.identity.begin() as work:
            for mail in mails:
                work.mails.add(mail)

    def claim(self, later: timedelta = HOUR) -> Mail | None:
        with self.begin() as work:
            departure = work.queue.claim(NOW + later)
        return departure.mail if departure else None


class MailQueueContract:
    """``MailQueue`` and ``OutgoingMails``. Subclasses give ``mail_store``."""

    def test_every_field_of_a_mail_comes_back(self, mail_store: MailStore) -> None:
        profile = mail_store.identity.profile()
        mail = a_mail(profile_id=profile.id)
        mail_store.add(mail)
        with mail_store.begin() as work:
            departure = work.queue.claim(NOW)
        assert departure is not None
        assert asdict(departure.mail) == asdict(mail)
        assert departure.attempt == 1

    def test_what_is_due_longest_leaves_first_and_once(self, mail_store: MailStore) -> None:
        second, first, future = a_mail(NOW), a_mail(NOW - HOUR), a_mail(NOW + 2 * HOUR)
        mail_store.add(second, first, future)
        assert [mail_store.claim() for _ in range(3)] == [first, second, None]

    def test_what_is_rolled_back_is_never_sent(self, mail_store: MailStore) -> None:
        with pytest.raises(Conflict), mail_store.identity.begin() as work:  # noqa: PT012
            work.mails.add(a_mail())
            raise Conflict("a_test", "goes wrong")
        assert mail_store.claim() is None

    def test_a_claim_that_is_rolled_back_is_none(self, mail_store: MailStore) -> None:
        mail = a_mail()
        mail_store.add(mail)
        with pytest.raises(Conflict), mail_store.begin() as work:  # noqa: PT012
            work.queue.claim(NOW)
            raise Conflict("a_test", "goes wrong")
        assert mail_store.claim() == mail

    def test_what_was_put_back_is_due_again_then(self, mail_store: MailStore) -> None:
        mail = a_mail()
        mail_store.add(mail)
        mail_store.claim()
        with mail_store.begin() as work:
            work.queue.put_back(mail.id, NOW + 2 * HOUR)
        assert mail_store.claim() is None
        with mail_store.begin() as work:
            departure = work.queue.claim(NOW + 2 * HOUR)
        assert departure is not None
        assert (departure.mail, departure.attempt) == (mail, 2)

    def test_what_left_is_gone(self, mail_store: MailStore) -> None:
        mail = a_mail()
        mail_store.add(mail)
        mail_store.claim()
        with mail_store.begin() as work:
            work.queue.remove(mail.id)
            work.queue.put_back(mail.id, NOW)
        assert mail_store.claim() is None

    def test_mails_of_dead_senders_are_given_up(self, mail_store: MailStore) -> None:
        lost, waiting = a_mail(), a_mail(NOW + 4 * HOUR)
        mail_store.add(lost, waiting)
        mail_store.claim()
        with mail_store.begin() as work:
            assert list(work.queue.forget(NOW + HOUR, 10)) == []
            assert list(work.queue.forget(NOW + 2 * HOUR, 10)) == [lost]
            assert list(work.queue.forget(NOW + 2 * HOUR, 10)) == []
        assert mail_store.claim(5 * HOUR) == waiting

    def test_twenty_senders_at_once_get_each_mail_once(self, mail_store: MailStore) -> None:
        mails = [a_mail() for _ in range(8)]
        mail_store.add(*mails)
        claimed = [mail for mail in at_once(*[mail_store.claim] * 20) if mail is not None]
        while (left := mail_store.claim()) is not None:  # who was late finds what others skipped
            claimed.append(left)
        ids = sorted(mail.id for mail in claimed if isinstance(mail, Mail))
        assert ids == sorted(mail.id for mail in mails)

    def test_mails_whose_links_are_revoked_do_not_leave(self, mail_store: MailStore) -> None:
        profile = mail_store.identity.profile()
        told = a_mail(kind=MailKind.PASSWORD_CHANGED, profile_id=profile.id)
        theirs = a_mail(kind=MailKind.CHANGE_EMAIL, profile_id=profile.id)
        to_them = a_mail(kind=MailKind.RESET_PASSWORD, to=profile.email.upper())
        mail_store.add(theirs, to_them, told)
        with mail_store.identity.begin() as work:
            work.mail_links.revoke(profile.id, profile.email, tuple(Purpose))
        assert [mail_store.claim(), mail_store.claim()] == [told, None]
