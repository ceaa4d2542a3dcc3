"""Everything that goes by mail, on any store, with a postbox in the test's hand."""

import re
from dataclasses import dataclass, field

from stonks.adapters.clock import new_id
from stonks.adapters.mail import JinjaCompose, MemoryMailer
from stonks.adapters.tokens import new_secret
from stonks.application.identity.admission import Admit
from stonks.application.identity.mail_links.ask_for_link import AskForLink
from stonks.application.identity.mail_links.reset_password import ResetPassword
from stonks.application.identity.mail_links.sign_in_by_link import Arrival, SignInByLink
from stonks.application.identity.mail_links.verify_email import VerifyEmail
from stonks.application.mail.forget_claims import ForgetClaims
from stonks.application.mail.ports import Mail, Mailer, MailKind, Message
from stonks.application.mail.send_mails import SendMails
from tests.contracts.identity_cases import COMMON, HOME, IdentityCases
from tests.contracts.mail_queue import MailStore

TOKEN = re.compile(r"#token=([\w-]{43})")
ADDRESS = HOME["address"]
COMPOSE = JinjaCompose("https://stonks.example")


@dataclass(slots=True)
class MailCases:
    """Every use case of mail on one store, beside those of identity."""

    store: MailStore
    cases: IdentityCases
    mailer: Mailer = field(default_factory=MemoryMailer)
    lost: list[tuple[Mail, str]] = field(default_factory=list)

    @property
    def send(self) -> SendMails:
        return SendMails(
            self.store.begin,
            COMPOSE,
            self.mailer,
            lambda mail, code: self.lost.append((mail, code)),
            new_secret,
            lambda: 0.0,
            self.cases.clock,
        )

    @property
    def forget_claims(self) -> ForgetClaims:
        tell = self.send.losses
        return ForgetClaims(self.store.begin, tell, self.cases.clock)

    def ask(self, kind: MailKind, email: str, address: str = ADDRESS) -> None:
        begin, throttle = self.store.identity.begin, self.cases.throttle
        AskForLink(begin, throttle, self.cases.clock, new_id, kind)(email=email, address=address)

    @property
    def verify(self) -> VerifyEmail:
        cases = self.cases
        return VerifyEmail(
            self.store.identity.begin, cases.throttle, cases.signals, cases.clock, new_id
        )

    @property
    def sign_in(self) -> SignInByLink:
        cases = self.cases
        return SignInByLink(
            self.store.identity.begin,
            cases.throttle,
            Admit(cases.grants),
            cases.signals,
            cases.clock,
            new_id,
        )

    @property
    def reset(self) -> ResetPassword:
        cases = self.cases
        return ResetPassword(
            self.store.identity.begin,
            cases.passwords,
            COMMON,
            cases.throttle,
            cases.signals,
            cases.clock,
            new_id,
        )

    def sent(self) -> list[Message]:
        """What leaves now, and was not seen before."""
        assert isinstance(self.mailer, MemoryMailer)
        while self.send():
            pass
        messages = list(self.mailer.sent)
        self.mailer.sent.clear()
        return messages

    def token(self, kind: MailKind, email: str) -> str:
        """The token of the one link that is sent where somebody asks for it."""
        self.sent()
        self.ask(kind, email)
        (message,) = self.sent()
        return token_of(message)

    def arrive(self, token: str, **names: str) -> Arrival:
        return self.sign_in(token=token, **HOME, **names)

    def is_proven(self, username: str) -> bool:
        with self.store.identity.begin() as work:
            return work.email_proofs.is_proven(work.profiles.lock_named(username))


def token_of(message: Message) -> str:
    found = set(TOKEN.findall(message.text)) & set(TOKEN.findall(message.html))
    (token,) = found
    return token
