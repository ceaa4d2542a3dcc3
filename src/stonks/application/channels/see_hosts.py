"""Notice which HOSTs are there by their sockets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.application.channels.ports import (
    ChannelsWork,
    HostsOnline,
    QuietStream,
    StreamReads,
)
from stonks.application.ports import Begin, Clock

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class SeeHosts:
    """A HOST with a socket open is a sign of life of their stream, and needs to send no beats.

    Streams that were seen within ``interval`` are passed over. Safe on several processes at once.
    Raises ``Unavailable`` where nobody knows who is online.
    """

    begin: Begin[ChannelsWork]
    reads: StreamReads
    online: HostsOnline
    now: Clock
    interval: timedelta

    def __call__(self) -> bool:
        at = self.now()
        for quiet in self._pages(at - self.interval):
            there = self.online({stream.host_id for stream in quiet})
            seen = [stream.id for stream in quiet if stream.host_id in there]
            if seen:
                with self.begin() as work:
                    work.streams.see(seen, at)
        return False  # those that are quiet still are not looked at again at once

    def _pages(self, since: datetime) -> Iterator[Sequence[QuietStream]]:
        page = self.reads.quiet(since=since, limit=AT_ONCE)
        while page:
            yield page
            page = self.reads.quiet(since=since, after=page[-1].id, limit=AT_ONCE)
