"""Secrets of endpoints, sealed while they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.ports import Sealer
from stonks.application.webhooks.sending import Receiver
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Endpoint


def context_of(endpoint_id: EndpointId) -> str:
    """What a secret is sealed for: no other endpoint can be given it."""
    return f"webhook endpoint {endpoint_id}"


@dataclass(frozen=True, slots=True)
class OpenSecrets:
    """Whom to send to, ready to sign. Raises ``Unavailable`` (``sealing_key_missing``)."""

    sealer: Sealer

    def __call__(self, endpoint_id: EndpointId, url: str, sealed: Sequence[bytes]) -> Receiver:
        context = context_of(endpoint_id)
        opened = [self.sealer.open(secret, context=context) for secret in sealed]
        return Receiver(endpoint_id, url, opened)

    def of(self, endpoint: Endpoint, at: datetime) -> Receiver:
        return self(endpoint.id, endpoint.url, endpoint.secrets(at))
