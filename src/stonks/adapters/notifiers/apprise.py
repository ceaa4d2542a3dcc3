"""Notices by whatever Apprise knows: SMS, Slack, ntfy, Matrix, Telegram and some 130 others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from apprise import Apprise, AppriseAsset, NotifyFormat

from stonks.adapters.notifiers.plugins import Tools
from stonks.application.notifications.notifier import (
    Delivery,
    Outcome,
    Recipient,
    Send,
    Verdict,
)
from stonks.domain.notifications.words import words_of

PLACEHOLDERS = frozenset({"username", "profileId", "email"})
WRITTEN = re.compile(r"\{(\w+)\}")
SCHEME = re.compile(r"([a-zA-Z0-9]+)://")
HERE = frozenset(
    {"file", "syslog", "dbus", "glib", "kde", "qt", "gnome", "macosx", "windows", "exec"}
)
"""Schemes that reach this machine and nobody else."""
PLAIN = re.compile(r"[A-Za-z0-9._@+-]+")
"""What stays one value however a service takes a URL apart; some split at ``'`` and at blanks."""

NO_EMAIL = Outcome(Verdict.REFUSED, "no_proven_email")
UNFIT = Outcome(Verdict.REFUSED, "address_unfit_for_url")
UNKNOWN = Outcome(Verdict.REFUSED, "apprise_refused")
"""Apprise says no more than that it failed: it may have left, so it is not sent again."""


@dataclass(frozen=True, slots=True)
class AppriseNotifier:
    """``Notifier`` by one Apprise URL a person, made of ``template``.

    ``{username}``, ``{profileId}`` and ``{email}`` in it are filled in percent-encoded.
    """

    template: str = field(repr=False)
    public_url: str
    way: str = "apprise"

    @contextmanager
    def sending(self) -> Iterator[Send]:
        yield self._send

    def _send(self, delivery: Delivery, /) -> Outcome:
        values = _values(delivery.recipient)
        wanted = {name: values[name] for name in WRITTEN.findall(self.template)}
        if not all(wanted.values()):
            return NO_EMAIL
        if not all(map(PLAIN.fullmatch, wanted.values())):
            return UNFIT
        words = words_of(delivery.kind, delivery.data)
        body = f"{words.body}\n{self.public_url}{words.path}"
        service = _service(_filled(self.template, wanted))
        is_taken = service.notify(body=body, title=words.title, body_format=NotifyFormat.TEXT)
        return Outcome(Verdict.SENT) if is_taken else UNKNOWN


def make(tools: Tools) -> AppriseNotifier:
    check_template(tools.apprise_url)
    return AppriseNotifier(tools.apprise_url, tools.public_url)


def check_template(template: str) -> None:
    """Raises ``ValueError``, without the template: it holds secrets."""
    scheme = SCHEME.match(template)
    if scheme is None or scheme[1].lower() in HERE:
        raise ValueError("STONKS_APPRISE_URL takes the URL of a service that Apprise knows")
    strange = set(WRITTEN.findall(template)) - PLACEHOLDERS
    if strange:
        raise ValueError(f"STONKS_APPRISE_URL cannot be filled in with {', '.join(strange)}")
    example = dict.fromkeys(PLACEHOLDERS, "mara") | {"email": "mara@example.org"}
    if not len(_service(_filled(template, example))):
        raise ValueError("STONKS_APPRISE_URL is no URL that Apprise understands")


def _values(to: Recipient) -> dict[str, str]:
    return {"username": to.username, "profileId": str(to.profile_id), "email": to.email}


def _filled(template: str, values: dict[str, str]) -> str:
    return WRITTEN.sub(lambda found: quote(values[found[1]], safe=""), template)


def _service(url: str) -> Apprise:
    """One service, asked by the thread that calls it."""
    service = Apprise(asset=AppriseAsset(async_mode=False))
    service.add(url)
    return service
