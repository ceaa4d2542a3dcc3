"""What holds for everything that goes by mail, on every store."""

from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from stonks.adapters.clock import new_id
from stonks.application.identity.admission import HalfSignedIn
from stonks.application.identity.grants import Grant
from stonks.application.identity.mail_links.sign_in_by_link import Arrival
from stonks.application.mail.ports import Mail, MailKind, Message
from stonks.application.mail.send_mails import DELAYS
from stonks.domain.errors import Conflict, Invalid, Limited, Refusal, Unavailable
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.totp import TotpFactor
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.identity_cases import HOME, PASSWORD
from tests.contracts.identity_races import at_once
from tests.contracts.mail_cases import ADDRESS, MailCases, token_of
from tests.contracts.password_races import Meanwhile

NEW_PASSWORD = "eleven boats beside the pier"
VERIFY, SIGN_IN = MailKind.VERIFY_EMAIL, MailKind.SIGN_IN
REMOVED = "What had been set up before was removed"
RESET, CHANGE = MailKind.RESET_PASSWORD, MailKind.CHANGE_EMAIL


def refused(code: str, call: "object", **given: str) -> None:
    with pytest.raises(Refusal) as refusal:
        call(**given)  # type: ignore[operator]
    assert refusal.value.code == code


@dataclass(slots=True)
class Failing:
    """A mailer that fails so many times, and then takes what comes."""

    refusal: Exception
    times: int = 1000
    tried: int = 0
    sent: list[Message] = field(default_factory=list)

    def __call__(self, message: Message) -> None:
        self.tried += 1
        if self.tried <= self.times:
            raise self.refusal
        self.sent.append(message)


class SendingRules:
    """``SendMails``. Subclasses give ``mail``."""

    def test_a_signup_mails_a_link_that_verifies(self, mail: MailCases) -> None:
        mail.cases.member("mara")
        (message,) = mail.sent()
        assert message.to == "mara@example.org"
        assert not mail.is_proven("mara")
        mail.verify(token=token_of(message), address=ADDRESS)
        assert mail.is_proven("mara")
        assert mail.sent() == []

    def test_a_mail_that_was_not_taken_comes_again_later(self, mail: MailCases) -> None:
        mail.mailer = failing = Failing(Unavailable("mail_unavailable", "busy"), times=2)
        mail.cases.member()
        assert mail.send()
        assert not mail.send()
        for delay in DELAYS[:2]:
            mail.cases.clock.pass_(delay.total_seconds() - 1)
            assert not mail.send()
            mail.cases.clock.pass_(2)
            assert mail.send()
        assert (failing.tried, len(failing.sent), mail.lost) == (3, 1, [])
        mail.verify(token=token_of(failing.sent[0]), address=ADDRESS)

    def test_a_mail_is_given_up_after_eight_tries(self, mail: MailCases) -> None:
        mail.mailer = failing = Failing(Unavailable("mail_unavailable", "busy"))
        mail.store.add(Mail(new_id(), MailKind.DELETED, "m@b.example", mail.cases.clock()))
        for _ in range(20):
            mail.send()
            mail.cases.clock.pass_(24 * 3600)
        assert failing.tried == 8
        assert [code for _, code in mail.lost] == ["mail_unavailable"]

    @pytest.mark.parametrize("code", ["mail_refused", "mail_uncertain"])
    def test_a_mail_that_must_not_be_sent_again_is_not(self, mail: MailCases, code: str) -> None:
        mail.mailer = failing = Failing(Invalid(code, "a test"))
        mail.cases.member()
        mail.send()
        mail.cases.clock.pass_(48 * 3600)
        assert not mail.send()
        assert failing.tried == 1
        assert [lost for _, lost in mail.lost] == [code]

    def test_a_mail_that_cannot_be_worded_stops_nobody_else(self, mail: MailCases) -> None:
        mail.mailer = failing = Failing(ZeroDivisionError(), times=1)
        mail.cases.member("mara")
        mail.cases.member("bruno")
        with pytest.raises(ZeroDivisionError):
            mail.send()
        assert mail.send()
        assert not mail.send()
        assert (len(failing.sent), len(mail.lost)) == (1, 1)

    def test_a_sender_that_dies_in_the_middle_doubles_nothing(self, mail: MailCases) -> None:
        mail.mailer = failing = Failing(KeyboardInterrupt(), times=1)  # type: ignore[arg-type]
        mail.cases.member()
        with pytest.raises(KeyboardInterrupt):
            mail.send()
        mail.cases.clock.pass_(2 * 3600)
        assert not mail.send()
        assert not mail.forget_claims()
        assert [code for _, code in mail.lost] == ["mail_sender_died"]
        assert failing.tried == 1

    def test_no_mail_knows_a_token_before_it_leaves(self, mail: MailCases) -> None:
        profile, _ = mail.cases.member()
        (message,) = mail.sent()
        token = token_of(message)
        with mail.store.identity.begin() as work:
            link = work.mail_links.get(digest_of(token))
        assert link is not None
        assert token.encode() not in link.digest
        assert (link.profile_id, link.email) == (profile.id, profile.email)

    def test_a_name_of_ones_own_does_not_go_to_strangers(self, mail: MailCases) -> None:
        mail.cases.member()
        (message,) = mail.sent()
        assert "Lindqvist" not in message.text + message.html


