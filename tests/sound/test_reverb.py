"""The room (T13): how long it rings, how evenly, and that no blocking is heard."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from leitmotor.sound.reverb import MOVE_SECONDS, Reverb
from leitmotor.sound.rooms import LINES, acoustics, line_delays
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Samples

RATE = 48000
UNHEARD = 1e-18
"""Below this is only what keeps numbers from becoming subnormal."""


def entered(rings: float, rate: int = RATE) -> Reverb:
    """A reverb that has become the room, and is silent."""
    reverb = Reverb(rate)
    reverb.set_room(rings)
    nothing = np.zeros((2, QUANTUM), np.float32)
    for _ in range(int(MOVE_SECONDS * rate / QUANTUM) + 2):
        reverb.process(nothing)
    return reverb


def response(rings: float, seconds: float, rate: int = RATE) -> NDArray[np.float64]:
    """What comes back of a click on the left."""
    reverb = entered(rings, rate)
    block = np.zeros((2, LONGEST_BLOCK), np.float32)
    block[0, 0] = 1.0
    heard = []
    for _ in range(int(seconds * rate / LONGEST_BLOCK) + 1):
        heard.append(reverb.process(block).copy())
        block[0, 0] = 0.0
    return np.concatenate(heard, axis=1).astype(np.float64)


def ringing_time(click: NDArray[np.float64], rate: int = RATE) -> float:
    """T30: what falls from -5 to -35 dB by Schroeder's integration, continued to -60 dB."""
    energy = np.cumsum((click**2).sum(axis=0)[::-1])[::-1]
    levels = 10.0 * np.log10(energy / energy[0] + 1e-30)
    first, last = np.argmax(levels < -5.0), np.argmax(levels < -35.0)
    slope = np.polyfit(np.arange(first, last) / rate, levels[first:last], 1)[0]
    return float(-60.0 / slope)


def octave(click: NDArray[np.float64], middle: float) -> NDArray[np.float64]:
    frames = click.shape[1]
    hertz = np.maximum(np.fft.rfftfreq(2 * frames, 1.0 / RATE), 1.0)
    band = np.exp(-0.5 * (np.log2(hertz / middle) / 0.35) ** 2)
    return np.fft.irfft(np.fft.rfft(click, 2 * frames) * band)[:, :frames]


@pytest.mark.parametrize("rings", [0.2, 0.5, 1.0, 2.0, 2.8, 4.0])
def test_a_room_rings_as_long_as_was_said(rings: float) -> None:
    click = response(rings, 1.4 * rings + 0.3)
    assert ringing_time(click) == pytest.approx(rings, rel=0.15)
    for middle in (500.0, 1000.0):
        assert ringing_time(octave(click, middle)) == pytest.approx(rings, rel=0.15)


@pytest.mark.parametrize("rate", [44100, 96000])
def test_it_rings_as_long_at_other_rates(rate: int) -> None:
    assert ringing_time(response(1.0, 1.6, rate), rate) == pytest.approx(1.0, rel=0.15)


def test_highs_are_lost_sooner_than_the_middle() -> None:
    click = response(2.0, 3.0)
    assert ringing_time(octave(click, 8000.0)) < 0.8 * ringing_time(octave(click, 500.0))


def test_rooms_return_as_much_energy_as_they_are_sent() -> None:
    """Pink: the mean over octaves. A larger room is longer, not louder."""
    sent = np.zeros((2, 2048))
    sent[0, 0] = 1.0
    for rings in (0.5, 1.0, 2.0, 4.0, 8.0):
        click = response(rings, 1.2 * rings)
        levels = [
            10.0 * np.log10((octave(click, f) ** 2).sum() / (octave(sent, f) ** 2).sum())
            for f in (250.0, 500.0, 1000.0, 2000.0, 4000.0)
        ]
        assert abs(np.mean(levels)) < 2.0


def test_the_tail_is_dense_and_has_no_flutter() -> None:
    """As many samples lie beyond one deviation as in noise, and no delay repeats itself."""
    left = response(2.0, 1.0)[0]
    tail = left[int(0.25 * RATE) : int(0.45 * RATE)]
    level = np.sqrt(np.convolve(tail**2, np.ones(960) / 960, "same"))
    assert np.mean(np.abs(tail) > level) > 0.8 * 0.317
    early = left[: int(0.02 * RATE)]
    assert np.mean(np.abs(early) < UNHEARD) > 0.9  # it grows: first there are single echoes
    flat = octave(tail[None, :], 1000.0)[0]
    alike = np.fft.irfft(np.abs(np.fft.rfft(flat, 2 * len(flat))) ** 2)[: len(flat)]
    assert np.max(np.abs(alike[480:])) < 0.35 * alike[0]


