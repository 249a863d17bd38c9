"""MIDI clock followed through jitter, losses and storms, and written on a tempo map."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.midi_clock import (
    CLOCK_BYTES,
    ClockMessage,
    MidiClockReader,
    clock_messages,
    position_bytes,
)
from leitmotor.cues.midi_stream import MidiStream
from leitmotor.music.tempo import LINEAR_IN_TIME, TempoMap, TempoSegment, constant
from leitmotor.music.time import QUARTER


def period(bpm: float) -> float:
    return 60.0 / (24 * bpm)


def ticking(reader: MidiClockReader, bpm: float, count: int, start: float = 0.0) -> float:
    """So many even ticks; gives when the next one is due."""
    for number in range(count):
        reader.tick(start + number * period(bpm))
    return start + count * period(bpm)


@pytest.mark.parametrize("bpm", [40.0, 60.0, 120.0, 180.0, 300.0])
def test_a_steady_clock_is_followed_exactly(bpm: float) -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    at = ticking(reader, bpm, 240)
    now = reader.now(at)
    assert now.running
    assert now.bpm == pytest.approx(bpm)
    assert now.quarters == pytest.approx(10.0)


@pytest.mark.parametrize(("bpm", "lost"), [(60, 0.02), (120, 0.02), (180, 0.0), (240, 0.0)])
@pytest.mark.parametrize("seed", range(3))
def test_jitter_of_5_ms_leaves_2_ms_of_phase(bpm: float, lost: float, seed: int) -> None:
    """Root mean square, after two bars, also with one tick in fifty missing (reliability I 77)."""
    dice = random.Random(seed)
    reader = MidiClockReader()
    reader.start(0.0)
    errors = []
    for number in range(24 * 60):
        at = number * period(bpm) + dice.uniform(-0.005, 0.005)
        if number > 48 and dice.random() < lost:
            continue
        reader.tick(at)
        if number > 192:
            quarters = reader.now(at).quarters
            errors.append(quarters * 60 / bpm - at)
    rms = (sum(e * e for e in errors) / len(errors)) ** 0.5
    assert rms <= 0.002
    assert reader.now(at).bpm == pytest.approx(bpm, rel=0.02)


def test_missing_ticks_are_counted() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    for number in range(240):
        if number not in (50, 51, 90, 120, 121, 122):
            reader.tick(number * period(120))
    assert reader.now(240 * period(120)).quarters == pytest.approx(10.0)
    assert reader.faults["lost tick"] == 6


def test_a_burst_after_a_stall_is_counted_once() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    for number in range(240):
        late = 103 * period(120) if 100 <= number < 103 else 0.0
        reader.tick(max(number * period(120), late))
    assert reader.now(240 * period(120)).quarters == pytest.approx(10.0, abs=0.02)


def test_half_the_tempo_is_no_loss() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    at = ticking(reader, 120, 96)
    at = ticking(reader, 60, 96, at + period(60) - period(120))
    now = reader.now(at)
    assert now.bpm == pytest.approx(60.0, rel=0.01)
    assert now.quarters == pytest.approx(8.0, abs=0.1)


def test_a_double_start_is_one_start_and_a_later_one_goes_back() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    reader.start(0.001)
    at = ticking(reader, 120, 48, 0.01)
    assert reader.faults["double start"] == 1
    assert reader.now(at).quarters == pytest.approx(2.0)
    reader.start(at)
    at = ticking(reader, 120, 24, at)
    assert reader.now(at).quarters == pytest.approx(1.0)


def test_a_storm_of_stops_stands_where_the_first_one_did() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    at = ticking(reader, 120, 48)
    for _ in range(1000):
        reader.stop()
    stood = reader.now(at).quarters
    at = ticking(reader, 120, 96, at)
    assert (reader.now(at).running, reader.now(at).quarters) == (False, stood)
    reader.resume(at)
    at = ticking(reader, 120, 24, at)
    assert reader.now(at).quarters == pytest.approx(stood + 1.0)


def test_song_position_counts_sixteenths_and_only_while_it_stands() -> None:
    reader = MidiClockReader()
    reader.song_position(8)
    reader.resume(0.0)
    at = ticking(reader, 120, 24)
    assert reader.now(at).quarters == pytest.approx(3.0)
    reader.song_position(0)
    assert reader.now(at).quarters == pytest.approx(3.0)


def test_without_ticks_it_stands() -> None:
    reader = MidiClockReader()
    reader.start(0.0)
    at = ticking(reader, 120, 48)
    assert not reader.now(at + 2.0).running
    assert reader.now(at + 2.0).quarters == 2.0


@given(st.lists(st.tuples(st.sampled_from("tscxp"), st.floats(0, 3)), max_size=80))
def test_anything_may_come(steps: list[tuple[str, float]]) -> None:
    reader = MidiClockReader()
    at = 0.0
    for what, wait in steps:
        at += wait
        match what:
            case "t":
                reader.tick(at)
            case "s":
                reader.start(at)
            case "c":
                reader.resume(at)
            case "x":
                reader.stop()
            case _:
                reader.song_position(int(wait * 5000))
        now = reader.now(at)
        assert now.quarters >= 0.0
        assert now.bpm == 0.0 or 10.0 <= now.bpm <= 999.0


# -- writing ---------------------------------------------------------------------------------------


def read(messages: Iterator[ClockMessage]) -> MidiClockReader:
    """A reader that is given what the writer wrote, as bytes on a wire."""
    reader, stream = MidiClockReader(), MidiStream()
    for message in messages:
        for each in stream.feed(message.data):
            match each.status:
                case 0xF8:
                    reader.tick(message.seconds)
                case 0xFA:
                    reader.start(message.seconds)
                case 0xFB:
                    reader.resume(message.seconds)
                case 0xFC:
                    reader.stop()
                case 0xF2:
                    reader.song_position(each.data[0] | each.data[1] << 7)
    return reader


def test_24_ticks_a_quarter_at_the_times_of_the_map() -> None:
    tempo = TempoMap([constant(0, 0.0, 120.0)])
    start, *ticks, stop = clock_messages(tempo, 0, 2 * QUARTER)
    assert (start.data, stop.data) == (b"\xfa", b"\xfc")
    assert [tick.data for tick in ticks] == [CLOCK_BYTES] * 48
    assert [tick.tick for tick in ticks] == [n * QUARTER // 24 for n in range(48)]
    assert [tick.seconds for tick in ticks] == pytest.approx([n / 48 for n in range(48)])


def test_it_follows_a_ramp() -> None:
    ramp = TempoSegment(0, 0.0, 60.0, 120.0, 8 * QUARTER, LINEAR_IN_TIME)
    end = ramp.seconds_at(8 * QUARTER)
    tempo = TempoMap([ramp, constant(8 * QUARTER, end, 120.0)])
    *_, stop = messages = list(clock_messages(tempo, 0, 16 * QUARTER))
    assert stop.seconds == tempo.seconds_at(16 * QUARTER)
    reader = read(iter(messages[:-1]))
    now = reader.now(messages[-2].seconds)
    assert now.bpm == pytest.approx(120.0, rel=0.01)
    assert now.quarters == pytest.approx(16.0, abs=0.1)


def test_from_elsewhere_song_position_and_continue_come_first() -> None:
    tempo = TempoMap([constant(0, 0.0, 120.0)])
    messages = list(clock_messages(tempo, 5 * QUARTER + 1, 9 * QUARTER))
    assert [m.data for m in messages[:3]] == [b"\xf2\x15\x00", b"\xfb", CLOCK_BYTES]
    assert messages[2].tick == 5 * QUARTER + QUARTER // 4
    reader = read(iter(messages[:-1]))
    assert reader.now(messages[-2].seconds).quarters == pytest.approx(9 - 1 / 24)


def test_song_position_by_its_definition() -> None:
    assert position_bytes(0) == (b"\xf2\x00\x00", 0)
    assert position_bytes(200 * QUARTER) == (b"\xf2\x20\x06", 200 * QUARTER)
    assert position_bytes(4096 * QUARTER)[0] == b"\xf2\x00\x00"
