"""Tell an endpoint again."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Clock, Hint, Pace
from stonks.application.webhooks.keeping import keep
from stonks.application.webhooks.ports import EndpointView, WebhooksWork
from stonks.application.webhooks.recording import RecordUnsure
from stonks.application.webhooks.rights import hosted_and_open
from stonks.application.webhooks.viewing import view_of
from stonks.domain.ids import ChannelId, EndpointId, ProfileId


@dataclass(frozen=True, slots=True)
class ReplayEvents:
    """Have an endpoint told again of everything from one ``seq`` on, under the ids of then."""

    begin: Begin[WebhooksWork]
    pace: Pace
    record_unsure: RecordUnsure
    hint: Hint
    now: Clock

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId, from_seq: int
    ) -> EndpointView:
        """``from_seq`` is at least 1.

        Raises ``Invalid`` (``seq_ahead``), ``Limited``, ``Conflict`` (``endpoint_not_active``),
        ``NotFound`` (``unknown_endpoint``), and as ``hosted_and_open`` does. What is refused
        otherwise does not count.
        """
        with self.begin() as work:
            channel = hosted_and_open(work.channels.lock(channel_id), actor)
            endpoint = work.endpoints.lock(channel_id, endpoint_id)
            self.record_unsure(work, endpoint)
            endpoint.replay(from_seq, self.now())
            self.pace(actor)
            keep(work, endpoint)
        self.hint(f"webhooks.{endpoint.lane}")
        return view_of(endpoint, channel)
