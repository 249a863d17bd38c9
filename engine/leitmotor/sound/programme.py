"""A whole programme measured while it goes by: integrated loudness and true peak (BS.1770-4)."""

from __future__ import annotations

import math

import numpy as np

from leitmotor.sound.between import bow, height, kernel
from leitmotor.sound.loudness import gated
from leitmotor.sound.samples import Frames, Samples
from leitmotor.sound.weighting import Hops, WeightedHops

_HOPS_IN_BLOCK = 4  # of 100 ms

_PHASES = 4
_REACH: Frames = 12  # samples to either side from which one between two samples is computed
_WINDOW = 8.0  # Kaiser's beta


class ProgrammeMeter:
    """Loudness and true peak of stereo samples that come in blocks of any length.

    It forgets nothing: a number is kept for each 100 ms. Both come as numbers of the whole, from
    the beginning on.
    """

    def __init__(self, rate: int) -> None:
        self._weighted = WeightedHops(rate)
        self._hops = Hops(self._weighted.hop)
        self._powers: list[float] = []
        self._peak = TruePeak()

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        for hop in self._hops.whole(samples):
            self._powers.append(self._weighted.power(hop))
            self._peak.listen(hop)

    @property
    def peak_dbtp(self) -> float:
        """True peak; -inf where all was silent."""
        return self._peak.dbtp_with(self._hops.rest)

    @property
    def lufs(self) -> float:
        """Integrated loudness of blocks of 400 ms, gated; -inf where none was heard."""
        if len(self._powers) < _HOPS_IN_BLOCK:
            return -math.inf
        mean = np.full(_HOPS_IN_BLOCK, 1.0 / _HOPS_IN_BLOCK)
        blocks = np.convolve(self._powers, mean, "valid")
        return gated(blocks, np.ones(len(blocks)))


class TruePeak:
    """The highest place of samples and of what lies between them, four times oversampled.

    Only where they bend so much that something may lie above all that was heard, it is looked for.
    """

    def __init__(self) -> None:
        weights = kernel(_PHASES, _REACH, _WINDOW)
        self._between = np.asarray(weights[1:], np.float32)
        self._bow = bow(weights)
        self._past = np.zeros((2, 2 * _REACH - 1), np.float32)
        self._peak = 0.0

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        known = np.concatenate((self._past, samples), axis=1)
        self._past = known[:, -self._past.shape[1] :].copy()
        self._peak = max(self._peak, self._highest(known))

    @property
    def dbtp(self) -> float:
        """Of all that was heard; -inf where all was silent."""
        return self.dbtp_with(np.zeros((2, 0), np.float32))

    def dbtp_with(self, samples: Samples) -> float:
        """What `dbtp` would be if these had been heard as well."""
        end = np.zeros((2, _REACH), np.float32)
        peak = max(self._peak, self._highest(np.concatenate((self._past, samples, end), axis=1)))
        return 20.0 * math.log10(peak) if peak > 0.0 else -math.inf

    def _highest(self, known: Samples) -> float:
        """Of these, if it is above all that was heard."""
        top = height(known)
        bends = np.diff(known, 2, axis=1)
        if top + self._bow * height(bends) <= self._peak:
            return top
        for side in known:
            for weights in self._between:
                top = max(top, height(np.correlate(side, weights, "valid")))
        return top
