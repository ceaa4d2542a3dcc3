"""Notices in the log, to be looked at while something is built."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from stonks.adapters.notifiers.plugins import Tools
from stonks.application.notifications.notifier import Delivery, Outcome, Send, Verdict
from stonks.domain.notifications.words import words_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ConsoleNotifier:
    """``Notifier`` that logs a line each, without addresses."""

    public_url: str
    way: str = "console"

    @contextmanager
    def sending(self) -> Iterator[Send]:
        yield self._send

    def _send(self, delivery: Delivery, /) -> Outcome:
        words = words_of(delivery.kind, delivery.data)
        log.info(
            "notice",
            to=delivery.recipient.username,
            kind=delivery.kind.value,
            title=words.title,
            body=words.body,
            url=f"{self.public_url}{words.path}",
        )
        return Outcome(Verdict.SENT)


def make(tools: Tools) -> ConsoleNotifier:
    return ConsoleNotifier(tools.public_url)
