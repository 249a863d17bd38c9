"""MIDI timecode: followed forwards and back, through losses, jumps and other rates."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.mtc import (
    FREEWHEEL,
    MtcNow,
    MtcReader,
    quarter_frame_bytes,
    quarter_frames,
)
from leitmotor.music.timecode import (
    FPS_24,
    FPS_25,
    FPS_30,
    FPS_2997_DROP,
    MTC_RATES,
    FrameRate,
    Timecode,
    timecode_at,
)

HOUR = 90_000  # frames at 25
every_rate = pytest.mark.parametrize("rate", MTC_RATES, ids=str)


def fed(
    reader: MtcReader, frames: Iterable[tuple[Fraction, bytes]], start: float = 0.0
) -> tuple[float, MtcNow]:
    """Feed quarter frames at their times; gives the last arrival and what is known then."""
    at = start
    for place, data in frames:
        at = start + float(place)
        reader.quarter(data[1], at)
    now = reader.now(at)
    assert now is not None
    return at, now


def test_t6_the_pieces_of_a_label() -> None:
    label = Timecode(1, 37, 52, 16, FPS_25)
    told = b"".join(quarter_frame_bytes(label.number, FPS_25, piece) for piece in range(8))
    assert told == bytes.fromhex("f100 f111 f124 f133 f145 f152 f161 f172")


def test_it_locks_after_two_labels_that_follow_each_other() -> None:
    reader = MtcReader()
    assert reader.now(0.0) is None
    pieces = list(quarter_frames(HOUR, FPS_25, 16))
    for place, data in pieces[:-1]:
        reader.quarter(data[1], float(place))
        assert reader.now(float(place)) is None
    reader.quarter(pieces[-1][1][1], 0.15)
    now = reader.now(0.15)
    assert now == MtcNow(FPS_25, pytest.approx(HOUR + 3.75), True, pytest.approx(1.0), 1, HOUR)


@every_rate
def test_a_round_trip_at_places_of_a_day(rate: FrameRate) -> None:
    """Around minutes, ten minutes, hours and midnight: the position is that of the writer."""
    minutes = [0, 1, 9, 10, 11, 59, 60, 61, 600, 719, 720, 1439, 1440]
    for minute in minutes:
        first = (minute * rate.day // 1440 - 10) % rate.day
        reader = MtcReader()
        for place, data in quarter_frames(first, rate, 100):
            at = float(place)
            reader.quarter(data[1], at)
            now = reader.now(at)
            if place >= Fraction(15) / (4 * rate.speed):
                assert now is not None
                assert now.running
                assert now.frames == pytest.approx(first + float(place * rate.speed), abs=1e-6)
                assert now.speed == pytest.approx(1.0)
        assert now is not None
        assert now.lock == 1
        assert now.label == str(timecode_at(first + 24, rate))


@every_rate
def test_backwards(rate: FrameRate) -> None:
    reader = MtcReader()
    first = 60 * rate.labels * 60
    _, now = fed(reader, quarter_frames(first, rate, 64, backwards=True))
    assert now.running
    assert now.frames == pytest.approx(first - 16)
    assert now.speed == pytest.approx(-1.0)


def test_it_freewheels_for_a_second_and_then_holds() -> None:
    reader = MtcReader()
    at, now = fed(reader, quarter_frames(HOUR, FPS_25, 80))
    half = reader.now(at + 0.5)
    assert half is not None
    assert half.running
    assert half.frames == pytest.approx(now.frames + 12.5)
    later, last = reader.now(at + FREEWHEEL + 0.01), reader.now(at + 100.0)
    assert later is not None
    assert last is not None
    assert not later.running
    assert later.frames == last.frames == pytest.approx(now.frames + 25 * FREEWHEEL)
    assert FREEWHEEL >= 1.0


def test_a_short_silence_and_lost_pieces_change_nothing() -> None:
    dice = random.Random(5)
    reader = MtcReader()
    kept = [
        (place, data)
        for place, data in quarter_frames(HOUR, FPS_25, 2000)
        if place < 1 or (dice.random() > 0.02 and not 5 < place < Fraction(57, 10))
    ]
    at, now = fed(reader, kept)
    assert now.lock == 1
    assert now.frames == pytest.approx(HOUR + 25 * at, abs=1e-3)


def test_after_silence_it_is_resumed() -> None:
    reader = MtcReader()
    at, _ = fed(reader, quarter_frames(HOUR, FPS_25, 80))
    _, now = fed(reader, quarter_frames(HOUR + 20, FPS_25, 80), at + 10.0)
    assert (now.lock, now.began, now.resumed) == (2, HOUR + 20, True)


@pytest.mark.parametrize("target", [HOUR + 5000, HOUR - 5000, 0])
def test_it_finds_itself_again_after_a_jump(target: int) -> None:
    reader = MtcReader()
    at, _ = fed(reader, quarter_frames(HOUR, FPS_25, 84))
    at, now = fed(reader, quarter_frames(target, FPS_25, 16), at + 0.01)
    assert (now.lock, now.began, now.resumed) == (2, target, False)
    assert now.frames == pytest.approx(target + 3.75)


def test_another_rate_is_another_stretch() -> None:
    reader = MtcReader()
    at, _ = fed(reader, quarter_frames(HOUR, FPS_25, 160))
    _, now = fed(reader, quarter_frames(108_000, FPS_2997_DROP, 64), at + 0.01)
    assert (now.rate, now.lock) == (FPS_2997_DROP, 2)
    assert now.frames == pytest.approx(108_000 + 15.75)


def test_a_full_frame_says_where_it_stands() -> None:
    reader = MtcReader()
    reader.full(Timecode(1, 0, 0, 0, FPS_30), 1.0)
    now = reader.now(50.0)
    assert now is not None
    assert (now.label, now.running) == ("01:00:00:00", False)
    _, now = fed(reader, quarter_frames(108_000, FPS_30, 16), 60.0)
    assert now.running
    same = timecode_at(int(now.frames), FPS_30)
    reader.full(same, 60.2)
    assert reader.now(60.2) is not None
    assert getattr(reader.now(60.2), "running", False)
    reader.full(Timecode(2, 0, 0, 0, FPS_30), 60.2)
    assert not getattr(reader.now(60.2), "running", True)


def test_jitter_is_smoothed() -> None:
    dice = random.Random(11)
    reader = MtcReader()
    errors = []
    for place, data in quarter_frames(HOUR, FPS_24, 3000):
        at = float(place) + dice.uniform(-0.004, 0.004)
        reader.quarter(data[1], at)
        now = reader.now(at)
        if now is not None and place > 3:
            errors.append((now.frames - HOUR) / 24 - at)
    assert (sum(e * e for e in errors) / len(errors)) ** 0.5 < 0.001


@given(
    st.lists(
        st.tuples(st.integers(0, 255), st.floats(0, 2), st.booleans()),
        max_size=60,
    )
)
def test_anything_may_come(pieces: list[tuple[int, float, bool]]) -> None:
    reader = MtcReader()
    at = 0.0
    for data, wait, jumps in pieces:
        at += wait
        if jumps:
            reader.full(timecode_at(data * 1000, MTC_RATES[data & 3]), at)
        reader.quarter(data, at)
        now = reader.now(at)
        assert now is None or now.frames == now.frames
