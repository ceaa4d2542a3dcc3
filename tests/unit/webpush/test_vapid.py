"""A push service knows who sends, and for how long that holds."""

from datetime import UTC, datetime, timedelta

import pytest

from stonks.adapters.webpush import Vapid, new_vapid_key, public_key, read_vapid_key
from stonks.adapters.webpush.vapid import MOST_KEPT
from tests.push_browser import text, vouched

START = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
ORIGIN = "https://push.example"


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vapid(clock: Clock) -> Vapid:
    return Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", clock)


def test_another_library_believes_what_is_signed(vapid: Vapid) -> None:
    claims, key = vouched(vapid.authorization(ORIGIN))
    assert claims == {
        "aud": ORIGIN,
        "exp": int((START + timedelta(hours=12)).timestamp()),
        "sub": "mailto:mara@stonks.example",
    }
    assert key == vapid.public_key
    assert len(key) == 87


def test_each_service_gets_a_proof_of_its_own(vapid: Vapid) -> None:
    one, other = (vouched(vapid.authorization(f"{ORIGIN}:{port}"))[0] for port in (8443, 9443))
    assert (one["aud"], other["aud"]) == (f"{ORIGIN}:8443", f"{ORIGIN}:9443")


def test_it_is_signed_once_in_some_hours_and_never_too_old(vapid: Vapid, clock: Clock) -> None:
    first = vapid.authorization(ORIGIN)
    clock.at = START + timedelta(hours=6)
    assert vapid.authorization(ORIGIN) == first
    clock.at = START + timedelta(hours=6, seconds=1)
    renewed = vapid.authorization(ORIGIN)
    assert renewed != first
    assert vouched(renewed)[0]["exp"] > vouched(first)[0]["exp"]


def test_however_many_services_people_name_few_are_remembered(vapid: Vapid) -> None:
    first = vapid.authorization(ORIGIN)
    for port in range(MOST_KEPT):
        vapid.authorization(f"{ORIGIN}:{port}")
    assert vapid.authorization(ORIGIN) != first


def test_a_key_is_read_in_pem_and_raw() -> None:
    key = read_vapid_key(new_vapid_key())
    secret = text(key.private_numbers().private_value.to_bytes(32))
    for written in (secret, f" {secret}=\n", f"\n{new_vapid_key()}"):
        assert read_vapid_key(written)
    assert public_key(read_vapid_key(secret)) == public_key(key)


@pytest.mark.parametrize(
    "written",
    [
        *("", "none", "A" * 43, "A" * 42, "A" * 44, "_" * 43, "ä" * 43),
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_vapid_key(written)


def test_a_key_of_another_kind_is_refused() -> None:
    from stonks.entrypoints.keys import new_private_key

    with pytest.raises(ValueError, match="another kind"):
        read_vapid_key(new_private_key())
