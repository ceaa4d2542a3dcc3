"""What notifications are answered by channels and identity."""

from datetime import timedelta

from stonks.adapters.clock import new_id
from stonks.application.notifications.work import StreamFacts
from stonks.domain.channels.stream import EndReason
from stonks.domain.ids import ChannelId, ProfileId, StreamId
from tests.contracts.notices import work_of
from tests.contracts.streams import ended, keep, stream_of
from tests.contracts.town import START, Town


class NeighboursContract:
    """``Neighbours``. Subclasses give ``town``."""

    def test_a_stream_is_known_with_its_channel_and_host(self, town: Town) -> None:
        channel, _ = town.channel("lounge", town.person("host"))
        live = stream_of(channel)
        keep(town, live)
        facts = StreamFacts("lounge", "host", "Host", is_live=True)
        with work_of(town) as work:
            assert work.neighbours.stream(channel, live.id) == facts
            assert work.neighbours.stream(ChannelId(new_id()), live.id) is None
            assert work.neighbours.stream(channel, StreamId(new_id())) is None
        live.end(EndReason.ENDED, by=ProfileId(new_id()), at=START + timedelta(hours=1))
        with town.container.begin_channels()() as work:
            work.streams.save(live)
        with work_of(town) as work:
            assert work.neighbours.stream(channel, live.id) == StreamFacts(
                "lounge", "host", "Host", is_live=False
            )

    def test_a_stream_is_told_of_as_the_last_that_was_announced(self, town: Town) -> None:
        host = town.person("host")
        (channel, _), (other, _) = town.channel("lounge", host), town.channel("attic", host)
        first, second, third, later = (ended(stream_of(channel)) for _ in range(4))
        unannounced, elsewhere = ended(stream_of(other)), ended(stream_of(other))
        for stream in (first, later, elsewhere):
            stream.is_announced = True
        keep(town, unannounced, first, second, third, elsewhere, later)
        with work_of(town) as work:
            found = [
                work.neighbours.announced(channel, stream.id)
                for stream in (first, second, third, later)
            ]
            assert work.neighbours.announced(other, unannounced.id) is None
        assert found == [first.id, first.id, first.id, later.id]

    def test_a_channel_has_a_slug_and_a_host_who_is_active(self, town: Town) -> None:
        host, gone = town.person("host"), town.person("gone")
        (channel, _), (left, _) = town.channel("lounge", host), town.channel("attic", gone)
        with town.container.begin_identity()() as work_of_identity:
            profile = work_of_identity.profiles.lock(gone)
            profile.deactivate(at=town.clock())
            work_of_identity.profiles.save(profile)
        with work_of(town) as work:
            assert work.neighbours.hosted(channel) == ("lounge", host)
            assert work.neighbours.hosted(left) is None
            assert work.neighbours.hosted(ChannelId(new_id())) is None

    def test_who_is_active_has_a_name(self, town: Town) -> None:
        ada, gone = town.person("ada"), town.person("gone", active=False)
        with work_of(town) as work:
            assert work.neighbours.username(ada) == "ada"
            assert work.neighbours.username(gone) is None
