"""Who may do what to a channel, and what its room's log tells of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from stonks.domain.errors import Forbidden, NotFound, Refusal
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from tests.contracts.town import Town, code_of


@dataclass(frozen=True, slots=True)
class Cast:
    town: Town
    people: dict[str, ProfileId]
    channel_id: ChannelId
    room_id: RoomId

    def told(self) -> list[tuple[str, dict[str, object]]]:
        """What the room's log says, by kind."""
        entries = self.town.container.chat_reads().after(self.room_id, 0, 100)
        return [(view.entry.kind.value, dict(view.entry.data)) for view in entries]

    def attempt(self, use_case: str, actor: str, **arguments: object) -> object:
        call: Callable[..., object] = getattr(self.town.container, use_case)()
        try:
            return call(actor=self.people[actor], channel_id=self.channel_id, **arguments)
        except Refusal as refusal:
            return refusal


@pytest.fixture
def cast(town: Town) -> Cast:
    people = {name: town.person(name) for name in ("host", "admin", "member", "other")}
    people["staff"] = town.person("staff", is_staff=True)
    channel_id, room_id = town.channel("lounge", people["host"])
    town.channel("elsewhere", people["other"])
    cast = Cast(town, people, channel_id, room_id)
    assert cast.attempt("set_admin", "host", username="Admin") is True
    return cast


ALLOWED = {
    "change_channel": {"host", "admin"},
    "set_admin": {"host"},
    "unset_admin": {"host"},
    "suspend_channel": {"staff"},
    "unsuspend_channel": {"staff"},
    "delete_channel": {"host"},
}
ARGUMENTS: dict[str, dict[str, object]] = {
    "change_channel": {"title": "Changed"},
    "set_admin": {"username": "member"},
    "unset_admin": {"username": "admin"},
}


@pytest.mark.parametrize("actor", ["host", "admin", "member", "other", "staff"])
@pytest.mark.parametrize("use_case", ALLOWED)
def test_each_role_may_do_what_is_its_own_and_nothing_else(
    cast: Cast, use_case: str, actor: str
) -> None:
    before = cast.told()
    outcome = cast.attempt(use_case, actor, **ARGUMENTS.get(use_case, {}))
    if actor in ALLOWED[use_case]:
        assert not isinstance(outcome, Refusal)
    else:
        assert isinstance(outcome, Forbidden)
        assert cast.told() == before


@pytest.mark.parametrize("use_case", ["change_channel", "set_admin", "unset_admin"])
def test_a_suspended_channel_refuses_changes(cast: Cast, use_case: str) -> None:
    cast.attempt("suspend_channel", "staff", reason="a reason")
    before = cast.told()
    outcome = cast.attempt(use_case, "host", **ARGUMENTS[use_case])
    assert code_of(outcome) == "channel_suspended"
    assert cast.told() == before


def test_a_suspended_channel_can_be_opened_again_and_deleted(cast: Cast) -> None:
    cast.attempt("suspend_channel", "staff")
    assert cast.attempt("unsuspend_channel", "staff") is True
    assert cast.attempt("change_channel", "host", title="Back") is True
    cast.attempt("suspend_channel", "staff")
    assert cast.attempt("delete_channel", "host") is None
    with pytest.raises(NotFound):
        cast.town.container.read_channel()(slug="lounge")


def test_what_changes_is_told_in_the_log_once(cast: Cast) -> None:
    admin = {"profileId": str(cast.people["admin"]), "username": "admin"}
    for _ in range(2):
        cast.attempt("change_channel", "admin", title="New", description="Also new")
        cast.attempt("set_admin", "host", username="admin")
        cast.attempt("suspend_channel", "staff", reason="Why")
        cast.attempt("suspend_channel", "staff", reason="Another")
    cast.attempt("unsuspend_channel", "staff")
    cast.attempt("unset_admin", "host", username="ADMIN")
    assert cast.told() == [
        ("admin_set", admin),
        ("title_changed", {"title": "New"}),
        ("description_changed", {"description": "Also new"}),
        ("channel_suspended", {"reason": "Why"}),
        ("channel_unsuspended", {}),
        ("admin_unset", admin),
    ]


def test_what_is_so_already_changes_nothing(cast: Cast) -> None:
    before = cast.told()
    assert cast.attempt("change_channel", "host", title="About lounge") is False
    assert cast.attempt("set_admin", "host", username="admin") is False
    assert cast.attempt("unset_admin", "host", username="member") is False
    assert cast.attempt("unsuspend_channel", "staff") is False
    assert cast.told() == before


def test_the_host_gives_no_role_to_themselves(cast: Cast) -> None:
    assert code_of(cast.attempt("set_admin", "host", username="host")) == "not_yourself"


def test_a_look_alike_name_stands_for_nobody(cast: Cast) -> None:
    for name in ("\u0430dmin", "adm\u0131n", "admin\0", "%dmin"):
        assert code_of(cast.attempt("set_admin", "host", username=name)) == "unknown_profile"


def test_an_admin_who_is_unset_may_not_change_it_any_more(cast: Cast) -> None:
    cast.attempt("unset_admin", "host", username="admin")
    assert code_of(cast.attempt("change_channel", "admin", title="Mine")) == "not_allowed"
