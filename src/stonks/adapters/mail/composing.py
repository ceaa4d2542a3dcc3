"""The words of mails, from templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from stonks.adapters.mail.devices import device_words
from stonks.application.mail.ports import Addressee, Mail, MailKind, Message

LINKS: Mapping[MailKind, str] = {
    MailKind.VERIFY_EMAIL: "verify",
    MailKind.CHANGE_EMAIL: "verify",
    MailKind.SIGN_IN: "sign-in",
    MailKind.RESET_PASSWORD: "reset",
    MailKind.DELETION_SCHEDULED: "keep-profile",
}
WRITTEN = "%-d %B %Y, %H:%M UTC"
PARTS = ("subject", "summary", "more", "button", "worry")
FACTS: Mapping[str, str] = {
    "name": "Name",
    "provider": "Provider",
    "newEmail": "New address",
    "scopes": "May",
    "expires": "Works until",
    "removed": "Removed",
    "deletesAt": "Deleted on",
}


def _templates(escaped: bool) -> Environment:
    loader = PackageLoader("stonks.adapters.mail")
    return Environment(
        loader=loader,
        autoescape=escaped,  # noqa: S701 -- plain words are no HTML; what becomes HTML is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class JinjaCompose:
    """``Compose``: each kind has one template of plain words, from which both parts are made.

    Values stand in the words as they are; the HTML escapes all of it, once, at the end.
    """

    public_url: str
    words: Environment = field(default_factory=lambda: _templates(escaped=False))
    pages: Environment = field(default_factory=lambda: _templates(escaped=True))

    def __call__(self, mail: Mail, addressee: Addressee, token: str) -> Message:
        told = self._told(mail, addressee)
        letter = self._letter(mail.kind, told)
        context = letter | {
            "greeting": _greeting(mail.kind, addressee),
            "paragraphs": _paragraphs(letter["more"]),
            "facts": list(_facts(mail)),
            "link": self._link(mail.kind, token),
            "public_url": self.public_url,
            "to": mail.to,
        }
        text = self.words.get_template("base.txt").render(context)
        html = self.pages.get_template("base.html").render(context)
        return Message(mail.id, mail.at, mail.to, letter["subject"], f"{text.strip()}\n", html)

    def _told(self, mail: Mail, addressee: Addressee) -> dict[str, object]:
        username = addressee.username or mail.values.get("username", "")
        return {
            "values": mail.values,
            "username": username,
            "to": mail.to,
            "public_url": self.public_url,
        }

    def _letter(self, kind: MailKind, told: Mapping[str, object]) -> dict[str, str]:
        template = self.words.get_template(f"letters/{kind.value}.txt")
        return {part: _block(template, part, told) for part in PARTS}

    def _link(self, kind: MailKind, token: str) -> str:
        page = LINKS.get(kind)
        return f"{self.public_url}/{page}#token={token}" if page else ""


def _block(template: Template, name: str, told: Mapping[str, object]) -> str:
    block = template.blocks.get(name)
    return "".join(block(template.new_context(dict(told)))).strip() if block else ""


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


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