class AskingRules:
    """``AskForLink``."""

    def test_unknown_addresses_get_nothing_but_a_way_in(self, mail: MailCases) -> None:
        for kind in (VERIFY, RESET):
            mail.ask(kind, "nobody@example.org")
        assert mail.sent() == []
        mail.ask(SIGN_IN, "nobody@example.org")
        assert len(mail.sent()) == 1

    def test_a_verified_address_is_not_verified_again(self, mail: MailCases) -> None:
        mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        mail.ask(VERIFY, "mara@example.org")
        assert mail.sent() == []

    def test_who_left_gets_no_link(self, mail: MailCases) -> None:
        profile, _ = mail.cases.member()
        mail.cases.deactivate(actor=profile.id)
        mail.sent()
        for kind in (VERIFY, RESET, SIGN_IN):
            mail.ask(kind, profile.email)
        assert mail.sent() == []

    def test_a_mailbox_is_not_flooded_and_nobody_learns_of_it(self, mail: MailCases) -> None:
        for number in range(9):
            mail.ask(
                SIGN_IN,
                "Mara@example.org" if number % 2 else "mara@example.org",
                f"192.0.2.{number}",
            )
        assert len(mail.sent()) == 5

    @pytest.mark.parametrize("kind", [VERIFY, SIGN_IN])
    def test_denial_asking_for_one_kind_of_mail_silences_no_other(
        self, mail: MailCases, kind: MailKind
    ) -> None:
        mail.cases.member()
        for number in range(9):
            mail.ask(kind, "mara@example.org", f"192.0.2.{number}")
        mail.sent()
        mail.ask(RESET, "mara@example.org")
        (message,) = mail.sent()
        mail.reset(token=token_of(message), password=NEW_PASSWORD, **HOME)

    def test_a_network_address_that_asks_too_often_is_refused(self, mail: MailCases) -> None:
        for number in range(20):
            mail.ask(SIGN_IN, f"m{number}@example.org")
        with pytest.raises(Limited) as refusal:
            mail.ask(SIGN_IN, "another@example.org")
        assert refusal.value.limit == "mails-from-address"
        mail.ask(SIGN_IN, "another@example.org", "192.0.2.99")
        assert len(mail.sent()) == 21

    def test_no_mail_goes_where_nobody_waits_any_more(self, mail: MailCases) -> None:
        mail.ask(SIGN_IN, "mara@example.org")
        mail.cases.clock.pass_(16 * 60)
        assert mail.sent() == []


