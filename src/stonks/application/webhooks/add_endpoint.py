"""Add an endpoint."""

from collections.abc import Collection
from dataclasses import dataclass

from stonks.application.egress.ports import Egress
from stonks.application.ports import Begin, Clock, NewId, Pace, Sealer
from stonks.application.webhooks.checking import check_url
from stonks.application.webhooks.opening import context_of
from stonks.application.webhooks.ports import HostedChannel, NewSecret, WebhooksWork
from stonks.application.webhooks.rights import hosted_and_open
from stonks.application.webhooks.viewing import EndpointWithSecret, view_of
from stonks.domain.errors import Conflict
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.endpoint import MOST_OF_A_CHANNEL, Endpoint, check_description
from stonks.domain.webhooks.event_type import event_types as types_of


@dataclass(frozen=True, slots=True)
class AddEndpoint:
    """A receiver of a channel's events, to which nothing is sent before it was verified."""

    begin: Begin[WebhooksWork]
    egress: Egress
    pace: Pace
    sealer: Sealer
    new_secret: NewSecret
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        actor: ProfileId,
        channel_id: ChannelId,
        url: str,
        description: str = "",
        event_types: Collection[str] = (),
    ) -> EndpointWithSecret:
        """Raises ``Invalid``, ``Limited``, ``Conflict`` (``too_many_endpoints``), and as
        ``hosted_and_open`` and ``check_url`` do.
        """
        description, types = check_description(description), types_of(event_types)
        with self.begin() as work:  # whoever may not add one makes us ask for no name
            _must_take_one_more(work, hosted_and_open(work.channels.get(channel_id), actor))
        self.pace(actor)
        check_url(self.egress, url)
        secret, id_, at = self.new_secret(), EndpointId(self.new_id()), self.now()
        sealed = self.sealer.seal(secret, context=context_of(id_))
        with self.begin() as work:
            channel = hosted_and_open(work.channels.lock(channel_id), actor)
            _must_take_one_more(work, channel)
            endpoint = Endpoint(
                id=id_,
                channel_id=channel_id,
                room_id=channel.room_id,
                url=url,
                description=description,
                event_types=types,
                secret=sealed,
                position=channel.last_seq,
                created_at=at,
                updated_at=at,
            )
            work.endpoints.add(endpoint)
        return EndpointWithSecret(view_of(endpoint, channel), secret)


def _must_take_one_more(work: WebhooksWork, channel: HostedChannel) -> None:
    if len(work.endpoints.of(channel.id)) >= MOST_OF_A_CHANNEL:
        detail = f"there are {MOST_OF_A_CHANNEL} webhooks already; remove one that is not used"
        raise Conflict("too_many_endpoints", detail)
