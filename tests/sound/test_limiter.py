"""No peak passes the limiter, and what needs none comes out as it went in."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from leitmotor.sound.limiter import CEILING_DBTP, DELAY, Limiter
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Samples

RATE = 48000
FRAMES = 40 * LONGEST_BLOCK


def true_peak_db(sound: Samples) -> float:
    """Of sixteen times as many samples, by the spectrum of the whole."""
    frames = sound.shape[1]
    finer = np.fft.irfft(np.fft.rfft(sound.astype(np.float64)), 16 * frames) * 16.0
    return float(20.0 * np.log10(np.abs(finer).max()))


def limited(sound: Samples, block: int = LONGEST_BLOCK) -> Samples:
    """What comes out, with as much silence after it that the end comes out as well."""
    limiter = Limiter(RATE)
    sound = np.concatenate([sound, np.zeros((2, 3 * LONGEST_BLOCK), np.float32)], axis=1)
    starts = range(0, sound.shape[1], block)
    return np.concatenate([limiter.process(sound[:, s : s + block]).copy() for s in starts], axis=1)


def noise() -> NDArray[np.float64]:
    return np.random.default_rng(5).uniform(-1.0, 1.0, (2, FRAMES))


def bursts() -> NDArray[np.float64]:
    sound = 0.1 * noise()
    for start in range(1000, FRAMES, 4800):
        sound[:, start : start + 480] *= 100.0
    return sound


def voices() -> NDArray[np.float64]:
    """64 of them, each at full scale."""
    rng = np.random.default_rng(6)
    frames = np.arange(FRAMES) / RATE
    tones = [np.sin(2 * np.pi * (f * frames + p)) for f, p in rng.uniform(0, [4000, 1], (64, 2))]
    return np.stack([sum(tones[::2]), sum(tones[1::2])])


def sine(per_sample: float, gain: float, phase: float = 0.25) -> NDArray[np.float64]:
    tone = gain * np.sin(2 * np.pi * (per_sample * np.arange(FRAMES) + 0.5 * phase))
    # Let in gently: a sine that begins at once is a click as well.
    return np.stack([tone, 0.5 * tone]) * np.minimum(np.arange(FRAMES) / 2048.0, 1.0)


CLICKS = np.zeros((2, FRAMES))
CLICKS[:, 500::4801] = 15.0

LOUD = {
    "noise at full scale": noise(),
    "noise 24 dB above": 15.8 * noise(),
    "a peak between samples": sine(0.25, 1.4),
    "a peak between samples, 24 dB above": sine(0.25, 15.8),
    "bursts of 20 dB": bursts(),
    "64 voices": voices(),
    "low": sine(60.0 / RATE, 15.8),
    "high": sine(0.4, 4.0),
    "clicks": CLICKS,
}


@pytest.mark.parametrize("name", LOUD)
def test_no_true_peak_is_above_the_ceiling(name: str) -> None:
    sound = LOUD[name].astype(np.float32)
    assert true_peak_db(sound) > CEILING_DBTP
    out = limited(sound)
    assert CEILING_DBTP - 4.0 < true_peak_db(out) <= CEILING_DBTP + 0.05
    assert np.array_equal(limited(sound, QUANTUM), out)
    assert np.array_equal(limited(sound, 2 * QUANTUM), out)


def test_what_stays_below_comes_out_bit_by_bit() -> None:
    sound = (sine(440.0 / RATE, 0.85) + 0.001 * noise()).astype(np.float32)
    out = limited(sound)
    assert np.array_equal(out[:, DELAY : FRAMES + DELAY], sound)
    assert not out[:, :DELAY].any()
    assert DELAY <= 64


def test_it_lets_go_within_its_release() -> None:
    """After a burst the gain has 63 % of its way back in 80 to 150 ms, and all of it in the end."""
    sound = np.full((2, 2 * RATE // LONGEST_BLOCK * LONGEST_BLOCK), 0.25, np.float32)
    sound[:, 5000:5100] = 4.0
    gain = limited(sound)[0, DELAY : sound.shape[1]] / 0.25
    lowest = gain[5000:6000].min()
    back = np.argmax(gain[5164:] > lowest + 0.63 * (1.0 - lowest)) / RATE
    assert 0.080 < back < 0.150
    assert gain[-1] == 1.0


def test_both_sides_get_the_same_gain() -> None:
    sound = np.stack([bursts()[0], np.full(FRAMES, 0.1)]).astype(np.float32)
    out = limited(sound)[:, DELAY : FRAMES + DELAY]
    gain = out[1] / np.float32(0.1)
    assert gain.min() < 0.2
    np.testing.assert_allclose(out[0], sound[0] * gain, rtol=1e-4, atol=1e-6)


def test_it_tells_how_much_it_reduces() -> None:
    limiter = Limiter(RATE)
    limiter.process(np.full((2, QUANTUM), 0.1, np.float32))
    assert limiter.reduction_db == 0.0
    limiter.process(np.full((2, QUANTUM), 8.0, np.float32))
    assert limiter.reduction_db == pytest.approx(20.0, abs=1.5)
