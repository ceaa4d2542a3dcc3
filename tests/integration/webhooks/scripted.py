"""A receiver that does as a test tells it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer
from tests.integration.egress.receiver import Receiver, receive
from tests.integration.waiting import Gate
from tests.integration.webhooks.hooked import Json

TAKEN, FAILS = Answer(200, {}, b""), Answer(500, {}, b"")


class Scripted(Receiver):
    """Answers a challenge. To all else ``answers`` come first, and then what is ``usual``."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", None)
        self.usual = TAKEN
        self.before_answer: Callable[[], object] = lambda: None

    @property
    def url(self) -> str:
        return f"{self.origin}/"

    def answer(self, asked: Asked) -> Answer:
        event = json.loads(asked.body)
        if event["type"] == "webhook.verification":
            return Answer(200, {}, event["data"]["challenge"].encode())
        self.asked.append(asked)
        self.before_answer()
        return self.answers.popleft() if self.answers else self.usual

    def events(self) -> list[Json]:
        """All that it was sent, in the order in which it came, and as often."""
        return [json.loads(asked.body) for asked in self.asked]

    def seqs(self) -> list[int]:
        return [event["data"]["seq"] for event in self.events()]

    @contextmanager
    def gate(self) -> Iterator[Gate]:
        """It answers only when the gate is open, or the block ends."""
        gate, before = Gate(), self.before_answer
        self.before_answer = gate
        try:
            yield gate
        finally:
            self.before_answer = before
            gate.open()


@contextmanager
def scripted() -> Iterator[Scripted]:
    receiver = Scripted()
    with receive(receiver):
        yield receiver
