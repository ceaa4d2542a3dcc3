"""Changing the key that seals the secrets of endpoints."""

from contextlib import suppress
from dataclasses import dataclass

from stonks.application.ports import Begin, Sealer
from stonks.application.resealing import Resealed, reseal_each, resealed, sealed_anew
from stonks.application.webhooks.opening import context_of
from stonks.application.webhooks.ports import WebhooksWork
from stonks.domain.errors import Unavailable
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class ResealEndpoints:
    """Seal the secrets of every endpoint, those that are being rotated included.

    One that was rotated and that no key opens stays as it is; it signs nothing any more.
    """

    begin: Begin[WebhooksWork]
    sealer: Sealer

    def __call__(self) -> Resealed:
        return reseal_each(
            self.begin,
            lambda work, last, most: work.endpoints.sealed(last and last.id, most),
            lambda work, endpoint: resealed(lambda: self._one(work, endpoint)),
        )

    def _one(self, work: WebhooksWork, endpoint: Endpoint) -> bool:
        secret = self._anew(endpoint, endpoint.secret)
        old = None
        with suppress(Unavailable):
            old = self._anew(endpoint, endpoint.old_secret)
        if secret is None and old is None:
            return False
        endpoint.secret = secret or endpoint.secret
        endpoint.old_secret = old or endpoint.old_secret
        work.endpoints.save(endpoint)
        return True

    def _anew(self, endpoint: Endpoint, sealed: bytes | None) -> bytes | None:
        if sealed is None:
            return None
        return sealed_anew(self.sealer, sealed, context=context_of(endpoint.id))
