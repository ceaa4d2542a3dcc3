"""Give an endpoint another secret."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Clock, Pace, Sealer
from stonks.application.webhooks.keeping import keep
from stonks.application.webhooks.opening import context_of
from stonks.application.webhooks.ports import NewSecret, WebhooksWork
from stonks.application.webhooks.recording import RecordUnsure
from stonks.application.webhooks.rights import hosted
from stonks.application.webhooks.viewing import EndpointWithSecret, view_of
from stonks.domain.ids import ChannelId, EndpointId, ProfileId


@dataclass(frozen=True, slots=True)
class RotateSecret:
    """A new secret. For 24 h the one before signs as well, so that its receiver misses nothing."""

    begin: Begin[WebhooksWork]
    pace: Pace
    sealer: Sealer
    new_secret: NewSecret
    record_unsure: RecordUnsure
    now: Clock

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId
    ) -> EndpointWithSecret:
        """Raises ``Limited``, ``NotFound`` (``unknown_endpoint``), and as ``hosted`` does."""
        secret = self.new_secret()
        sealed = self.sealer.seal(secret, context=context_of(endpoint_id))
        with self.begin() as work:
            channel = hosted(work.channels.lock(channel_id), actor)
            endpoint = work.endpoints.lock(channel_id, endpoint_id)
            self.pace(actor)
            self.record_unsure(work, endpoint)
            endpoint.rotate(sealed, self.now())
            keep(work, endpoint)
        return EndpointWithSecret(view_of(endpoint, channel), secret)
