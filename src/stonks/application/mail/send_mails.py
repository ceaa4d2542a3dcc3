"""Sending what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.application.mail.ports import (
    Addressee,
    Compose,
    Departure,
    Losses,
    Mailer,
    MailWork,
)
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Invalid, Unavailable

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
SPREAD = 0.2  # of a delay: mails that failed together do not come back together


@dataclass(frozen=True, slots=True)
class SendMails:
    """Send the mail that is due longest, at most once.

    Its claim is committed before it leaves: a crash in the middle may lose that mail and never
    doubles it. What surely did not leave is tried again, eight times within about a day.
    """

    begin: Begin[MailWork]
    compose: Compose
    mailer: Mailer
    losses: Losses
    new_secret: Callable[[], str]
    chance: Callable[[], float]
    now: Clock

    def __call__(self) -> bool:
        """Whether there was one, and there may be more."""
        token = self.new_secret()
        claimed = self._claim(token)
        if claimed is None:
            return False
        departure, addressee = claimed
        if addressee is not None:
            self._send(departure, addressee, token)
        return True

    def _claim(self, token: str) -> tuple[Departure, Addressee | None] | None:
        at = self.now()
        with self.begin() as work:
            departure = work.queue.claim(at)
            if departure is None:
                return None
            addressee = work.addressees(departure.mail, token, at)
            if addressee is None:
                work.queue.remove(departure.mail.id)
        return departure, addressee

    def _send(self, departure: Departure, addressee: Addressee, token: str) -> None:
        try:
            self.mailer(self.compose(departure.mail, addressee, token))
        except Unavailable as refusal:
            self._later(departure, refusal.code)
        except Invalid as refusal:
            self._give_up(departure, refusal.code)
        except Exception:
            self._give_up(departure, "mail_failed")
            raise
        else:
            self._remove(departure)

    def _later(self, departure: Departure, code: str) -> None:
        if departure.attempt > len(DELAYS):
            self._give_up(departure, code)
            return
        with self.begin() as work:
            work.queue.put_back(departure.mail.id, self._next(departure.attempt))

    def _next(self, attempt: int) -> datetime:
        delay = DELAYS[attempt - 1]
        return self.now() + delay + delay * (SPREAD * self.chance())

    def _give_up(self, departure: Departure, code: str) -> None:
        self.losses(departure.mail, code)
        self._remove(departure)

    def _remove(self, departure: Departure) -> None:
        with self.begin() as work:
            work.queue.remove(departure.mail.id)
