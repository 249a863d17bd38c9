"""The K weighting in rows is the K weighting of the recommendation (T12)."""

from __future__ import annotations

import numpy as np
import pytest

from leitmotor.sound.loudness import k_filters
from leitmotor.sound.samples import TAU, Samples
from leitmotor.sound.weighting import WeightedHops


def filtered(samples: Samples, rate: int) -> np.ndarray:
    """One sample after the other, as BS.1770 writes it down."""
    heard = samples.astype(np.float64)
    for each in k_filters(rate):
        out = np.zeros_like(heard)
        for at in range(heard.shape[1]):
            for back, weight in enumerate(each.b):
                if at >= back:
                    out[:, at] += weight * heard[:, at - back]
            for back, weight in enumerate(each.a, start=1):
                if at >= back:
                    out[:, at] -= weight * out[:, at - back]
        heard = out
    return heard


def powers(samples: Samples, hops: WeightedHops) -> list[float]:
    starts = range(0, samples.shape[1] - hops.hop + 1, hops.hop)
    return [hops.power(samples[:, start : start + hops.hop]) for start in starts]


@pytest.mark.parametrize("rate", [22050, 44100, 48000, 96000])
def test_every_hop_has_the_power_that_the_filters_leave(rate: int) -> None:
    hops = WeightedHops(rate)
    rng = np.random.default_rng(3)
    samples = (0.1 * rng.standard_normal((2, 3 * hops.hop)) + 0.5).astype(np.float32)
    samples[1] += np.sin(TAU * 40.0 * np.arange(samples.shape[1]) / rate).astype(np.float32)
    heard = filtered(samples, rate).reshape(2, 3, hops.hop)
    expected = np.square(heard).mean(axis=2).sum(axis=0)
    assert powers(samples, hops) == pytest.approx(expected.tolist(), rel=1e-4)


def test_after_a_while_silence_is_silent() -> None:
    hops = WeightedHops(48000)
    loud = np.ones((2, hops.hop), np.float32)
    assert powers(np.concatenate((loud, 0 * loud), axis=1), hops)[1] > 0.0
    assert powers(np.zeros((2, 40 * hops.hop), np.float32), hops)[-1] == 0.0


def test_a_rate_that_does_not_divide_well_is_weighed_all_the_same() -> None:
    hops = WeightedHops(44130)  # 100 ms are 4413 frames: three times a prime number
    tone = np.sin(TAU * 997.0 / 44130 * np.arange(8 * hops.hop)).astype(np.float32)
    power = powers(np.stack([tone, tone]), hops)[-1]
    assert 10 * np.log10(power) - 0.691 == pytest.approx(0.0, abs=0.03)
