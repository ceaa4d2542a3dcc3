"""Events as JSON, and back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from stonks.application.outbox.ports import Envelope
from stonks.domain.channels.events import StreamEnded, StreamStarted
from stonks.domain.social.events import Followed
from stonks.domain.webhooks.events import EndpointDisabled

KINDS: Mapping[str, type] = {
    "stream_started": StreamStarted,
    "stream_ended": StreamEnded,
    "followed": Followed,
    "endpoint_disabled": EndpointDisabled,
}
_NAMES = {type_: kind for kind, type_ in KINDS.items()}


def written(id_: UUID, event: Any) -> Envelope:
    """Raises ``TypeError`` for what is no event of the outbox."""
    kind = _NAMES.get(type(event))
    if kind is None:
        raise TypeError(f"{type(event).__name__} is not published")
    data = msgspec.to_builtins(event)
    return Envelope(id_, kind, event.at, data)


def read(envelope: Envelope) -> object:
    """The event; raises ``LookupError`` or ``msgspec.ValidationError`` for an unknown one."""
    return msgspec.convert(envelope.data, KINDS[envelope.kind])
