"""Change an endpoint."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from stonks.application.egress.ports import Egress
from stonks.application.ports import Begin, Clock, Pace
from stonks.application.webhooks.checking import check_url
from stonks.application.webhooks.keeping import keep
from stonks.application.webhooks.ports import EndpointView, WebhooksWork
from stonks.application.webhooks.recording import RecordUnsure
from stonks.application.webhooks.rights import hosted
from stonks.application.webhooks.viewing import view_of
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.endpoint import check_description
from stonks.domain.webhooks.event_type import event_types as types_of


@dataclass(frozen=True, slots=True)
class ChangeEndpoint:
    """Another URL, description or choice of events. What is not given stays.

    Another URL keeps its place, and is sent nothing before it, too, was verified. That, and another
    choice of events, count as an endpoint that is added.
    """

    begin: Begin[WebhooksWork]
    egress: Egress
    pace: Pace
    record_unsure: RecordUnsure
    now: Clock

    def __call__(
        self,
        *,
        actor: ProfileId,
        channel_id: ChannelId,
        endpoint_id: EndpointId,
        url: str | None = None,
        description: str | None = None,
        event_types: Collection[str] | None = None,
    ) -> EndpointView:
        """Raises ``Invalid``, ``Limited``, ``NotFound`` (``unknown_endpoint``), and as
        ``hosted`` and ``check_url`` do.
        """
        text = None if description is None else check_description(description)
        types = None if event_types is None else types_of(event_types)
        with self.begin() as work:
            hosted(work.channels.get(channel_id), actor)
            known = work.endpoints.lock(channel_id, endpoint_id)
        is_moving = url not in (None, known.url)
        if is_moving or types not in (None, known.event_types):
            self.pace(actor)
        if url is not None and is_moving:
            check_url(self.egress, url)
        with self.begin() as work:
            channel = hosted(work.channels.lock(channel_id), actor)
            endpoint, at = work.endpoints.lock(channel_id, endpoint_id), self.now()
            before = replace(endpoint)
            if text is not None:
                endpoint.describe(text, at)
            if types is not None:
                endpoint.listen_to(types, at)
            if url is not None and is_moving:
                endpoint.move(url, at)
            if endpoint.turn != before.turn:
                self.record_unsure(work, before)
            keep(work, endpoint)
        return view_of(endpoint, channel)
