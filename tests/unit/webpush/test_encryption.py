"""A push is read by the browser that it is for, and by nobody else."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as some

from stonks.adapters.webpush.encryption import encrypted
from tests.contracts.one_delivery import a_device
from tests.push_browser import PushBrowser, browser_of, raw

BROWSER = PushBrowser()


def test_the_tests_browser_reads_the_example_of_rfc_8291() -> None:
    browser = browser_of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "BTBZMqHH6r4Tts7J_aSIgg")
    body = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    )
    assert browser.decrypt(raw(body)) == b"When I grow up, I want to be a watermelon"


@given(some.binary(min_size=1, max_size=3072))
def test_what_was_said_is_read(said: bytes) -> None:
    body = encrypted(said, a_device(BROWSER))
    assert BROWSER.decrypt(body) == said
    assert len(body) == len(said) + 103 <= 4096


def test_nobody_else_reads_it() -> None:
    body = encrypted(b"hello", a_device(BROWSER))
    for other in (PushBrowser(), PushBrowser(BROWSER.key), PushBrowser(secret=BROWSER.secret)):
        with pytest.raises(InvalidTag):
            other.decrypt(body)


def test_no_key_or_salt_is_used_twice() -> None:
    heads = {encrypted(b"hello", a_device(BROWSER))[:86] for _ in range(3)}
    assert len({head[:16] for head in heads}) == len({head[21:] for head in heads}) == 3
