"""Mail that is put into a folder, to be looked at."""

import os
from dataclasses import dataclass
from pathlib import Path

from stonks.adapters.mail.rfc5322 import travelling
from stonks.application.mail.ports import Message
from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class FileMailer:
    """``Mailer`` that writes each message whole into ``folder``, as ``<id>.eml``, for its owner."""

    folder: Path
    sender: str

    def __call__(self, message: Message) -> None:
        whole = travelling(message, self.sender).as_bytes()
        growing = self.folder / f".{message.id}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            growing.unlink(missing_ok=True)
            with open(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(whole)
            growing.replace(self.folder / f"{message.id}.eml")
        except OSError as error:
            raise Unavailable("mail_unavailable", f"{self.folder}: {error.strerror}") from error
