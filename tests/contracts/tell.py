"""What every ``Tell`` promises."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from websockets.client import ClientProtocol
from websockets.frames import Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from stonks.application.notifications.ports import NotificationView, Tell
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind
from tests.contracts.bus import eventually

Showed = tuple[ProfileId, Mapping[str, Any]]
"""A person, and what their sockets are sent."""

VIEW = NotificationView(
    id=NoticeId(uuid4()),
    kind=NoticeKind.STREAM_STARTED,
    at=datetime(2026, 1, 5, 20, 16, 4, 250_123, tzinfo=UTC),
    data={"channel": "garden", "title": "Tulips \N{TULIP}", "host": "ada", "many": [1, None]},
    read_at=datetime(2026, 1, 5, 20, 17, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is tested, and what each process was given to show until now."""

    tell: Tell
    shown: Callable[[], Sequence[Sequence[Showed]]]


class TellContract:
    """Inherited with fixtures ``telling``, and ``unheard``, to which nobody listens."""

    def test_every_process_hears_all_of_it(self, telling: Telling) -> None:
        people = [ProfileId(uuid4()) for _ in range(2)]
        telling.tell(VIEW, people)
        frame = {
            "type": "notification",
            "notification": {
                "id": str(VIEW.id),
                "type": "stream_started",
                "at": "2026-01-05T20:16:04.250Z",
                "readAt": "2026-01-05T20:17:00.000Z",
                "data": VIEW.data,
            },
        }
        expected = [(one, frame) for one in people]
        assert telling.shown()
        assert eventually(lambda: all(shown == expected for shown in telling.shown()))

    def test_however_many_there_are_each_is_told_once(self, telling: Telling) -> None:
        people = {ProfileId(uuid4()) for _ in range(2500)}
        telling.tell(VIEW, people)
        assert eventually(lambda: all(len(shown) == 2500 for shown in telling.shown()))
        for shown in telling.shown():
            assert {one for one, _ in shown} == people

    def test_nobody_hears_what_is_for_nobody(self, telling: Telling) -> None:
        last = ProfileId(uuid4())
        telling.tell(VIEW, [])
        telling.tell(VIEW, [last])
        assert eventually(lambda: all([one for one, _ in it] == [last] for it in telling.shown()))

    def test_what_cannot_be_told_is_no_error(self, telling: Telling, unheard: Tell) -> None:
        unheard(VIEW, [ProfileId(uuid4())])
        telling.tell(replace(VIEW, data={"no": object()}), [ProfileId(uuid4())])


def read(frame: bytes) -> Mapping[str, Any]:
    """What an independent client understands of a frame."""
    client = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN)
    client.receive_data(frame)
    (event,) = client.events_received()
    assert getattr(event, "opcode", None) is Opcode.TEXT
    message: Mapping[str, Any] = json.loads(event.data)  # type: ignore[union-attr]
    return message
