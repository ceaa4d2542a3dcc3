"""What every ``HostsOnline`` promises."""

from collections.abc import Callable

from stonks.adapters.clock import new_id
from stonks.application.channels.ports import HostsOnline
from stonks.domain.ids import ProfileId

Arrive = Callable[[ProfileId], object]


class HostsOnlineContract:
    """Inherited with fixtures ``online``, and ``arrive`` by which somebody opens a socket."""

    def test_of_the_people_asked_those_who_are_here_are_told(
        self, online: HostsOnline, arrive: Arrive
    ) -> None:
        here, there, away = (ProfileId(new_id()) for _ in range(3))
        for somebody in (here, there):
            arrive(somebody)
        assert {*online([here, away])} == {here}
        assert {*online({there, here})} == {here, there}
        assert {*online([away])} == set()
        assert {*online([])} == set()

    def test_thousands_are_asked_at_once(self, online: HostsOnline, arrive: Arrive) -> None:
        people = [ProfileId(new_id()) for _ in range(5_000)]
        for somebody in people[::1_000]:
            arrive(somebody)
        assert {*online(people)} == {*people[::1_000]}
