"""Theory T5 and law 5: closed forms, identity, continuity, and a past that never moves."""

from __future__ import annotations

import math
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.tempo import (
    GEOMETRIC,
    LINEAR_IN_BEATS,
    LINEAR_IN_TIME,
    TempoMap,
    TempoSegment,
    clamped,
    constant,
    ramp_length_for,
)
from leitmotor.music.time import QUARTER

SHAPES = (LINEAR_IN_TIME, LINEAR_IN_BEATS, GEOMETRIC)


@pytest.mark.parametrize(
    ("shape", "total", "middle"),
    [
        (LINEAR_IN_TIME, 10.666667, 6.198814),
        (LINEAR_IN_BEATS, 11.090355, 6.487442),
        (GEOMETRIC, 11.541560, 6.760890),
    ],
)
def test_t5_vectors_60_to_120_in_16_beats(shape: str, total: float, middle: float) -> None:
    ramp = TempoSegment(0, 0.0, 60.0, 120.0, 16 * QUARTER, shape)
    assert ramp.seconds_at(16 * QUARTER) == pytest.approx(total, abs=1e-6)
    assert ramp.seconds_at(8 * QUARTER) == pytest.approx(middle, abs=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_t5_ramp_agrees_with_numeric_integration(shape: str) -> None:
    ramp = TempoSegment(0, 0.0, 132.0, 66.0, 8 * QUARTER, shape)
    steps = 20_000
    width = ramp.length / steps
    total = sum(
        width / QUARTER * 60.0 / ramp.bpm_at(round((step + 0.5) * width)) for step in range(steps)
    )
    assert ramp.seconds_at(ramp.length) == pytest.approx(total, abs=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_t5_ramp_of_so_many_seconds_takes_them(shape: str) -> None:
    length = ramp_length_for(7.5, 60.0, 96.0, shape)
    ramp = TempoSegment(0, 0.0, 60.0, 96.0, length, shape)
    assert ramp.seconds_at(length) == pytest.approx(7.5, abs=1e-5)


bpms = st.floats(20.0, 400.0)
changes = st.lists(
    st.tuples(
        st.integers(0, 16 * QUARTER),
        bpms,
        st.integers(0, 16 * QUARTER),
        st.sampled_from(SHAPES),
    ),
    max_size=8,
)


def built(plan: list[tuple[int, float, int, str]]) -> TempoMap:
    tempo = TempoMap([constant(0, 0.0, 100.0)])
    tick = 0
    for gap, bpm, length, shape in plan:
        tick += gap
        seconds, reached = tempo.seconds_at(tick), tempo.bpm_at(tick)
        if length:
            tempo.change(clamped(TempoSegment(tick, seconds, reached, bpm, length, shape)))
        else:
            tempo.change([constant(tick, seconds, bpm)])
    return tempo


@given(changes, st.integers(0, 300 * QUARTER))
def test_law_5_tick_to_seconds_to_tick_is_the_identity(
    plan: list[tuple[int, float, int, str]], tick: int
) -> None:
    tempo = built(plan)
    assert tempo.tick_at(tempo.seconds_at(tick)) == tick


@given(changes, st.floats(0.0, 200.0))
def test_s3_seconds_to_ticks_rounds_up(
    plan: list[tuple[int, float, int, str]], seconds: float
) -> None:
    tempo = built(plan)
    tick = tempo.tick_at(seconds)
    assert tempo.seconds_at(tick) >= seconds
    assert tick == 0 or tempo.seconds_at(tick - 1) < seconds


@given(changes)
def test_law_5_ramps_are_continuous_and_time_moves_forward(
    plan: list[tuple[int, float, int, str]],
) -> None:
    tempo = built(plan)
    places = accumulate(gap for gap, *_ in plan)
    jumps = {place for place, (_, _, length, _) in zip(places, plan, strict=True) if not length}
    for before, after in zip(tempo.segments, tempo.segments[1:], strict=False):
        assert before.seconds_at(after.tick) == pytest.approx(after.seconds, abs=1e-9)
        if after.length and after.tick not in jumps:
            assert before.bpm_at(after.tick) == pytest.approx(after.bpm, rel=1e-6)
        assert tempo.seconds_at(after.tick + 1) > tempo.seconds_at(after.tick)


@given(changes, st.integers(0, 100 * QUARTER), bpms)
def test_law_5_the_past_never_moves(
    plan: list[tuple[int, float, int, str]], tick: int, bpm: float
) -> None:
    tempo = built(plan)
    places = range(0, tick + 1, max(tick // 20, 1))
    before = [tempo.seconds_at(place) for place in places]
    tempo.change([constant(tick, tempo.seconds_at(tick), bpm)])
    assert [tempo.seconds_at(place) for place in places] == before


@given(changes, st.integers(0, 100 * QUARTER))
def test_forgetting_changes_nothing_ahead(
    plan: list[tuple[int, float, int, str]], tick: int
) -> None:
    whole, short = built(plan), built(plan)
    short.forget_before(tick)
    for place in range(tick, tick + 64 * QUARTER, 5 * QUARTER):
        assert short.seconds_at(place) == whole.seconds_at(place)


@given(st.floats(1.0, 2000.0), st.floats(1.0, 2000.0), st.sampled_from(SHAPES))
def test_s22_ramps_are_clamped_to_20_400(start: float, end: float, shape: str) -> None:
    parts = clamped(TempoSegment(0, 0.0, start, end, 8 * QUARTER, shape))
    tempo = TempoMap(parts)
    for place in range(0, 12 * QUARTER, QUARTER // 3):
        assert 20.0 - 1e-6 <= tempo.bpm_at(place) <= 400.0 + 1e-6
        ramp = TempoSegment(0, 0.0, start, end, 8 * QUARTER, shape)
        wanted = min(max(ramp.bpm_at(place), 20), 400)
        assert math.isclose(tempo.bpm_at(place), wanted, rel_tol=1e-3)


def test_an_hour_with_a_thousand_changes_stays_within_a_millisecond_of_the_closed_form() -> None:
    tempo = TempoMap([constant(0, 0.0, 60.0)])
    tick, seconds = 0, 0.0
    for change in range(1000):
        bpm = 60.0 + (change * 37) % 100
        tempo.change([constant(tick, tempo.seconds_at(tick), bpm)])
        tick += 4 * QUARTER
        seconds += 4 * 60.0 / bpm
    assert abs(tempo.seconds_at(tick) - math.fsum([seconds])) < 1e-3
