"""What counts as an answer to a challenge."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stonks.application.webhooks.challenges import is_answered

CHALLENGE = "kX9vB2nQ7rT4wZ1mC6pL8sD3fG5hJ0aY-_eUiOoPqRs"
JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
)


@pytest.mark.parametrize(
    "body",
    [
        CHALLENGE,
        f"\r\n {CHALLENGE}\t",
        json.dumps({"challenge": CHALLENGE}),
        json.dumps({"challenge": CHALLENGE, "more": [1, {"a": None}]}, indent=2),
    ],
)
def test_the_challenge_alone_or_named_in_an_object_is(body: str) -> None:
    assert is_answered(body.encode(), CHALLENGE)


@pytest.mark.parametrize(
    "body",
    [
        CHALLENGE[:-1],
        f"{CHALLENGE}x",
        CHALLENGE.lower(),
        f"{CHALLENGE} {CHALLENGE}",
        json.dumps(CHALLENGE),
        json.dumps([CHALLENGE]),
        json.dumps({"data": {"challenge": CHALLENGE}}),
        json.dumps({"challenge": [CHALLENGE]}),
        json.dumps({"challenge": f" {CHALLENGE} "}),
        json.dumps({"Challenge": CHALLENGE}),
    ],
)
def test_what_is_like_it_is_not(body: str) -> None:
    assert not is_answered(body.encode(), CHALLENGE)


def test_another_encoding_than_utf_8_is_not() -> None:
    named = json.dumps({"challenge": CHALLENGE})
    assert not is_answered(named.encode("utf-16"), CHALLENGE)
    assert not is_answered(b"\xef\xbb\xbf" + named.encode(), CHALLENGE)


@given(some.binary() | JSON.map(lambda it: json.dumps({"challenge": it}).encode()))
def test_no_answer_breaks_whoever_reads_it(body: bytes) -> None:
    assert not is_answered(body, CHALLENGE)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"challenge":['])
def test_denial_an_answer_of_nothing_but_depth_is_read_and_is_none(opening: bytes) -> None:
    assert not is_answered(opening * (4096 // len(opening)), CHALLENGE)
