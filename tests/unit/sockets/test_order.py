"""Batches come late, twice or not at all; out come entries in order, each once."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from stonks.adapters.wire.batches import Batch
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets.order import MOST_WAITING, Order

ROOM = RoomId(UUID(int=1))


def batch(first: int, last: int) -> Batch:
    return Batch(ROOM, first, last, b"")


def seqs(batches: list[Batch]) -> list[int]:
    return [seq for it in batches for seq in range(it.first, it.last + 1)]


@st.composite
def logs(draw: st.DrawFn) -> list[Batch]:
    """A log cut into batches, in any order, some of them twice or gone."""
    cuts = sorted(draw(st.sets(st.integers(2, 40), max_size=12)))
    edges = [1, *cuts, 41]
    whole = [batch(a, b - 1) for a, b in pairwise(edges)]
    kept = [it for it in whole if draw(st.integers(0, 4))]
    again = draw(st.lists(st.sampled_from(whole), max_size=4))
    return draw(st.permutations(kept + again))


@given(logs(), st.integers(0, 40))
def test_what_comes_out_is_a_run_of_the_log_without_gaps_or_doubles(
    heard: list[Batch], start: int
) -> None:
    order, out = Order(), []
    order.begin(start)
    for it in heard:
        out += seqs(order.take(it))
    assert order.position is not None
    assert out == list(range(start + 1, order.position + 1)) or out == sorted(set(out))
    assert order.position == (out[-1] if out else start)
    assert order.is_behind == (order.position < max([start, *(it.last for it in heard)]))


def test_a_late_batch_frees_those_that_waited_for_it() -> None:
    order = Order()
    order.begin(0)
    assert order.take(batch(3, 4)) == []
    assert order.take(batch(5, 5)) == []
    assert order.is_behind
    assert seqs(order.take(batch(1, 2))) == [1, 2, 3, 4, 5]
    assert not order.is_behind


def test_what_was_heard_before_the_position_is_known_is_not_forgotten() -> None:
    order = Order()
    assert order.take(batch(8, 9)) == []
    order.begin(7)
    assert order.position == 9


def test_a_batch_that_overlaps_is_left_to_the_log() -> None:
    order = Order()
    order.begin(5)
    assert order.take(batch(4, 7)) == []
    assert order.is_behind


def test_a_gap_that_is_never_filled_holds_only_so_much() -> None:
    order = Order()
    order.begin(0)
    for seq in range(2, 3 * MOST_WAITING):
        order.take(batch(seq, seq))
    assert len(seqs(order.take(batch(1, 1)))) == MOST_WAITING + 1
    assert order.is_behind
