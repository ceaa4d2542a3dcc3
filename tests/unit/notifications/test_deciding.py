"""By which ways people are told."""

from dataclasses import fields, replace
from datetime import timedelta
from itertools import product

import pytest

from stonks.adapters.clock import new_id
from stonks.domain.ids import DeviceId, ProfileId
from stonks.domain.notifications.deciding import LastLook, Standing, decide, why_not
from stonks.domain.notifications.delivery import DELAYS, LONGEST_WAIT, delay_after
from stonks.domain.notifications.notice import Notice, NoticeKind
from tests.contracts.notices import NOW, a_notice

WAYS = ("push", "email", "slack")
PHONE, LAPTOP = DeviceId(new_id()), DeviceId(new_id())
ADA = Standing([ProfileId(new_id())], has_proven_email=True)
LIVE = replace(a_notice(), over_at=None)


def ways(
    standing: Standing,
    *,
    is_online: bool = False,
    notice: Notice = LIVE,
    installed: tuple[str, ...] = WAYS,
) -> dict[str, str]:
    """What is decided for each way: what is sent has its reason after a plus."""
    found: dict[str, str] = {}
    for decision in decide(notice, standing, installed, is_online=is_online):
        sign = "-" if decision.state == "skipped" else "+"
        found[decision.way] = found.get(decision.way, "") + sign + decision.reason
    return found


def test_who_is_online_gets_it_there_and_on_devices() -> None:
    assert ways(replace(ADA, devices=[PHONE, LAPTOP]), is_online=True) == {
        "inApp": "+online",
        "push": "+device+device",
        "email": "-online",
        "slack": "+always",
    }


def test_who_is_offline_gets_it_on_devices() -> None:
    assert ways(replace(ADA, devices=[PHONE])) == {
        "inApp": "-offline",
        "push": "+device",
        "email": "-has_device",
        "slack": "+always",
    }


def test_who_is_offline_without_devices_gets_a_mail() -> None:
    assert ways(ADA) == {
        "inApp": "-offline",
        "push": "-no_device",
        "email": "+offline",
        "slack": "+always",
    }


def test_no_mail_goes_to_an_address_that_nobody_proved() -> None:
    assert ways(replace(ADA, has_proven_email=False))["email"] == "-no_proven_email"


def test_what_people_said_counts() -> None:
    devices = replace(ADA, devices=[PHONE])
    unwanted = replace(devices, wishes={"push": False, "slack": False, "inApp": False})
    assert ways(unwanted, is_online=True) == {
        "inApp": "-not_wanted",
        "push": "-not_wanted",
        "email": "+not_shown",
        "slack": "-not_wanted",
    }
    assert ways(unwanted)["email"] == "+offline"
    assert ways(replace(devices, wishes={"email": False}))["email"] == "-not_wanted"


@pytest.mark.parametrize("device", [(), (PHONE,)], ids=["no device", "device"])
@pytest.mark.parametrize("is_online", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("wishes", list(product([True, False], repeat=3)), ids=str)
def test_a_mail_goes_where_nothing_else_tells(
    wishes: tuple[bool, bool, bool], is_online: bool, device: tuple[DeviceId, ...]
) -> None:
    said = dict(zip(("inApp", "push", "email"), wishes, strict=True))
    told = ways(replace(ADA, wishes=said, devices=device), is_online=is_online)
    is_shown = said["inApp"] and is_online
    is_pushed = said["push"] and bool(device)
    assert told["inApp"].startswith("+") == is_shown
    assert told["push"].startswith("+") == is_pushed
    assert told["email"].startswith("+") == (said["email"] and not is_shown and not is_pushed)
    if not said["inApp"]:
        assert told["email"] != "-online"
    if is_online:
        assert told["email"] != "+offline"


def test_devices_count_only_where_pushes_are_sent() -> None:
    assert ways(replace(ADA, devices=[PHONE]), installed=("email",)) == {
        "inApp": "-offline",
        "email": "+offline",
    }


@pytest.mark.parametrize(
    ("standing", "notice", "reason"),
    [
        (replace(ADA, is_active=False), LIVE, "inactive"),
        (ADA, replace(LIVE, over_at=NOW), "over"),
        (replace(ADA, has_read=True), LIVE, "read"),
    ],
)
def test_nothing_is_sent_that_no_longer_matters(
    standing: Standing, notice: Notice, reason: str
) -> None:
    decided = ways(replace(standing, devices=[PHONE]), notice=notice)
    assert {decided[way] for way in WAYS} == {f"-{reason}"}


def test_a_new_follower_is_told_in_the_app_and_on_devices_alone() -> None:
    notice = replace(LIVE, kind=NoticeKind.NEW_FOLLOWER)
    assert ways(replace(ADA, devices=[PHONE]), is_online=True, notice=notice) == {
        "inApp": "+online",
        "push": "+device",
        "email": "-not_wanted",
        "slack": "-not_wanted",
    }


FINE = LastLook(
    is_active=True, has_read=False, is_over=False, is_wanted=True, is_followed=True, has_target=True
)


@pytest.mark.parametrize("name", [field.name for field in fields(LastLook)])
def test_the_last_look_stops_whatever_changed(name: str) -> None:
    assert why_not(FINE) is None
    assert why_not(replace(FINE, **{name: not getattr(FINE, name)}))


def test_delays_grow_and_end() -> None:
    delays = [delay_after(attempt, None) for attempt in range(1, len(DELAYS) + 2)]
    assert delays == [*DELAYS, None]
    assert delay_after(1, 3600) == timedelta(hours=1)
    assert delay_after(1, LONGEST_WAIT.total_seconds() + 1) is None
    assert delay_after(3, 1) == DELAYS[2]
