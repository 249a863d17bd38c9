"""The pool: bounded, and what is being played stays."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.sound.pool import Placed, Pool
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM
from leitmotor.sound.tables import Shape, Table


def table(length: int, loop_start: int, first: int = 0) -> Table:
    numbers = np.arange(first, first + length).astype(np.int16)
    return Table(numbers, -numbers, Shape(length, loop_start, 1.0, 1.0, 0.0, 0.1))


def test_a_block_over_the_end_reads_the_loop_again() -> None:
    pool = Pool(100_000)
    placed = pool.put("a", table(1000, 400), frozenset)
    assert placed is not None
    block = pool.blocks(np.array([placed.soft + 900]), QUANTUM)[0]
    assert block.tolist() == [*range(900, 1000), *range(400, 556)]


def test_a_block_before_the_beginning_reads_silence() -> None:
    pool = Pool(100_000)
    placed = pool.put("a", table(1000, 1000, 1), frozenset)
    assert placed is not None
    block = pool.blocks(np.array([placed.bright - 256, placed.soft + 1000]), QUANTUM)
    assert not block.any()


def test_a_loop_that_is_shorter_than_a_block_goes_round_in_it() -> None:
    pool = Pool(100_000)
    placed = pool.put("a", table(30, 20), frozenset)
    assert placed is not None
    block = pool.blocks(np.array([placed.soft + 20]), LONGEST_BLOCK)[0]
    assert block.tolist() == [20 + n % 10 for n in range(LONGEST_BLOCK)]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(100, 4000)), max_size=60))
def test_notes_never_overlap_and_the_longest_unused_give_way(
    asked: list[tuple[int, int]],
) -> None:
    pool = Pool(40_000)
    here: dict[int, Placed] = {}
    for key, length in asked:
        if pool.get(key) is None:
            placed = pool.put(key, table(length, length), frozenset)
            assert placed is not None
            here[key] = placed
        here = {each: where for each in here if (where := pool.get(each)) is not None}
        assert key in here
        stretches = sorted((placed.begin, placed.end) for placed in here.values())
        assert all(one[1] <= two[0] for one, two in pairwise(stretches))
        assert all(0 <= begin < end <= 40_000 for begin, end in stretches)


def test_what_is_played_stays_and_where_all_is_played_there_is_no_room() -> None:
    pool = Pool(20_000)
    first = pool.put("a", table(4000, 4000), frozenset)
    assert first is not None
    assert pool.put("b", table(4000, 4000), lambda: {first.begin}) is None
    assert pool.get("a") == first
    assert pool.put("c", table(4000, 4000), frozenset) is not None
    assert pool.get("a") is None
