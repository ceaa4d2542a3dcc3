"""Secrets of endpoints, sealed while they are kept."""

from collections.abc import Iterator, Sequence
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
    """Whom to send to, ready to sign.

    Raises ``Unavailable`` (``sealing_key_missing``) where the newest secret does not open; one
    before it that does not is left out.
    """

    sealer: Sealer

    def __call__(self, endpoint_id: EndpointId, url: str, sealed: Sequence[bytes]) -> Receiver:
        return Receiver(endpoint_id, url, [*self._opened(context_of(endpoint_id), sealed)])

    def _opened(self, context: str, sealed: Sequence[bytes]) -> Iterator[bytes]:
        newest, *before = sealed
        yield self.sealer.open(newest, context=context)
        for secret in before:
            with suppress(Unavailable):
                yield self.sealer.open(secret, context=context)

    def of(self, endpoint: Endpoint, at: datetime) -> Receiver:
        return self(endpoint.id, endpoint.url, endpoint.secrets(at))
