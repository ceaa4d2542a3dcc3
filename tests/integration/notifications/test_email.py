"""Notices by mail, taken by a real mail server."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from stonks.adapters.mail import Smtp, SmtpMailer, SmtpSessions
from stonks.adapters.notifiers.email import make
from stonks.application.notifications.notifier import Notifier, Outcome, Recipient, Verdict
from tests.contracts.mailer import SENDER, part, read
from tests.contracts.notifiers import ReachingNotifierContract, delivery, recipient
from tests.contracts.tools import tools
from tests.integration.mail.postbox import Postbox, mail_server
from tests.integration.servers import free_port


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    server = mail_server(postbox)
    server.start()
    yield server
    server.stop()


def by_mail(port: int) -> Notifier:
    mailer = SmtpMailer(Smtp.at(f"smtp://127.0.0.1:{port}"), SENDER)
    return make(tools(mail_sessions=SmtpSessions(mailer)))


@pytest.fixture
def notifier(server: Controller) -> Notifier:
    return by_mail(server.port)


class TestEmailBySmtp(ReachingNotifierContract):
    @pytest.fixture
    def away(self) -> Notifier:
        return by_mail(free_port())

    @pytest.fixture(autouse=True)
    def _of_this_server(self, postbox: Postbox) -> None:
        self.postbox = postbox

    def arrived(self) -> list[str]:
        mails = map(read, self.postbox.delivered)
        return [f"{mail['Subject']}\n{part(mail, 'plain')}" for mail in mails]


def test_each_letter_goes_to_its_reader_alone_on_one_connection(
    notifier: Notifier, postbox: Postbox
) -> None:
    readers = [recipient(number) for number in range(4)]
    with notifier.sending() as send:
        for to in readers:
            assert send(delivery(to=to)) == Outcome(Verdict.SENT)
    assert [envelope.rcpt_tos for envelope in postbox.taken] == [[to.email] for to in readers]
    assert len(postbox.callers) == 1
    for to, whole in zip(readers, postbox.delivered, strict=True):
        mail = read(whole)
        assert (mail["To"], mail["Cc"], mail["Bcc"]) == (to.email, None, None)
        assert to.profile_id.hex in mail["List-Unsubscribe"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 later", Outcome(Verdict.LATER, "mail_unavailable")),
        ("554 spam", Outcome(Verdict.REFUSED, "mail_refused")),
        ("hang up", Outcome(Verdict.REFUSED, "mail_uncertain")),
    ],
)
def test_what_the_server_says_of_a_letter_is_what_becomes_of_it(
    notifier: Notifier, postbox: Postbox, answer: str, outcome: Outcome
) -> None:
    postbox.answers = [answer]
    with notifier.sending() as send:
        assert send(delivery()) == outcome
        assert send(delivery()) == Outcome(Verdict.SENT)


def test_an_address_that_nobody_has_is_refused_and_kept(
    notifier: Notifier, postbox: Postbox
) -> None:
    to = recipient()
    postbox.refuses_to = to.email
    with notifier.sending() as send:
        assert send(delivery(to=to)) == Outcome(Verdict.REFUSED, "mail_refused")
        nobody = Recipient(to.profile_id, to.username, to.full_name)
        assert send(delivery(to=nobody)) == Outcome(Verdict.REFUSED, "no_proven_email")
    assert postbox.taken == []
