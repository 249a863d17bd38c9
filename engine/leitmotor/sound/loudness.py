"""How loud samples are to people, by ITU-R BS.1770-4 (theory T12).

The K weighting is applied to spectra. Levels are LUFS; what is silent has -inf.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.sound.samples import TAU, Samples

SILENCE_LUFS = -70.0
"""What is softer than this is no part of a programme."""

_RELATIVE_GATE = -10.0  # LU, against everything that is louder than silence
_OFFSET = -0.691  # dB: a 997 Hz sine of full scale in one channel has -3.01 LUFS
_HOP: Seconds = 0.1
_HOPS_IN_BLOCK = 4
_SHORT_TERM: Seconds = 3.0
_RECORDING_RATE = 48000  # samples a second, of the filters that the recommendation prints
# After this long the response of the weighting has fallen by 200 dB and more.
_REMEMBERED: Seconds = 0.2


@dataclass(frozen=True, slots=True)
class Biquad:
    """A filter (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2)."""

    b: tuple[float, float, float]
    a: tuple[float, float]


_SHELF = Biquad(
    (1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585)
)
_HIGH_PASS = Biquad((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))


def k_filters(rate: int) -> tuple[Biquad, Biquad]:
    """The two filters of the K weighting: those of BS.1770 at 48 kHz, and what they are elsewhere.

    Each is traced back to its analogue prototype and brought to `rate` by the bilinear transform,
    warped so that its own corner stays where it is.
    """
    return _at_rate(_SHELF, rate), _at_rate(_HIGH_PASS, rate)


def integrated(samples: Samples, rate: int) -> float:
    """Programme loudness in LUFS of (frames,) or (channels, frames), each with weight 1.

    Blocks of 400 ms every 100 ms, gated at -70 LUFS and 10 LU below what is left. -inf where no
    block is whole, or all are silent.
    """
    hops = _hop_powers(samples, rate)
    count = len(hops) - _HOPS_IN_BLOCK + 1
    if count < 1:
        return -math.inf
    return gated(_running_mean(hops, _HOPS_IN_BLOCK), np.ones(count))


def short_term(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Loudness in LUFS of each 3 s, one every 100 ms, the first ending at 3 s; not gated."""
    wide = round(_SHORT_TERM / _HOP)
    hops = _hop_powers(samples, rate)
    if len(hops) < wide:
        return np.zeros(0)
    with np.errstate(divide="ignore"):
        levels: NDArray[np.float64] = _OFFSET + 10.0 * np.log10(_running_mean(hops, wide))
    return levels


def k_weighted_rms(mono: Samples, rate: int) -> float:
    """Root mean square of (frames,) as heard; its logarithm is the loudness without gates.

    `20 log10` of it, less 0.691, is LUFS. What still rings after the end counts as well.
    """
    padded = _fast_length(len(mono) + round(_REMEMBERED * rate))
    spectrum = np.fft.rfft(mono, padded)
    power = np.square(spectrum.real)
    power += np.square(spectrum.imag)
    # Every bin but the first and the last stands for two; K has nothing at 0 Hz.
    total = 2.0 * float((power * k_power(padded, rate)).sum())
    return math.sqrt(total / padded / max(1, len(mono)))


