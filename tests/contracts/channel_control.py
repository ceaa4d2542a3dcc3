"""What every ``ChannelControl`` promises."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from stonks.application.chat.ports import ChannelControl
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from tests.contracts.town import Town

Change = Callable[[ChannelControl, ProfileId, ChannelId], bool]
CHANGES: dict[str, tuple[str, Change]] = {
    "title_changed": ("host", lambda it, who, where: it.retitle(who, where, "New")),
    "description_changed": ("host", lambda it, who, where: it.describe(who, where, "New\nwords")),
    "admin_set": ("host", lambda it, who, where: it.set_admin(who, where, "MEMBER")),
    "admin_unset": ("host", lambda it, who, where: it.unset_admin(who, where, "admin")),
    "channel_suspended": ("staff", lambda it, who, where: it.suspend(who, where, "a reason")),
    "channel_unsuspended": ("staff", lambda it, who, where: it.unsuspend(who, where)),
}


@dataclass(frozen=True, slots=True)
class Lounge:
    """A channel in a town, and what its room's log tells."""

    town: Town
    id: ChannelId
    room_id: RoomId
    people: dict[str, ProfileId]

    @property
    def control(self) -> ChannelControl:
        control: ChannelControl = self.town.container.channel_control()
        return control

    def kinds(self) -> list[str]:
        views = self.town.container.chat_reads().after(self.room_id, 0, 100)
        return [view.entry.kind.value for view in views]


class ChannelControlContract:
    """Inherited with a fixture ``town``."""

    @pytest.fixture
    def lounge(self, town: Town) -> Lounge:
        people = {name: town.person(name) for name in ("host", "admin", "member")}
        people["staff"] = town.person("staff", is_staff=True)
        lounge = Lounge(town, *town.channel("lounge", people["host"]), people)
        assert lounge.control.set_admin(people["host"], lounge.id, "admin")
        return lounge

    @pytest.mark.parametrize("kind", CHANGES)
    def test_what_changes_is_told_in_the_log_once(self, lounge: Lounge, kind: str) -> None:
        who, change = CHANGES[kind]
        if kind == "channel_unsuspended":
            assert lounge.control.suspend(lounge.people["staff"], lounge.id, "")
        before = lounge.kinds()
        assert change(lounge.control, lounge.people[who], lounge.id) is True
        assert change(lounge.control, lounge.people[who], lounge.id) is False
        assert lounge.kinds() == [*before, kind]

    @pytest.mark.parametrize("kind", CHANGES)
    def test_who_may_not_changes_nothing(self, lounge: Lounge, kind: str) -> None:
        before = lounge.kinds()
        with pytest.raises(Forbidden):
            CHANGES[kind][1](lounge.control, lounge.people["member"], lounge.id)
        assert lounge.kinds() == before
