"""A whole programme measured while it goes by: integrated loudness and true peak (BS.1770-4)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.loudness import Biquad, gated, k_filters
from leitmotor.sound.samples import TAU, Frames, Samples

_HOPS_IN_BLOCK = 4  # of 100 ms
_HOPS_AT_ONCE = 10
_HOPS_BEFORE = 2
"""What came before is heard in the filters for so long: by then they have fallen by 200 dB."""

_PHASES = 4
_REACH: Frames = 12  # samples to either side from which one between two samples is computed


class ProgrammeMeter:
    """Loudness and true peak of stereo samples that come in blocks of any length.

    It forgets nothing: a number is kept for each 100 ms. Both come as numbers of the whole, from
    the beginning on.
    """

    def __init__(self, rate: int) -> None:
        self._hop: Frames = round(0.1 * rate)
        self._heard = np.zeros((2, (_HOPS_BEFORE + _HOPS_AT_ONCE) * self._hop), np.float32)
        self._begin: Frames = _HOPS_BEFORE * self._hop
        self._filled = self._begin
        self._response = _response(self._heard.shape[1], rate)
        self._powers: list[float] = []
        self._peak = TruePeak()

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        self._peak.listen(samples)
        start = 0
        while start < samples.shape[1]:
            length = min(samples.shape[1] - start, self._heard.shape[1] - self._filled)
            self._heard[:, self._filled : self._filled + length] = samples[
                :, start : start + length
            ]
            self._filled += length
            start += length
            if self._filled == self._heard.shape[1]:
                self._powers += self._weighed()
                self._heard[:, : self._begin] = self._heard[:, -self._begin :]
                self._filled = self._begin

    @property
    def peak_dbtp(self) -> float:
        """True peak; -inf where all was silent."""
        return self._peak.dbtp

    @property
    def lufs(self) -> float:
        """Integrated loudness of blocks of 400 ms, gated; -inf where none was heard."""
        hops = np.array(self._powers + self._weighed())
        if len(hops) < _HOPS_IN_BLOCK:
            return -math.inf
        blocks = np.convolve(hops, np.full(_HOPS_IN_BLOCK, 1.0 / _HOPS_IN_BLOCK), "valid")
        return gated(blocks, np.ones(len(blocks)))

    def _weighed(self) -> list[float]:
        """Mean squares as heard of the whole hops that have not been counted, both sides summed."""
        count = (self._filled - self._begin) // self._hop
        if not count:
            return []
        known = self._heard.copy()
        known[:, self._filled :] = 0.0
        spectrum = np.fft.rfft(known.astype(np.float64)) * self._response
        # What goes round in the transform ends within the hops that were heard before.
        weighted = np.fft.irfft(spectrum, known.shape[1])[:, self._begin :]
        squares = np.square(weighted[:, : count * self._hop]).sum(axis=0)
        means: list[float] = squares.reshape(count, self._hop).mean(axis=1).tolist()
        return means


class TruePeak:
    """The highest place of samples and of what lies between them, four times oversampled."""

    def __init__(self) -> None:
        self._kernel = _between()
        # Nothing between samples is above the highest of them by more than this.
        self._overshoot = float(np.abs(self._kernel).sum(axis=0).max())
        self._past = np.zeros((2, 2 * _REACH - 1), np.float32)
        self._peak = 0.0

    @property
    def dbtp(self) -> float:
        """Of all that was heard; -inf where all was silent."""
        between = self._between(self._past_to_its_end())
        peak = max(self._peak, between)
        return 20.0 * math.log10(peak) if peak > 0.0 else -math.inf

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        known = np.concatenate((self._past, samples), axis=1)
        self._past = known[:, -self._past.shape[1] :].copy()
        highest = float(np.abs(known).max(initial=0.0))
        self._peak = max(self._peak, highest)
        if highest * self._overshoot > self._peak:
            self._peak = max(self._peak, self._between(known))

    def _between(self, known: Samples) -> float:
        spans = np.lib.stride_tricks.sliding_window_view(known, 2 * _REACH, axis=1)
        return float(np.abs(spans @ self._kernel).max(initial=0.0))

    def _past_to_its_end(self) -> Samples:
        return np.concatenate((self._past, np.zeros((2, _REACH), np.float32)), axis=1)


def _between() -> Samples:
    """(2 × REACH, phases - 1): weights of the samples around for the places between two of them."""
    phases = np.arange(1, _PHASES) / _PHASES
    away = phases[None, :] - np.arange(1 - _REACH, _REACH + 1)[:, None]
    window = np.i0(8.0 * np.sqrt(1.0 - (away / _REACH) ** 2)) / np.i0(8.0)
    return np.asarray(np.sinc(away) * window, np.float32)


def _response(size: int, rate: int) -> NDArray[np.complex128]:
    """The complex gain of the K weighting at each bin of a real transform of that length."""
    back = np.exp(-1j * TAU / size * np.arange(size // 2 + 1))
    first, second = (_gain(each, back) for each in k_filters(rate))
    response: NDArray[np.complex128] = first * second
    return response


def _gain(filter_: Biquad, back: NDArray[np.complex128]) -> NDArray[np.complex128]:
    gain: NDArray[np.complex128] = np.polyval(filter_.b[::-1], back) / np.polyval(
        (*filter_.a[::-1], 1.0), back
    )
    return gain