class SignInRules:
    """``SignInByLink``."""

    def test_a_new_address_becomes_a_member_with_a_name_of_its_own(self, mail: MailCases) -> None:
        arrival = mail.arrive(mail.token(SIGN_IN, "Mara.Ek+tag@example.org"))
        assert arrival.is_new
        assert arrival.profile.username == "mara.ek"
        assert isinstance(arrival.entry, Grant)
        assert mail.cases.authenticate(arrival.entry.access_token).profile_id == arrival.profile.id
        assert mail.is_proven("mara.ek")

    def test_a_name_that_is_taken_gets_an_ending(self, mail: MailCases) -> None:
        mail.cases.member("mara", "other@example.org")
        arrival = mail.arrive(mail.token(SIGN_IN, "mara@example.org"))
        assert arrival.profile.username.startswith("mara-")

    @pytest.mark.parametrize("local", ["a", "admin", "_._", "!#$", "support"])
    def test_a_name_can_be_made_of_any_address(self, mail: MailCases, local: str) -> None:
        arrival = mail.arrive(mail.token(SIGN_IN, f"{local}@example.org"))
        assert arrival.profile.username == "member"

    def test_chosen_names_are_kept_and_refused_ones_leave_the_link_good(
        self, mail: MailCases
    ) -> None:
        mail.cases.member("mara", "other@example.org")
        token = mail.token(SIGN_IN, "new@example.org")
        refused("username_taken", mail.sign_in, token=token, **HOME, username="Mara")
        refused("username_reserved", mail.sign_in, token=token, **HOME, username="admin")
        refused("full_name_too_short", mail.sign_in, token=token, **HOME, full_name="")
        arrival = mail.arrive(token, username="asa", full_name="Åsa Ek")
        assert (arrival.profile.username, arrival.profile.full_name) == ("asa", "Åsa Ek")

    def test_a_member_is_signed_in_and_stays_who_they_are(self, mail: MailCases) -> None:
        profile, grant = mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        arrival = mail.arrive(mail.token(SIGN_IN, "MARA@example.org"), username="other")
        assert not arrival.is_new
        assert (arrival.profile.id, arrival.profile.username) == (profile.id, "mara")
        assert mail.cases.authenticate(grant.access_token)  # what was proved is left alone
        assert mail.cases.log_in(login="mara", password=PASSWORD, **HOME)

    def test_pre_hijacking_somebody_who_signed_up_with_my_address_is_out_once_i_prove_it(
        self, mail: MailCases
    ) -> None:
        thief, grant = mail.cases.member("thief", "mara@example.org")
        with mail.store.identity.begin() as work:
            work.second_factors.put_codes(thief.id, [digest_of("code")], mail.cases.clock())
        mail.cases.change(actor=thief.id, email="thief@example.net", session_id=grant.session_id)
        theirs = next(found for found in mail.sent() if found.to == "thief@example.net")
        arrival = mail.arrive(mail.token(SIGN_IN, "mara@example.org"))
        assert isinstance(arrival.entry, Grant)  # and not asked for what the thief set up
        refused("session_ended", mail.cases.authenticate, token=grant.access_token)
        assert grant.session_id in mail.cases.ended
        refused("bad_credentials", mail.cases.log_in, login="thief", password=PASSWORD, **HOME)
        refused("link_invalid", mail.verify, token=token_of(theirs), address=ADDRESS)
        assert mail.cases.authenticate(arrival.entry.access_token).profile_id == thief.id
        (told,) = mail.sent()
        assert (told.to, told.subject) == ("mara@example.org", REMOVED)
        assert "Removed: password, second factors" in told.text

    def test_a_link_works_once(self, mail: MailCases) -> None:
        token = mail.token(SIGN_IN, "mara@example.org")
        mail.arrive(token)
        refused("link_invalid", mail.sign_in, token=token, **HOME)

    def test_the_same_link_twenty_times_at_once_lets_one_in(self, mail: MailCases) -> None:
        mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        token = mail.token(SIGN_IN, "mara@example.org")
        answers = at_once(*[lambda: mail.arrive(token)] * 20)
        assert sum(isinstance(answer, Arrival) for answer in answers) == 1
        assert answers.count("link_invalid") == 19

    def test_the_same_link_of_a_new_address_at_once_makes_one_member(self, mail: MailCases) -> None:
        token = mail.token(SIGN_IN, "mara@example.org")
        answers = at_once(*[lambda: mail.arrive(token)] * 10)
        assert sum(isinstance(answer, Arrival) for answer in answers) == 1
        assert answers.count("link_invalid") == 9

    def test_two_links_of_a_new_address_at_once_make_one_member(self, mail: MailCases) -> None:
        tokens = [mail.token(SIGN_IN, "mara@example.org") for _ in range(2)]
        answers = at_once(*[lambda token=token: mail.arrive(token) for token in tokens])
        people = {answer.profile.id for answer in answers if isinstance(answer, Arrival)}
        assert len(people) == 1

    def test_older_links_die_with_a_newer_one_that_is_used(self, mail: MailCases) -> None:
        older, newer = (mail.token(SIGN_IN, "mara@example.org") for _ in range(2))
        mail.arrive(newer)
        refused("link_invalid", mail.sign_in, token=older, **HOME)

    def test_a_second_factor_is_still_asked_for(self, mail: MailCases) -> None:
        profile, _ = mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        with_second_factor(mail, profile.id)
        arrival = mail.arrive(mail.token(SIGN_IN, "mara@example.org"))
        assert isinstance(arrival.entry, HalfSignedIn)

    @pytest.mark.parametrize("kind", [VERIFY, RESET])
    def test_a_link_is_good_for_nothing_else(self, mail: MailCases, kind: MailKind) -> None:
        mail.cases.member()
        token = mail.token(kind, "mara@example.org")
        refused("link_invalid", mail.sign_in, token=token, **HOME)
        other = mail.verify if kind is RESET else mail.reset
        extra = {} if kind is RESET else {"device": "", "password": NEW_PASSWORD}
        refused("link_invalid", other, token=token, address=ADDRESS, **extra)

    @pytest.mark.parametrize(
        ("kind", "seconds"), [(SIGN_IN, 15 * 60), (RESET, 3600), (VERIFY, 48 * 3600)]
    )
    def test_a_link_expires(self, mail: MailCases, kind: MailKind, seconds: int) -> None:
        mail.cases.member()
        token = mail.token(kind, "mara@example.org")
        mail.cases.clock.pass_(seconds + 1)
        follow = {SIGN_IN: mail.sign_in, RESET: mail.reset, VERIFY: mail.verify}[kind]
        given = {"token": token, **({"address": ADDRESS} if kind is VERIFY else HOME)}
        extra = {"password": NEW_PASSWORD} if kind is RESET else {}
        refused("link_invalid", follow, **given, **extra)

    @pytest.mark.parametrize("token", ["", "unknown", "\ud800", "x" * 10_000])
    def test_what_is_no_token_is_refused(self, mail: MailCases, token: str) -> None:
        refused("link_invalid", mail.sign_in, token=token, **HOME)


