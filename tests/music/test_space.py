"""T13: tone, distance and rooms as controllers and levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.space import distance_db, reverb_controller, tone_controller


@pytest.mark.parametrize(
    ("tone", "value"), [(-1.0, 1), (-0.8, 14), (0.0, 64), (0.8, 114), (1.0, 127), (1.6, 127)]
)
def test_t13_a_tone_is_a_controller_from_1_to_127(tone: float, value: int) -> None:
    assert tone_controller(tone) == value


def test_t13_every_doubling_beyond_a_metre_is_6_db_softer() -> None:
    assert [distance_db(metres) for metres in (0.0, 0.5, 1.0, 2.0, 4.0, 16.0)] == [
        0.0,
        0.0,
        0.0,
        -6.0,
        -12.0,
        -24.0,
    ]


def test_t13_a_room_is_heard_the_more_the_longer_it_rings_and_the_farther_one_stands() -> None:
    assert [reverb_controller(rings) for rings in (0.0, 0.5, 1.0, 4.0)] == [0, 22, 40, 99]
    assert [reverb_controller(1.0, metres) for metres in (0.0, 1.0, 2.0, 8.0)] == [40, 40, 67, 99]


@given(st.floats(0.0, 30.0), st.floats(0.0, 1000.0))
def test_t13_controllers_stay_within_their_range(rings: float, metres: float) -> None:
    assert 0 <= reverb_controller(rings, metres) <= 127
