"""What is sent to one endpoint, about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from stonks.adapters.webhooks.payloads import EndpointEvent, Envelope
from stonks.adapters.webhooks.payloads.own import EndpointTest, EndpointVerification
from stonks.application.webhooks.ports import Event
from stonks.domain.ids import EndpointId
from stonks.domain.times import rfc3339
from stonks.domain.webhooks.event_type import TEST, VERIFICATION


@dataclass(frozen=True, slots=True)
class VerificationEvent:
    """``NewVerification``."""

    new_id: Callable[[], UUID]

    def __call__(
        self, endpoint_id: EndpointId, channel: str, challenge: str, at: datetime
    ) -> Event:
        data = EndpointVerification(channel, endpoint_id, challenge)
        return _event(VERIFICATION, self.new_id(), at, data)


@dataclass(frozen=True, slots=True)
class TestEvent:
    """``NewTest``."""

    __test__ = False

    new_id: Callable[[], UUID]

    def __call__(self, endpoint_id: EndpointId, channel: str, at: datetime) -> Event:
        return _event(TEST, self.new_id(), at, EndpointTest(channel, endpoint_id))


def _event(type_: str, id_: UUID, at: datetime, data: EndpointEvent) -> Event:
    body = msgspec.json.encode(Envelope(type_, rfc3339(at), data))
    return Event(f"evt_{id_.hex}", type_, None, body)
