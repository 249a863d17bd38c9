"""S32: chance is a function of seed and place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.dice import dice, draw, pick, shuffled

SEEDS = st.integers(-(2**63), 2**63)
PLACES = st.lists(st.integers() | st.text(max_size=8), max_size=4)


def test_s32_the_same_place_throws_the_same_on_every_machine() -> None:
    assert dice(0) == 0.558055757410363
    assert dice(7, "lead", "violin", 12, 0, 3) == 0.1820813117062876


def test_s32_neighbouring_values_cannot_run_together() -> None:
    throws = [dice(0, "ab"), dice(0, "a", "b"), dice(0, "1"), dice(0, 1), dice(1), dice(0, "1i")]
    assert len(set(throws)) == len(throws)


@given(SEEDS, PLACES)
def test_s32_throws_stay_in_their_range(seed: int, where: list[int | str]) -> None:
    assert 0.0 <= dice(seed, *where) < 1.0
    assert 2.0 <= draw(seed, 2.0, 6.0, *where) <= 6.0
    assert dice(seed, *where) == dice(seed, *where)


def test_s32_throws_are_evenly_spread() -> None:
    tenths = Counter(int(10 * dice(0, "spread", number)) for number in range(5000))
    assert sorted(tenths) == list(range(10))
    assert all(400 < count < 600 for count in tenths.values())


@given(SEEDS, st.integers(2, 9), st.integers(0, 200), st.text(max_size=8))
def test_s32_shuffled_never_gives_the_same_twice_running(
    seed: int, count: int, nth: int, name: str
) -> None:
    assert pick(seed, count, nth, name) != pick(seed, count, nth + 1, name)


@given(SEEDS, st.integers(1, 9), st.integers(0, 50), st.text(max_size=8))
def test_s32_every_round_gives_each_once(seed: int, count: int, round_: int, name: str) -> None:
    assert sorted(shuffled(seed, count, round_, name)) == list(range(count))
    series = [pick(seed, count, round_ * count + place, name) for place in range(count)]
    assert tuple(series) == shuffled(seed, count, round_, name)


def test_s32_orders_differ_from_round_to_round_and_from_series_to_series() -> None:
    assert len({shuffled(0, 5, round_, "themes") for round_ in range(40)}) > 20
    assert shuffled(0, 8, 0, "a") != shuffled(0, 8, 0, "b")


def test_s32_one_thing_comes_again_and_again_and_none_is_refused() -> None:
    assert [pick(0, 1, nth, "only") for nth in range(3)] == [0, 0, 0]
    with pytest.raises(ValueError, match="cannot shuffle 0 things"):
        pick(0, 0, 3, "none")
