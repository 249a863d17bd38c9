"""What lies between two samples: the peaks of a signal that its samples need not show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.samples import Frames, Samples


def kernel(phases: int, reach: Frames, beta: float) -> NDArray[np.float64]:
    """(phases, 2 * reach): weights of the samples around, for places from one to before the next.

    A sinc under Kaiser's window, corrected so that a straight line comes out straight.
    """
    shares = np.arange(phases)[:, None] / phases
    places = np.arange(1 - reach, reach + 1)[None, :]
    away = shares - places
    window = np.i0(beta * np.sqrt(np.maximum(1.0 - (away / reach) ** 2, 0.0)))
    weights: NDArray[np.float64] = np.sinc(away) * window / np.i0(beta)
    tilt = shares[:, 0] - (weights * places).sum(axis=1)
    weights[:, reach - 1] += 1.0 - weights.sum(axis=1) - tilt
    weights[:, reach] += tilt
    return weights


def bow(weights: NDArray[np.float64]) -> float:
    """How far from the line between two samples a kernel can go, for bends of at most 1.

    A bend is the second difference. So a signal that bends little cannot have a peak much above its
    samples, which is found out with less work than the peak.
    """
    phases, taps = weights.shape
    straight = np.zeros((phases, taps))
    straight[:, taps // 2] = np.arange(phases) / phases
    straight[:, taps // 2 - 1] = 1.0 - straight[:, taps // 2]
    bends = np.cumsum(np.cumsum(weights - straight, axis=1), axis=1)
    return float(np.abs(bends).sum(axis=1).max())


def height(samples: Samples) -> float:
    """The greatest size of any sample; 0 where there is none."""
    highest = float(np.maximum.reduce(samples, axis=None, initial=0.0))
    return max(highest, -float(np.minimum.reduce(samples, axis=None, initial=0.0)))
