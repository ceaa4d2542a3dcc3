"""Frames are what the documents say, and nothing else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.adapters.wire import frames
from stonks.adapters.wire.examples import EXAMPLES

CLIENT = [EXAMPLES[kind] for kind in frames.CLIENT_FRAMES]


def test_every_frame_has_an_example_and_says_what_it_is() -> None:
    assert set(EXAMPLES) == {*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES}
    assert all(kind.__doc__ for kind in EXAMPLES)


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_an_example_is_read_and_written_as_it_stands(kind: type[msgspec.Struct]) -> None:
    read = msgspec.json.decode(msgspec.json.encode(EXAMPLES[kind]), type=kind)
    assert msgspec.to_builtins(read) == EXAMPLES[kind]


@pytest.mark.parametrize("example", CLIENT, ids=lambda example: example["type"])
def test_a_clients_example_is_understood(example: dict[str, object]) -> None:
    assert msgspec.to_builtins(frames.decode(msgspec.json.encode(example))) == example


@pytest.mark.parametrize("example", CLIENT, ids=lambda example: example["type"])
def test_unknown_fields_are_refused(example: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        frames.decode(msgspec.json.encode({**example, "role": "SUPERADMIN"}))


@pytest.mark.parametrize(
    ("example", "field"),
    [(example, field) for example in CLIENT for field in example],
    ids=lambda it: it if isinstance(it, str) else it["type"],
)
@pytest.mark.parametrize("wrong", [17.5, True, [], {"a": 1}], ids=repr)
def test_wrong_types_are_refused(example: dict[str, object], field: str, wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        frames.decode(msgspec.json.encode({**example, field: wrong}))


@pytest.mark.parametrize(("text", "nonce"), [("", ""), ("x" * 8000, "n" * 8000)])
def test_a_length_makes_no_frame_a_bad_one(text: str, nonce: str) -> None:
    """Whoever wrote it is told by its code."""
    said = {**EXAMPLES[frames.Send], "text": text, "nonce": nonce}
    assert msgspec.to_builtins(frames.decode(msgspec.json.encode(said))) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '"send"',
        "{",
        '{"type":"hello"}',
        '{"type":"send"}',
        '{"type":"subscribe","room":"x"}',
        '{"type":"subscribe","room":""}',
        '{"type":"authenticate","token":""}',
        '{"type":"subscribe","room":"0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c01","after":-1}',
        '{"type":"ping"}{"type":"ping"}',
        '{"x":' + "[" * 8000,
        '{"type":"ping","x":' + "[" * 8000,
    ],
)
def test_what_is_no_frame_is_refused(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        frames.decode(text)


@given(st.text() | st.binary())
def test_nothing_but_a_decode_error_comes_of_any_message(message: str | bytes) -> None:
    try:
        frames.decode(message)
    except msgspec.DecodeError:
        pass
    except UnicodeEncodeError:  # a lone surrogate, which no socket can carry
        assert isinstance(message, str)
