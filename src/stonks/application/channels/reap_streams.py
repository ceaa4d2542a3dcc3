"""End the streams whose HOST has vanished."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.application.channels.ending import end_stream, live_stream
from stonks.application.channels.ports import (
    ChannelsWork,
    HostsOnline,
    QuietStream,
    StreamReads,
)
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.stream import EndReason
from stonks.domain.errors import NotFound

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ReapStreams:
    """After ``grace`` without a beat, and without a socket of the HOST, a stream is over.

    Each is ended by itself, and looked at again before: several processes may do this at once.
    Raises ``Unavailable``, and ends none, where nobody knows who is online. Answers whether there
    may be more.
    """

    begin: Begin[ChannelsWork]
    reads: StreamReads
    online: HostsOnline
    now: Clock
    grace: timedelta

    def __call__(self) -> bool:
        at = self.now()
        quiet = self.reads.quiet(since=at - self.grace, limit=AT_ONCE)
        there = self.online({stream.host_id for stream in quiet}) if quiet else ()
        for stream in quiet:
            if stream.host_id in there:
                with self.begin() as work:
                    work.streams.see([stream.id], at)
            else:
                self._end(stream, at)
        return len(quiet) == AT_ONCE

    def _end(self, quiet: QuietStream, at: datetime) -> None:
        try:
            with self.begin() as work:
                channel = work.channels.lock(quiet.channel_id)
                stream = live_stream(work, channel.id)
                if stream is None or stream.seen_at > at - self.grace:
                    return  # it was ended, or its HOST has come back, meanwhile
                end_stream(work, stream, EndReason.VANISHED, by=channel.host_id, at=at)
        except NotFound:
            pass  # the channel, or its HOST, has left meanwhile
