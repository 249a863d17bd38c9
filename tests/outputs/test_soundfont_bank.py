"""A source of the mixing desk over a synthesizer that is made up: what comes when, and what not."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.cello import BAR, control, end_of, note

from leitmotor.messages import Event, Panic
from leitmotor.outputs.fluidsynth import CHANNELS, GRAIN, Pointers
from leitmotor.outputs.soundfont_bank import TONE_CENTS, FontBank, SoundFontSource
from leitmotor.sound.samples import QUANTUM, Frames, Samples
from leitmotor.sound.source import Source

LONG = 8 * QUANTUM
UNIT = 1 / 128


class FakeSynth:
    """Every note is a constant: its pitch on the left, its velocity on the right, in UNITs."""

    def __init__(self) -> None:
        self.sounding: dict[tuple[int, int], int] = {}
        self.controls: list[tuple[int, int, int]] = []
        self.cents: list[float] = []
        self.rendered = 0
        self.factor = 1.0

    def load(self, file: str) -> bool:
        return bool(file)

    def select(self, channel: int, bank: int, preset: int) -> bool:
        return channel < CHANNELS and bank == preset == 0

    def note_on(self, channel: int, pitch: int, velocity: int) -> None:
        self.sounding[channel, pitch] = velocity

    def note_off(self, channel: int, pitch: int) -> None:
        self.sounding.pop((channel, pitch), None)

    def control(self, channel: int, controller: int, value: int) -> None:
        self.controls.append((channel, controller, value))

    def shift_filter(self, channel: int, cents: float) -> None:
        assert channel < CHANNELS
        self.cents.append(cents)

    def sounds_off(self, channel: int) -> None:
        self.sounding = {key: each for key, each in self.sounding.items() if key[0] != channel}

    def is_quiet(self) -> bool:
        return not self.sounding

    def render(self, frames: int, pointers: Pointers) -> None:
        assert frames % GRAIN == 0
        self.rendered += frames
        for (channel, pitch), velocity in self.sounding.items():
            for side, value in enumerate((pitch, velocity)):
                row = (ctypes.c_float * frames).from_address(pointers[2 * channel + side])
                for frame in range(frames):
                    row[frame] += self.factor * value * UNIT

    def close(self) -> None:
        self.sounding.clear()


def played(
    events: Sequence[tuple[Frames, Event]], blocks: Sequence[int] = (1,), length: Frames = LONG
) -> Samples:
    """What comes of events at frames, asked for in blocks of so many quanta, over and over."""
    bank = FontBank(FakeSynth())
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    return heard(source, events, blocks, length)


def heard(
    source: Source, events: Sequence[tuple[Frames, Event]], blocks: Sequence[int], length: Frames
) -> Samples:
    left, parts, begin = list(events), [], 0
    for quanta in cycle(blocks):
        end = begin + quanta * QUANTUM
        while left and left[0][0] < end:
            frame, event = left.pop(0)
            source.send(event, frame - begin)
        parts.append(source.render(quanta).copy())
        begin = end
        if begin >= length:
            return np.hstack(parts)[:, :length]
    raise AssertionError("no blocks")


@pytest.mark.parametrize(
    ("asked", "comes"), [(0, 0), (31, 0), (32, 64), (250, 256), (700, 704), (1023, 1024)]
)
def test_notes_begin_at_the_nearest_grain(asked: Frames, comes: Frames) -> None:
    out = played([(asked, note(1, 60, 90))], [4])
    assert np.flatnonzero(out[0])[0] == comes
    assert (out[0, comes:] == 60 * UNIT).all()
    assert (out[1, comes:] == 90 * UNIT).all()


@given(
    st.lists(st.tuples(st.integers(0, LONG - 1), st.integers(50, 56), st.booleans()), max_size=12),
    st.lists(st.integers(1, 4), min_size=1, max_size=5),
)
def test_samples_do_not_depend_on_the_blocks(
    notes: list[tuple[int, int, bool]], blocks: list[int]
) -> None:
    events = [
        (frame, note(number, pitch) if begins else end_of(number - 1, pitch))
        for number, (frame, pitch, begins) in enumerate(sorted(notes))
    ]
    assert np.array_equal(played(events, blocks), played(events, [1]))


def test_the_end_of_a_note_that_was_struck_again_ends_nothing() -> None:
    out = played([(0, note(1, 60)), (256, note(2, 60)), (512, end_of(1, 60)), (768, end_of(2, 60))])
    assert (out[0, 512:768] == 60 * UNIT).all()
    assert not out[:, 768:].any()


def test_a_bank_has_so_many_channels_and_each_its_own_sound() -> None:
    bank = FontBank(FakeSynth())
    sources = [SoundFontSource(bank, bank.take(0, 0), 1.0) for _ in range(CHANNELS)]
    assert not bank.has_room
    for number, source in enumerate(sources):
        source.send(note(1, 10 + number), 0)
    assert [source.render(2)[0, -1] / UNIT for source in sources] == list(range(10, 10 + CHANNELS))
    sources[3].close()
    sources[3].close()
    assert bank.has_room
    assert bank.take(0, 0) == 3
    assert not bank.has_room
    assert not SoundFontSource(bank, 3, 1.0).render(1).any()


def test_silence_fades_in_a_quantum_and_what_comes_then_sounds() -> None:
    bank = FontBank(FakeSynth())
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    source.send(note(1, 60), 0)
    source.render(1)
    source.send(note(2, 64), 100)
    source.silence()
    source.send(note(3, 67), 0)
    out = source.render(3)[0].copy()
    assert out[0] == 60 * UNIT
    assert out[QUANTUM - 1] == 0
    assert (np.diff(out[:QUANTUM]) < 0).all()
    assert (out[QUANTUM:] == 67 * UNIT).all()
    source.send(Panic(0, 0.0, BAR), 0)
    assert not source.render(2)[0, QUANTUM:].any()


def test_the_desks_own_controllers_pass_by() -> None:
    synth = FakeSynth()
    bank = FontBank(synth)
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    for controller in range(128):
        source.send(control(controller, 64), 0)
    source.render(1)
    passed = {controller for _, controller, _ in synth.controls}
    assert {1, 11, 64, 67} <= passed
    assert not passed & {0, 7, 10, 32, 74, 91, 93, 120, 121, 123, 126}


def test_a_setup_holds_before_the_first_event() -> None:
    synth = FakeSynth()
    bank = FontBank(synth)
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    source.prepare(((7, 90), (11, 73), (74, 127)))
    assert synth.controls == [(0, 11, 73)]
    assert synth.cents == [0.0, TONE_CENTS]


def test_tone_moves_the_filter_and_stays_in_its_bounds() -> None:
    synth = FakeSynth()
    bank = FontBank(synth)
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    for value in (64, 127, 0):
        source.send(control(74, value), 0)
    source.render(1)
    assert synth.cents == [0.0, 0.0, TONE_CENTS, -TONE_CENTS]


@pytest.mark.parametrize("factor", [float("nan"), float("inf"), 1e20])
def test_nonsense_is_told_once_and_silent_for_good(factor: float) -> None:
    synth, told = FakeSynth(), list[str]()
    bank = FontBank(synth)
    good = SoundFontSource(bank, bank.take(0, 0), 1.0)
    bad = SoundFontSource(bank, bank.take(0, 0), 1.0, lambda: told.append("bad"))
    bad.send(note(1, 60), 0)
    synth.factor = factor
    assert not bad.render(1).any()
    synth.factor = 1.0
    bad.send(note(2, 62), 0)
    good.render(1)
    good.send(note(3, 64), 0)
    assert not bad.render(2).any()
    assert (good.render(2)[0] == 64 * UNIT).all()
    assert told == ["bad"]


def test_nothing_is_rendered_while_nothing_sounds() -> None:
    synth = FakeSynth()
    bank = FontBank(synth)
    source = SoundFontSource(bank, bank.take(0, 0), 1.0)
    assert not source.render(4).any()
    assert synth.rendered == 0
    source.send(note(1, 60), 512)
    source.render(4)
    assert synth.rendered == 512
