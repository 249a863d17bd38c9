"""What tests measure on samples: pitch, brightness, attack, odd against even partials."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32] | NDArray[np.float64]


def power_spectrum(samples: Signal, rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies in Hz and the power at each. A loop that closes needs no window, nor gets one."""
    spectrum = np.fft.rfft(np.asarray(samples, dtype=np.float64))
    return np.fft.rfftfreq(len(samples), 1.0 / rate), np.square(np.abs(spectrum))


def pitch_cents(loop: Signal, rate: int, expected_hz: float, partials: int = 8) -> float:
    """How far a loop sounds from `expected_hz`, in cents.

    The centre of the power within 80 cents around each of the first partials is its mean frequency
    over the loop; vibrato, beating and noise around it do not matter. All partials count by their
    power.
    """
    hertz, power = power_spectrum(loop, rate)
    total, weight = 0.0, 0.0
    for nth in range(1, partials + 1):
        near = np.abs(hertz - nth * expected_hz) <= 0.047 * nth * expected_hz
        inside = power[near]
        if nth * expected_hz > 0.45 * rate or not inside.any():
            break
        total += float(np.sum(1200.0 * np.log2(hertz[near] / (nth * expected_hz)) * inside))
        weight += float(np.sum(inside))
    return total / weight


def spectral_centroid(samples: Signal, rate: int) -> float:
    """The mean frequency in Hz, weighted by power."""
    hertz, power = power_spectrum(samples, rate)
    return float(np.sum(hertz * power) / np.sum(power))


def odd_even_ratio_db(loop: Signal, rate: int, fundamental_hz: float, partials: int = 8) -> float:
    """Power of partials 1, 3, 5 … over that of 2, 4, 6 … among the first ones, in dB."""
    hertz, power = power_spectrum(loop, rate)
    sums = [1e-20, 1e-20]
    for nth in range(1, partials + 1):
        near = np.abs(hertz - nth * fundamental_hz) <= 0.3 * fundamental_hz
        sums[nth % 2] += float(np.sum(power[near]))
    return float(10.0 * np.log10(sums[1] / sums[0]))


def level(samples: Signal, window: int) -> NDArray[np.float64]:
    """The effective value around each sample, over `window` of them."""
    squares = np.concatenate([[0.0], np.cumsum(np.square(np.asarray(samples, dtype=np.float64)))])
    return np.sqrt(np.maximum(squares[window:] - squares[:-window], 0.0) / window)


def rise_time_10_90(
    samples: Signal, rate: int, window_seconds: float, settled: float | None = None
) -> float:
    """Seconds from 10 to 90 % of the level that the beginning of a note reaches.

    That level is `settled`; by default the mean from 0.3 to 0.8 s after half the greatest.
    The window should hold a period or more, and be short beside the attack.
    """
    risen = level(samples, max(1, round(window_seconds * rate)))
    if settled is None:
        begun = int(np.argmax(risen > 0.5 * risen.max()))
        span = risen[begun + round(0.3 * rate) : begun + round(0.8 * rate)]
        settled = float(np.mean(span))
    return float(np.argmax(risen > 0.9 * settled) - np.argmax(risen > 0.1 * settled)) / rate


def rms(samples: Signal) -> float:
    """Effective value."""
    return float(np.sqrt(np.mean(np.square(np.asarray(samples, dtype=np.float64)))))
