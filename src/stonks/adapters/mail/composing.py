"""The words of mails, from templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.mail.devices import device_words
from stonks.adapters.mail.letters import WRITTEN, Letters
from stonks.application.mail.ports import Addressee, Mail, MailKind, Message

LINKS: Mapping[MailKind, str] = {
    MailKind.VERIFY_EMAIL: "verify",
    MailKind.CHANGE_EMAIL: "verify",
    MailKind.SIGN_IN: "sign-in",
    MailKind.RESET_PASSWORD: "reset",
    MailKind.DELETION_SCHEDULED: "keep-profile",
}
FACTS: Mapping[str, str] = {
    "name": "Name",
    "provider": "Provider",
    "newEmail": "New address",
    "scopes": "May",
    "expires": "Works until",
    "removed": "Removed",
    "deletesAt": "Deleted on",
}


@dataclass(frozen=True, slots=True)
class JinjaCompose:
    """``Compose``: each kind has one template of plain words, from which both parts are made."""

    public_url: str
    letters: Letters = field(default_factory=Letters)

    def __call__(self, mail: Mail, addressee: Addressee, token: str) -> Message:
        letter = self.letters.read(mail.kind.value, self._told(mail, addressee))
        text, html = self.letters.written(
            letter,
            greeting=_greeting(mail.kind, addressee),
            facts=list(_facts(mail)),
            link=self._link(mail.kind, token),
            unsubscribe="",
            public_url=self.public_url,
            to=mail.to,
        )
        return Message(mail.id, mail.at, mail.to, letter["subject"], text, html)

    def _told(self, mail: Mail, addressee: Addressee) -> dict[str, object]:
        username = addressee.username or mail.values.get("username", "")
        return {
            "values": mail.values,
            "username": username,
            "to": mail.to,
            "public_url": self.public_url,
        }

    def _link(self, kind: MailKind, token: str) -> str:
        page = LINKS.get(kind)
        return f"{self.public_url}/{page}#token={token}" if page else ""


def _greeting(kind: MailKind, addressee: Addressee) -> str:
    """Names that somebody else may have written do not go to strangers.

    Whoever reads ``SET_UP_REMOVED`` has just proved an address that another may have signed up.
    """
    is_known = addressee.is_proven and kind is not MailKind.SET_UP_REMOVED
    return f"Hello {addressee.full_name}," if is_known else "Hello,"


def _facts(mail: Mail) -> Iterator[tuple[str, str]]:
    """What happened, and where and when; a link is about what has not happened yet."""
    if mail.kind not in LINKS:
        yield "When", mail.at.strftime(WRITTEN)
    if mail.values.get("device"):
        yield "Device", device_words(mail.values["device"])
    for name, called in FACTS.items():
        if mail.values.get(name):
            yield called, _readable(mail.values[name])


def _readable(value: str) -> str:
    """A time as people write it; everything else as it is."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return at.strftime(WRITTEN)