def test_the_sides_are_different() -> None:
    click = response(2.0, 1.0)
    assert abs(np.corrcoef(click)[0, 1]) < 0.1


def test_a_small_room_answers_earlier() -> None:
    small, large = response(0.5, 0.2)[0], response(4.0, 0.2)[0]
    first, later = (np.flatnonzero(np.abs(click) > UNHEARD) for click in (small, large))
    assert first[0] < 0.010 * RATE < later[0] < 0.030 * RATE
    soon = 0.030 * RATE
    assert np.count_nonzero(first < soon) > 1.5 * np.count_nonzero(later < soon)


def through(blocks: tuple[int, ...], sound: Samples, rooms: dict[int, float]) -> Samples:
    """The sound in blocks of so many quanta, in rooms that change at the frames given."""
    reverb = Reverb(RATE)
    heard, frame, count = [], 0, 0
    while frame < sound.shape[1]:
        if frame in rooms:
            reverb.set_room(rooms[frame])
        change = min((at for at in rooms if at > frame), default=sound.shape[1])
        end = min(frame + blocks[count % len(blocks)] * QUANTUM, change, sound.shape[1])
        heard.append(reverb.process(sound[:, frame:end]).copy())
        frame, count = end, count + 1
    return np.concatenate(heard, axis=1)


def test_any_blocking_gives_the_same_samples() -> None:
    sound = np.random.default_rng(1).standard_normal((2, 600 * QUANTUM)).astype(np.float32)
    sound[:, 500 * QUANTUM :] = 0.0
    rooms = {0: 2.0, 100 * QUANTUM: 0.5, 120 * QUANTUM: 4.0, 300 * QUANTUM: 0.0, 420 * QUANTUM: 1.0}
    expected = through((1,), sound, rooms)
    assert np.abs(expected).max() > 0.1
    for blocks in ((4,), (3,), (1, 2, 3, 4)):
        assert np.array_equal(through(blocks, sound, rooms), expected)


def test_changing_the_room_does_not_click() -> None:
    """A low tone stays a low tone: nothing jumps more than it does in either room."""
    tone = 0.3 * np.sin(2.0 * np.pi * 110.0 * np.arange(RATE * 4 // QUANTUM * QUANTUM) / RATE)
    sound = np.stack([tone, tone]).astype(np.float32)
    second = RATE // QUANTUM * QUANTUM
    heard = through((2,), sound, {0: 1.0, second: 4.0, 2 * second: 0.3, 3 * second: 0.0})
    bends = np.abs(np.diff(heard, 3))
    settled = bends[:, second // 2 : second].max()
    assert bends[:, second:].max() < 1.5 * settled


def test_dry_is_silent_and_forgets() -> None:
    reverb = entered(4.0)
    noise = np.random.default_rng(2).standard_normal((2, LONGEST_BLOCK)).astype(np.float32)
    assert np.abs(reverb.process(noise)).max() > 0.0
    reverb.set_room(0.0)
    for _ in range(int(MOVE_SECONDS * RATE / LONGEST_BLOCK) + 2):
        reverb.process(noise)
    assert not reverb.process(noise).any()
    reverb.set_room(4.0)
    assert np.abs(reverb.process(np.zeros_like(noise))).max() < UNHEARD


def test_what_is_no_number_counts_as_silence() -> None:
    broken, whole = entered(1.0), entered(1.0)
    sound = np.ones((2, QUANTUM), np.float32)
    silenced = sound.copy()
    silenced[0, 7] = 0.0
    sound[0, 7] = np.nan
    nothing = np.zeros((2, QUANTUM), np.float32)
    assert np.array_equal(broken.process(sound), whole.process(silenced))
    for _ in range(20):
        assert np.array_equal(broken.process(nothing), whole.process(nothing))


def test_a_tail_never_becomes_subnormal() -> None:
    """Numbers that small are slow: after a minute of silence none is left in the lines."""
    reverb = entered(0.2)
    reverb.process(np.ones((2, LONGEST_BLOCK), np.float32))
    nothing = np.zeros((2, LONGEST_BLOCK), np.float32)
    for _ in range(60 * RATE // LONGEST_BLOCK):
        heard = reverb.process(nothing)
    assert np.abs(heard).max() < UNHEARD
    sizes = np.abs(reverb._memory[:LINES])
    assert not ((sizes > 0.0) & (sizes < np.finfo(np.float32).tiny)).any()


@pytest.mark.parametrize("rate", [44100, 48000, 88200, 96000])
def test_no_line_is_shorter_than_a_block(rate: int) -> None:
    delays = line_delays(rate)
    assert len(set(delays)) == LINES
    assert min(delays) > LONGEST_BLOCK
    assert max(delays) < 0.085 * rate
    assert (acoustics(30.0, rate).gains.sum(axis=0) < 1.0).all()
