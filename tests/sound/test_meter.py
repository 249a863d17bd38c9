"""The meter that listens along (T12): what it shows, whatever the blocks are."""

from __future__ import annotations

import math

import numpy as np
import pytest

from leitmotor.sound.loudness import integrated
from leitmotor.sound.meter import MEMORY_SECONDS, LoudnessMeter
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Samples


def pink(seconds: float, rate: int, seed: int = 4) -> Samples:
    """Stereo noise with as much power in each octave, at about -15 LUFS."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal((2, int(seconds * rate))))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.shape[1]), 1.0))
    noise = np.fft.irfft(spectrum)
    return (0.1 * noise / noise.std()).astype(np.float32)


def listen(meter: LoudnessMeter, sound: Samples, block: int = LONGEST_BLOCK) -> None:
    for start in range(0, sound.shape[1], block):
        meter.listen(sound[:, start : start + block])


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_it_agrees_with_the_recommendation(rate: int) -> None:
    sound = pink(15.0, rate)
    sound[:, 5 * rate : 8 * rate] *= 0.1  # gated away
    meter = LoudnessMeter(rate)
    listen(meter, sound)
    assert meter.integrated == pytest.approx(integrated(sound, rate), abs=0.2)
    assert meter.momentary == pytest.approx(meter.integrated, abs=1.0)


def test_any_blocking_shows_the_same() -> None:
    sound = pink(4.0, 48000)
    meters = [LoudnessMeter(48000) for _ in range(3)]
    for meter, block in zip(meters, (QUANTUM, 3 * QUANTUM, LONGEST_BLOCK), strict=True):
        listen(meter, sound, block)
    assert len({(meter.integrated, meter.momentary) for meter in meters}) == 1


def test_silence_neither_counts_nor_makes_forget() -> None:
    meter = LoudnessMeter(48000)
    assert meter.integrated == meter.momentary == -math.inf
    listen(meter, pink(3.0, 48000))
    before = meter.integrated
    listen(meter, np.zeros((2, 48000 * 10), np.float32))
    assert meter.momentary == -math.inf
    # The last blocks that are not quite silent count.
    assert meter.integrated == pytest.approx(before, abs=0.5)


def test_what_is_long_ago_is_forgotten() -> None:
    meter = LoudnessMeter(48000, expected=-10.0, expected_seconds=20.0)
    assert meter.integrated == pytest.approx(-10.0, abs=0.2)
    soft = pink(3.0, 48000) * np.float32(0.7)
    for _ in range(int(5 * MEMORY_SECONDS / 3.0)):
        listen(meter, soft)
    assert meter.integrated == pytest.approx(integrated(soft, 48000), abs=0.5)