class ResetRules:
    """``ResetPassword``."""

    def test_a_new_password_ends_every_session_and_is_told(self, mail: MailCases) -> None:
        _, grant = mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        token = mail.token(RESET, "mara@example.org")
        mail.reset(token=token, password=NEW_PASSWORD, **HOME)
        refused("session_ended", mail.cases.authenticate, token=grant.access_token)
        assert grant.session_id in mail.cases.ended
        refused("bad_credentials", mail.cases.log_in, login="mara", password=PASSWORD, **HOME)
        assert mail.cases.log_in(login="mara", password=NEW_PASSWORD, **HOME)
        (told,) = mail.sent()
        assert told.subject == "Your password was changed"
        refused("link_invalid", mail.reset, token=token, password=NEW_PASSWORD, **HOME)

    def test_it_verifies_the_address_too(self, mail: MailCases) -> None:
        mail.cases.member()
        mail.reset(token=mail.token(RESET, "mara@example.org"), password=NEW_PASSWORD, **HOME)
        assert mail.is_proven("mara")
        assert mail.cases.log_in(login="mara", password=NEW_PASSWORD, **HOME)

    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("short", "password_too_short"),
            ("password123", "password_too_common"),
            ("MaraLindqvist1", "password_too_personal"),
            ("x" * 257, "password_too_long"),
        ],
    )
    def test_a_weak_password_is_refused_and_the_link_stays_good(
        self, mail: MailCases, password: str, code: str
    ) -> None:
        mail.cases.member()
        token = mail.token(RESET, "mara@example.org")
        refused(code, mail.reset, token=token, password=password, **HOME)
        mail.reset(token=token, password=NEW_PASSWORD, **HOME)

    def test_pre_hijacking_a_reset_leaves_nothing_of_who_signed_up_with_my_address(
        self, mail: MailCases
    ) -> None:
        thief, grant = mail.cases.member("thief", "mara@example.org")
        with_second_factor(mail, thief.id)
        mail.reset(token=mail.token(RESET, "mara@example.org"), password=NEW_PASSWORD, **HOME)
        refused("session_ended", mail.cases.authenticate, token=grant.access_token)
        _, entry = mail.cases.log_in(login="mara@example.org", password=NEW_PASSWORD, **HOME)
        assert isinstance(entry, Grant)
        removed, changed = sorted(mail.sent(), key=lambda told: told.subject)
        assert (removed.subject, changed.subject) == (REMOVED, "Your password was changed")
        assert "Removed: second factors" in removed.text

    def test_a_login_in_flight_does_not_outlive_a_reset(self, mail: MailCases) -> None:
        mail.cases.member("thief", "mara@example.org")
        token = mail.token(RESET, "mara@example.org")
        reset = partial(mail.reset, token=token, password=NEW_PASSWORD, **HOME)
        late = replace(mail.cases.log_in, passwords=Meanwhile(mail.cases.passwords, reset))
        refused("bad_credentials", late, login="thief", password=PASSWORD, **HOME)
        refused("bad_credentials", mail.cases.log_in, login="thief", password=PASSWORD, **HOME)
        mail.cases.log_in(login="thief", password=NEW_PASSWORD, **HOME)

    def test_whoever_has_a_second_factor_still_needs_it(self, mail: MailCases) -> None:
        profile, _ = mail.cases.member()
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        with_second_factor(mail, profile.id)
        mail.reset(token=mail.token(RESET, "mara@example.org"), password=NEW_PASSWORD, **HOME)
        _, entry = mail.cases.log_in(login="mara", password=NEW_PASSWORD, **HOME)
        assert isinstance(entry, HalfSignedIn)

    def test_it_kills_outstanding_links_sent_and_unsent(self, mail: MailCases) -> None:
        profile, grant = mail.cases.member()
        older = mail.token(RESET, "mara@example.org")
        newer = mail.token(RESET, "mara@example.org")
        mail.cases.change(actor=profile.id, email="new@example.org", session_id=grant.session_id)
        mail.reset(token=newer, password=NEW_PASSWORD, **HOME)
        refused("link_invalid", mail.reset, token=older, password=NEW_PASSWORD, **HOME)
        assert {message.to for message in mail.sent()} == {"mara@example.org"}

    def test_the_same_link_at_once_resets_once(self, mail: MailCases) -> None:
        mail.cases.member()
        token = mail.token(RESET, "mara@example.org")
        answers = at_once(*[lambda: mail.reset(token=token, password=NEW_PASSWORD, **HOME)] * 8)
        assert sorted(map(str, answers)) == ["None"] + ["link_invalid"] * 7