@lru_cache(4)
def k_power(padded: int, rate: int) -> Samples:
    """The power gain of the K weighting at each bin of a real transform of an even length."""
    cosine = np.cos(np.arange(padded // 2 + 1) * (TAU / padded))
    gain = np.ones_like(cosine)
    for each in k_filters(rate):
        gain *= _power_gain(each.b, cosine) / _power_gain((1.0, *each.a), cosine)
    single: Samples = gain.astype(np.float32)
    single.flags.writeable = False
    return single


def gated(powers: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    """LUFS of mean squares, each of which was there so many times, after both gates; or -inf."""
    audible = powers > power_of(SILENCE_LUFS)
    loud = audible & (powers > _mean(powers, counts * audible) * 10.0 ** (_RELATIVE_GATE / 10.0))
    return lufs_of(_mean(powers, counts * loud))


def lufs_of(power: float) -> float:
    """The loudness of a mean square, summed over channels."""
    return _OFFSET + 10.0 * math.log10(power) if power > 0.0 else -math.inf


def power_of(lufs: float) -> float:
    """The mean square, summed over channels, that has a loudness."""
    return float(10.0 ** ((lufs - _OFFSET) / 10.0))


# --------------------------------------------------------------------------------------------------
# Filters


def _at_rate(filter_at_48k: Biquad, rate: int) -> Biquad:
    """The same analogue filter, by the bilinear transform at `rate`."""
    if rate == _RECORDING_RATE:
        return filter_at_48k
    above, below = _analogue(filter_at_48k.b), _analogue((1.0, *filter_at_48k.a))
    # tan(pi f / rate) of the corner, where its s is 1 in size.
    corner = math.sqrt(below[0] / below[2])
    hertz = math.atan(corner) * _RECORDING_RATE / math.pi
    warp = corner / math.tan(math.pi * hertz / rate)
    b, a = _digital(above, warp), _digital(below, warp)
    return Biquad((b[0] / a[0], b[1] / a[0], b[2] / a[0]), (a[1] / a[0], a[2] / a[0]))


def _analogue(z: tuple[float, float, float]) -> tuple[float, float, float]:
    """Coefficients of 1, s, s^2 that those of 1, 1/z, 1/z^2 become with 1/z = (1 - s) / (1 + s)."""
    return z[0] + z[1] + z[2], 2.0 * (z[0] - z[2]), z[0] - z[1] + z[2]


def _digital(s: tuple[float, float, float], warp: float) -> tuple[float, float, float]:
    """The way back, with s `warp` times (1 - 1/z) / (1 + 1/z)."""
    low, middle, high = s[0], s[1] * warp, s[2] * warp * warp
    return low + middle + high, 2.0 * (low - high), low - middle + high


def _power_gain(z: tuple[float, float, float], cosine: NDArray[np.float64]) -> NDArray[np.float64]:
    """The squared size of a polynomial in 1/z on the unit circle, by the cosine of the angle."""
    ends, sides = 4.0 * z[0] * z[2], 2.0 * z[1] * (z[0] + z[2])
    constant = (z[0] - z[2]) ** 2 + z[1] ** 2
    gain: NDArray[np.float64] = (ends * cosine + sides) * cosine + constant
    return gain


def _response(padded: int, rate: int) -> NDArray[np.complex128]:
    """The complex gain of the K weighting at each bin of a real transform of an even length."""
    back = np.exp(-1j * TAU / padded * np.arange(padded // 2 + 1))
    gain: NDArray[np.complex128] = np.ones_like(back)
    for each in k_filters(rate):
        gain *= np.polyval(each.b[::-1], back) / np.polyval((*each.a[::-1], 1.0), back)
    return gain


def _fast_length(least: int) -> int:
    """The smallest even length from `least` on that has no prime factor above 5."""
    best = 1 << max(1, (least - 1).bit_length())
    five = 1
    while five < best:
        three = five
        while three < best:
            two = three * 2
            while two < least:
                two *= 2
            best = min(best, two)
            three *= 3
        five *= 5
    return best


# --------------------------------------------------------------------------------------------------
# Recordings


def _hop_powers(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Weighted mean squares of every whole 100 ms, summed over channels."""
    channels = np.atleast_2d(samples)
    hop = round(_HOP * rate)
    count = channels.shape[1] // hop
    powers = np.zeros(count)
    # About a second at a time, with what came before in front of it.
    step, context = 10 * hop, math.ceil(_REMEMBERED / _HOP) * hop
    size = _fast_length(step + context)
    gains = _response(size, rate)
    for start in range(0, count * hop, step):
        since = max(0, start - context)
        part = channels[:, since : min(start + step, count * hop)].astype(np.float64)
        heard = np.fft.irfft(np.fft.rfft(part, size) * gains, size)
        heard = heard[:, start - since : part.shape[1]]
        squares = (heard * heard).sum(axis=0).reshape(-1, hop)
        powers[start // hop : start // hop + len(squares)] = squares.mean(axis=1)
    return powers


def _running_mean(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(values, width).mean(axis=1)
    return mean


def _mean(powers: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    total = float(counts.sum())
    return float((powers * counts).sum()) / total if total > 0.0 else 0.0
