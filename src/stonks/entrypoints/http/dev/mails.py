"""Mails that were put into a folder, read again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One mail, as its page shows it."""

    id: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str


def newest(folder: Path) -> Iterator[ShownMail]:
    """The newest first; ids are UUIDv7, so their order is that of time."""
    for path in sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]:
        mail = find(folder, path.stem)
        if mail is not None:
            yield mail


def find(folder: Path, name: str) -> ShownMail | None:
    """None where there is no such mail, or it was deleted."""
    try:
        id_ = str(UUID(name))
        whole = message_from_bytes((folder / f"{id_}.eml").read_bytes(), policy=SMTP)
    except (ValueError, OSError):
        return None
    return _shown(id_, whole)


def _shown(id_: str, mail: EmailMessage) -> ShownMail:
    return ShownMail(
        id_,
        parsedate_to_datetime(str(mail["Date"])),
        str(mail["To"]),
        str(mail["Subject"]),
        _part(mail, "plain"),
        _part(mail, "html"),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
