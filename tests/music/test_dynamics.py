"""Theory T9 and S23: marks, decibels, velocities and controllers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.dynamics import (
    MARKS,
    SILENCE_DB,
    SILENCE_STEP,
    between,
    clipped_velocity,
    decibels,
    expression,
    level_controller,
    level_of,
    mark_of,
    step_at,
    velocity,
)

T9 = [
    ("ppp", 16, 25, -28.0),
    ("pp", 33, 36, -22.0),
    ("p", 49, 48, -17.0),
    ("mp", 64, 60, -13.0),
    ("mf", 80, 74, -9.5),
    ("f", 96, 90, -6.0),
    ("ff", 112, 107, -3.0),
    ("fff", 126, 127, 0.0),
]
STEPS = st.floats(SILENCE_STEP, 7.0)


@pytest.mark.parametrize(("mark", "struck", "cc11", "db"), T9)
def test_t9_table_of_marks(mark: str, struck: int, cc11: int, db: float) -> None:
    step = level_of(mark)
    assert (velocity(step), expression(step), decibels(step)) == (struck, cc11, db)
    assert (mark_of(step), step_at(db)) == (mark, step)


@pytest.mark.parametrize(
    ("db", "value"),
    [(-3, 107), (-6, 90), (-9, 76), (-10, 71), (-12, 64), (-15, 54), (-20, 40)],
)
def test_t9_inverse_of_the_gm_gain(db: float, value: int) -> None:
    assert level_controller(db, 127) == value


def test_t12_level_is_a_controller_below_its_base() -> None:
    assert (level_controller(-10), level_controller(-10, 90), level_controller(0)) == (56, 51, 100)
    assert (level_controller(30), level_controller(SILENCE_DB)) == (127, 0)


def test_t9_an_unknown_mark_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match='"fffff" is not a dynamic; did you mean "fff"'):
        level_of("fffff")


def test_t9_ends_of_the_scale() -> None:
    assert (decibels(9), decibels(-1)) == (0.0, -34.0)
    assert decibels(SILENCE_STEP) == pytest.approx(SILENCE_DB)
    assert (decibels(-50), expression(-50)) == (SILENCE_DB, 0)
    assert (velocity(-9), velocity(9), clipped_velocity(200)) == (1, 127, 127)
    assert (mark_of(-3), mark_of(4.4), mark_of(12)) == ("ppp", "mf", "fff")


def test_t9_a_hairpin_is_linear_in_decibels() -> None:
    half = between(level_of("p"), level_of("f"), 0.5)
    assert decibels(half) == pytest.approx((-17 + -6) / 2)


@given(STEPS, STEPS, st.floats(0, 1))
def test_t9_hairpins_are_exact_at_their_ends_and_never_leave_them(
    a: float, b: float, fraction: float
) -> None:
    assert (between(a, b, 0), between(a, b, 1)) == (a, b)
    assert min(a, b) - 1e-9 <= between(a, b, fraction) <= max(a, b) + 1e-9


@given(STEPS, STEPS)
def test_t9_everything_grows_with_the_step(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert decibels(low) <= decibels(high)
    assert 0 <= expression(low) <= expression(high) <= 127
    assert 1 <= velocity(low) <= velocity(high) <= 127


@given(STEPS)
def test_t9_step_at_undoes_decibels(step: float) -> None:
    assert step_at(decibels(step)) == pytest.approx(step, abs=1e-9)
    assert mark_of(step) in MARKS
