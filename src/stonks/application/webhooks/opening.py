"""Secrets of endpoints, sealed while they are kept."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from stonks.application.ports import Sealer
from stonks.application.webhooks.sending import Receiver
from stonks.domain.errors import Unavailable
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Endpoint


def context_of(endpoint_id: EndpointId) -> str:
    """What a secret is sealed for: no other endpoint can be given it."""
    return f"webhook endpoint {endpoint_id}"


@dataclass(frozen=True, slots=True)
class OpenSecrets:
    """Whom to send to, ready to sign, by ``sealed``, the newest of which comes first.

    Raises ``Unavailable`` (``sealing_key_missing``) where no key opens that. Another that none
    opens signs no more: or whoever rotated a secret for that reason would wait for a day.
    """

    sealer: Sealer

    def __call__(self, endpoint_id: EndpointId, url: str, sealed: Sequence[bytes]) -> Receiver:
        context, (newest, *others) = context_of(endpoint_id), sealed
        opened = [self.sealer.open(newest, context=context)]
        for each in others:
            with suppress(Unavailable):
                opened.append(self.sealer.open(each, context=context))
        return Receiver(endpoint_id, url, opened)

    def of(self, endpoint: Endpoint, at: datetime) -> Receiver:
        return self(endpoint.id, endpoint.url, endpoint.secrets(at))
