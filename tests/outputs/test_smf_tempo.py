"""The file's tempo map against the performance's own seconds (S3, T5)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.music.tempo import (
    CONSTANT,
    GEOMETRIC,
    LINEAR_IN_BEATS,
    LINEAR_IN_TIME,
    TempoMap,
    TempoSegment,
    constant,
)
from leitmotor.music.time import QUARTER
from leitmotor.outputs.smf_tempo import (
    FILE_QUARTER,
    RATIO,
    TOLERANCE,
    FileClock,
    FileTempo,
    seconds_of,
)

SHAPES = st.sampled_from([CONSTANT, LINEAR_IN_TIME, LINEAR_IN_BEATS, GEOMETRIC])
BPM = st.floats(20, 400)


@st.composite
def plans(draw: st.DrawFn) -> list[TempoSegment]:
    """Segments one after the other, at any tick; ramps are cut, or end before the next begins."""
    parts = draw(st.lists(st.tuples(SHAPES, BPM, BPM, st.integers(1, 9 * QUARTER)), min_size=1))
    segments: list[TempoSegment] = []
    tick, seconds = 0, 0.0
    for shape, bpm, end_bpm, lasts in parts:
        ramp = draw(st.integers(QUARTER // 4, 12 * QUARTER)) if shape != CONSTANT else 0
        bpm_to = end_bpm if ramp else bpm
        # No faster than twice in a quarter, as the performer refuses more (T5).
        limit = 2.0 ** max(ramp / QUARTER, 0.01)
        bpm_to = min(max(bpm_to, bpm / limit), bpm * limit)
        segments.append(TempoSegment(tick, seconds, bpm, bpm_to, ramp, shape))
        tick += lasts
        seconds = segments[-1].seconds_at(tick)
    return segments


def written(segments: list[TempoSegment], end: int) -> list[FileTempo]:
    clock = FileClock()
    for segment in segments:
        clock.follow(segment)
    clock.place(end, TempoMap(segments).seconds_at(end))
    return clock.tempi()


@settings(max_examples=60, deadline=None)
@given(plans(), st.lists(st.floats(0, 1), max_size=30))
def test_any_plan_is_met_at_every_file_tick(plan: list[TempoSegment], shares: list[float]) -> None:
    true = TempoMap(plan)
    end = plan[-1].tick + 4 * QUARTER
    tempi = written(plan, end)
    assert tempi[0].tick == 0
    assert all(left.tick < right.tick for left, right in pairwise(tempi))
    places = [round(share * end) // RATIO for share in shares]
    places += [segment.tick // RATIO for segment in plan]
    for place in places:
        assert abs(seconds_of(tempi, place) - true.seconds_at(place * RATIO)) <= TOLERANCE


@pytest.mark.parametrize("bpm", [70.0, 61.7, 133.0])
def test_after_10_000_quarters_nothing_is_lost(bpm: float) -> None:
    """S3: error feedback; half a microsecond a quarter would be 5 ms."""
    tempi = written([constant(0, 0.0, bpm)], 10_000 * QUARTER)
    for quarter in range(0, 10_001, 7):
        at = seconds_of(tempi, quarter * FILE_QUARTER)
        assert abs(at - quarter * 60 / bpm) <= TOLERANCE
    assert all(abs(tempo.micros - 60e6 / bpm) < 2 for tempo in tempi)
    assert len(tempi) <= 250


def test_10_000_quarters_of_ramps_drift_nowhere() -> None:
    """S3, T5: 625 ramps of 16 quarters up and down."""
    segments: list[TempoSegment] = []
    seconds = 0.0
    for number in range(625):
        tempi = (60.0, 120.0) if number % 2 == 0 else (120.0, 60.0)
        start = number * 16 * QUARTER
        segments.append(TempoSegment(start, seconds, *tempi, 16 * QUARTER, LINEAR_IN_BEATS))
        seconds = segments[-1].seconds_at(start + 16 * QUARTER)
    file = written(segments, 10_000 * QUARTER)
    assert abs(seconds_of(file, 10_000 * FILE_QUARTER) - seconds) <= TOLERANCE


@pytest.mark.parametrize(
    ("shape", "whole", "half"),
    [
        (LINEAR_IN_TIME, 10.666667, 6.198814),
        (LINEAR_IN_BEATS, 11.090355, 6.487442),
        (GEOMETRIC, 11.541560, 6.760890),
    ],
)
def test_ramps_take_the_time_of_t5(shape: str, whole: float, half: float) -> None:
    file = written([TempoSegment(0, 0.0, 60.0, 120.0, 16 * QUARTER, shape)], 16 * QUARTER)
    assert seconds_of(file, 16 * FILE_QUARTER) == pytest.approx(whole, abs=TOLERANCE)
    assert seconds_of(file, 8 * FILE_QUARTER) == pytest.approx(half, abs=TOLERANCE)
    assert {tempo.tick % (FILE_QUARTER // 24) for tempo in file} == {0}


def test_a_steep_ramp_gets_a_finer_grid() -> None:
    file = written([TempoSegment(0, 0.0, 40.0, 80.0, QUARTER, LINEAR_IN_BEATS)], QUARTER)
    assert min(right.tick - left.tick for left, right in pairwise(file)) < FILE_QUARTER // 24


def test_a_ramp_that_is_cut_is_written_only_as_far_as_it_sounded() -> None:
    ramp = TempoSegment(0, 0.0, 60.0, 120.0, 16 * QUARTER, LINEAR_IN_TIME)
    cut = constant(4 * QUARTER, ramp.seconds_at(4 * QUARTER), 60.0)
    file = written([ramp, cut], 8 * QUARTER)
    after = [tempo.micros for tempo in file if tempo.tick >= 4 * FILE_QUARTER]
    assert set(after) <= {999_999, 1_000_000, 1_000_001}
    assert file[-1].tick <= 4 * FILE_QUARTER + 1


def test_exact_tempi_are_one_entry() -> None:
    assert written([constant(0, 0.0, 120.0)], 500 * QUARTER) == [FileTempo(0, 500_000)]
    assert written([constant(0, 0.0, 60.0)], 0) == [FileTempo(0, 1_000_000)]
    assert FileClock().tempi() == [FileTempo(0, 500_000)]


def test_standing_time_becomes_whole_quarters_in_the_file() -> None:
    """S26: in a hold the tick stands; S3: seconds decide."""
    clock = FileClock()
    clock.follow(constant(0, 0.0, 60.0))
    assert clock.place(4 * QUARTER, 4.0) == 4 * FILE_QUARTER
    assert clock.place(4 * QUARTER, 7.2) == 7 * FILE_QUARTER
    assert clock.place(5 * QUARTER, 8.2) == 8 * FILE_QUARTER
    tempi = clock.tempi()
    assert [tempo.tick // FILE_QUARTER for tempo in tempi] == [0, 4, 7]
    for place, seconds in ((4, 4.0), (7, 7.2), (8, 8.2)):
        assert seconds_of(tempi, place * FILE_QUARTER) == pytest.approx(seconds, abs=TOLERANCE)


def test_many_short_stands_keep_the_tempo_near() -> None:
    clock = FileClock()
    clock.follow(constant(0, 0.0, 60.0))
    for step in range(1, 41):
        place = clock.place(0, step * 0.04)
        assert abs(place / FILE_QUARTER - step * 0.04) < 0.1
    assert all(900_000 < tempo.micros < 1_100_000 for tempo in clock.tempi()[:-1])


@given(plans(), st.data())
@settings(max_examples=40, deadline=None)
def test_holds_anywhere_keep_every_event_in_time(
    plan: list[TempoSegment], data: st.DataObject
) -> None:
    true, clock, late = TempoMap(plan), FileClock(), 0.0
    clock.follow(plan[0])
    placed: list[tuple[int, float]] = []
    ticks = data.draw(st.lists(st.integers(0, plan[-1].tick // RATIO), max_size=12).map(sorted))
    changes = plan[1:]
    for tick in (place * RATIO for place in ticks):
        while changes and changes[0].tick <= tick:
            law = changes.pop(0)
            moved = TempoSegment(
                law.tick, law.seconds + late, law.bpm, law.end_bpm, law.length, law.shape
            )
            clock.follow(moved)
        late += data.draw(st.sampled_from([0.0, 0.0, 0.01, 0.5, 3.3]))
        placed.append(
            (clock.place(tick, true.seconds_at(tick) + late), true.seconds_at(tick) + late)
        )
    assert placed == sorted(placed)
    tempi = clock.tempi()
    for place, seconds in placed:
        assert abs(seconds_of(tempi, place) - seconds) <= TOLERANCE


def test_without_a_tempo_the_events_own_seconds_count() -> None:
    clock = FileClock()
    assert clock.place(2 * QUARTER, 3.0) == 2 * FILE_QUARTER
    clock.follow(constant(4 * QUARTER, 5.0, 60.0))
    clock.place(6 * QUARTER, 7.0)
    tempi = clock.tempi()
    assert seconds_of(tempi, 2 * FILE_QUARTER) == pytest.approx(3.0, abs=TOLERANCE)
    assert seconds_of(tempi, 6 * FILE_QUARTER) == pytest.approx(7.0, abs=TOLERANCE)


def test_a_count_in_begins_the_file() -> None:
    clock = FileClock()
    clock.follow(constant(-4 * QUARTER, -4.0, 60.0))
    assert clock.end == 0
    assert clock.place(0, 0.0) == 4 * FILE_QUARTER
    assert seconds_of(clock.tempi(), 4 * FILE_QUARTER) == pytest.approx(4.0)


def test_places_are_rounded_half_up_and_never_go_back() -> None:
    clock = FileClock()
    clock.follow(constant(0, 0.0, 60.0))
    assert [clock.place(tick, tick / QUARTER) for tick in (10, 11, 32, 33)] == [0, 1, 1, 2]
