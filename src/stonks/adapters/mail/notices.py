"""The words of notices that go by mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid5

from stonks.adapters.mail.letters import WRITTEN, Letters
from stonks.application.mail.ports import Message
from stonks.application.notifications.notifier import Delivery
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import EMAIL
from stonks.domain.notifications.words import words_of

FACTS = {NoticeKind.WEBHOOK_DISABLED: {"url": "Endpoint", "reason": "Reason"}}


@dataclass(frozen=True, slots=True)
class JinjaNotices:
    """A delivery as a letter, the same each time, by which its reader can unsubscribe.

    ``unsubscribe_url`` takes a person, a kind and a way.
    """

    public_url: str
    unsubscribe_url: Callable[[ProfileId, str, str], str]
    letters: Letters = field(default_factory=Letters)

    def __call__(self, delivery: Delivery) -> Message:
        to, words = delivery.recipient, words_of(delivery.kind, delivery.data)
        told = {"words": words, "data": delivery.data}
        letter = self.letters.read(f"notices/{delivery.kind.value}", told)
        unsubscribe = self.unsubscribe_url(to.profile_id, delivery.kind.value, EMAIL)
        text, html = self.letters.written(
            letter,
            greeting=f"Hello {to.full_name},",
            facts=list(_facts(delivery)),
            link=f"{self.public_url}{words.path}",
            unsubscribe=unsubscribe,
            public_url=self.public_url,
            to=to.email,
        )
        return Message(
            id=uuid5(delivery.notice_id, str(to.profile_id)),
            at=delivery.at,
            to=to.email,
            subject=letter["subject"],
            text=text,
            html=html,
            headers={
                "List-Id": self._list_id(delivery.kind),
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )

    def _list_id(self, kind: NoticeKind) -> str:
        """One list a kind (RFC 2919), so that people can sort them."""
        name = kind.value.replace("_", "-")
        return f"<{name}.notifications.{urlsplit(self.public_url).hostname}>"


def _facts(delivery: Delivery) -> Iterator[tuple[str, str]]:
    yield "When", delivery.at.strftime(WRITTEN)
    for name, called in FACTS.get(delivery.kind, {}).items():
        yield called, str(delivery.data[name])
