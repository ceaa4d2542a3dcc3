"""What every ``ChannelCount`` promises."""

from stonks.adapters.clock import new_id
from stonks.application.identity.ports import ChannelCount
from stonks.domain.ids import ProfileId
from tests.contracts.town import Town


class ChannelCountContract:
    """Inherited with a fixture ``town``."""

    def test_each_is_counted_where_they_are_host(self, town: Town) -> None:
        count: ChannelCount = town.container.channel_count()
        host, other = town.person("host"), town.person("other")
        channels = [town.channel(f"room-{number}", host)[0] for number in range(3)]
        town.channel("elsewhere", other)
        town.container.set_admin()(actor=host, channel_id=channels[0], username="other")
        assert [count(host), count(other), count(ProfileId(new_id()))] == [3, 1, 0]
        town.container.delete_channel()(actor=host, channel_id=channels[0])
        assert count(host) == 2