class ChangeRules:
    """Another address, asked for by ``ChangeProfile`` and proved by ``VerifyEmail``."""

    def test_a_new_address_counts_once_it_is_proved(self, mail: MailCases) -> None:
        profile, grant = mail.cases.member()
        _, elsewhere = mail.cases.log_in(login="mara", password=PASSWORD, **HOME)
        assert isinstance(elsewhere, Grant)
        mail.sent()
        mail.cases.change(actor=profile.id, email="new@example.org", session_id=grant.session_id)
        asked, warned = mail.sent()
        assert (asked.to, warned.to) == ("new@example.org", "mara@example.org")
        assert warned.subject == "A new e-mail address was asked for"
        assert "new@example.org" not in warned.text + warned.html
        assert "n•••@example.org" in warned.text
        assert mail.store.identity.reads.own(profile.id).email == "mara@example.org"  # type: ignore[union-attr]
        mail.verify(token=token_of(asked), address=ADDRESS)
        mine = mail.store.identity.reads.own(profile.id)
        assert mine is not None
        assert (mine.email, mine.email_verified) == ("new@example.org", True)
        assert mail.cases.authenticate(grant.access_token)
        refused("session_ended", mail.cases.authenticate, token=elsewhere.access_token)
        (told,) = mail.sent()
        assert (told.to, told.subject) == ("mara@example.org", "Your e-mail address was changed")
        assert "new@example.org" not in told.text + told.html
        assert "n•••@example.org" in told.text

    def test_a_taken_address_is_told_to_its_owner_alone(self, mail: MailCases) -> None:
        mail.cases.member("bruno")
        profile, _ = mail.cases.member("mara")
        mail.sent()
        before = mail.cases.change(actor=profile.id, email="Bruno@example.org")
        assert before.email == "mara@example.org"
        told, warned = mail.sent()
        assert (told.to, told.subject) == (
            "Bruno@example.org",
            "This address has an account already",
        )
        assert "#token" not in told.text
        assert warned.to == "mara@example.org"  # as for an address that nobody has

    def test_an_address_that_was_taken_meanwhile_conflicts(self, mail: MailCases) -> None:
        profile, grant = mail.cases.member("mara")
        mail.cases.change(actor=profile.id, email="new@example.org", session_id=grant.session_id)
        token = next(token_of(found) for found in mail.sent() if found.to == "new@example.org")
        mail.cases.member("bruno", "new@example.org")
        with pytest.raises(Conflict) as refusal:
            mail.verify(token=token, address=ADDRESS)
        assert refusal.value.code == "email_taken"
        assert mail.store.identity.reads.own(profile.id).email == "mara@example.org"  # type: ignore[union-attr]

    def test_links_to_the_old_address_die_with_the_change(self, mail: MailCases) -> None:
        profile, grant = mail.cases.member()
        old = [mail.token(kind, "mara@example.org") for kind in (RESET, SIGN_IN)]
        mail.cases.change(actor=profile.id, email="new@example.org", session_id=grant.session_id)
        mail.verify(token=token_of(mail.sent()[0]), address=ADDRESS)
        refused("link_invalid", mail.reset, token=old[0], password=NEW_PASSWORD, **HOME)
        refused("link_invalid", mail.sign_in, token=old[1], **HOME)

    @pytest.mark.parametrize("end", ["others", "this", "purged", "expired"])
    def test_takeover_a_change_of_address_ends_with_the_session_that_asked(
        self, mail: MailCases, end: str
    ) -> None:
        profile, owner = mail.cases.member()
        _, thief = mail.cases.log_in(login="mara", password=PASSWORD, **HOME)
        assert isinstance(thief, Grant)
        mail.sent()
        mail.cases.change(actor=profile.id, email="new@example.org", session_id=thief.session_id)
        token, at = token_of(mail.sent()[0]), mail.cases.clock()
        with mail.store.identity.begin() as work:
            if end == "others":
                work.sessions.end_all(profile.id, at, but=owner.session_id)
            session = work.sessions.lock(thief.session_id)
            if end == "this":
                session.end(at=at)
            if end == "expired":
                session.expires_at = at
            work.sessions.save(session)
        if end == "purged":
            with mail.store.identity.begin() as work:
                link = work.mail_links.get(digest_of(token))
                assert link is not None
                assert work.mail_links.use(link.digest)
                work.mail_links.add(replace(link, session_id=SessionId(new_id())))
        refused("link_invalid", mail.verify, token=token, address=ADDRESS)
        assert mail.store.identity.reads.own(profile.id).email == "mara@example.org"  # type: ignore[union-attr]
        assert mail.cases.authenticate(owner.access_token)

    def test_one_person_cannot_mail_the_world(self, mail: MailCases) -> None:
        profile, _ = mail.cases.member()
        for number in range(10):
            mail.cases.change(actor=profile.id, email=f"m{number}@example.org")
        with pytest.raises(Limited) as refusal:
            mail.cases.change(actor=profile.id, email="another@example.org")
        assert refusal.value.limit == "mails-of-account"


class MailRules(SendingRules, AskingRules, SignInRules, ResetRules, ChangeRules):
    """All of it."""


def with_second_factor(mail: MailCases, profile_id: ProfileId) -> None:
    """TOTP on, with a secret that no test asks for."""
    with mail.store.identity.begin() as work:
        work.second_factors.put_totp(TotpFactor(profile_id, b"sealed", mail.cases.clock(), 0))
