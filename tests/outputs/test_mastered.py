"""The master stage in a file: nothing is shifted, and stems can follow its gain."""

from __future__ import annotations

import numpy as np
import pytest

from leitmotor.outputs.gains import Followed
from leitmotor.outputs.mastered import Mastered
from leitmotor.sound.samples import QUANTUM, Samples


def mix(seconds: float, level: float) -> Samples:
    rng = np.random.default_rng(2)
    quanta = round(seconds * 48000 / QUANTUM)
    return (rng.standard_normal((2, quanta * QUANTUM)) * level).astype(np.float32)


def finished(master: Mastered, samples: Samples, quanta: int) -> Samples:
    step = quanta * QUANTUM
    blocks = [
        master.take(samples[:, start : start + step]).copy()
        for start in range(0, samples.shape[1], step)
    ]
    return np.concatenate([*blocks, master.rest()], axis=1)


@pytest.mark.parametrize("quanta", [1, 4])
def test_where_nothing_is_limited_it_is_the_mix_under_the_gain_that_is_told(quanta: int) -> None:
    samples = mix(8.0, 0.01)
    master = Mastered(48000, -23.0)
    out = finished(master, samples, quanta)
    assert out.shape == samples.shape
    followed = Followed(master.gains).take(samples)
    assert np.abs(followed - out).max() < 1e-6 * np.abs(out).max()
    assert master.gains[-1] > master.gains[0] * 1.01
    assert master.lufs == pytest.approx(-34.0, abs=6.0)


def test_loud_music_is_limited_in_its_place_and_measured() -> None:
    samples = mix(2.0, 0.01)
    samples[:, 48000] = 3.0
    master = Mastered(48000, -23.0)
    out = finished(master, samples, 2)
    assert int(np.abs(out[0]).argmax()) == 48000
    # A click is all highs, to which the limiter leaves up to 3 dB of room.
    assert -4.0 < master.peak_dbtp <= -1.0


def test_nothing_at_all_is_nothing() -> None:
    master = Mastered(48000, -23.0)
    assert master.rest().shape == (2, 0)
    assert (master.lufs, master.peak_dbtp) == (-np.inf, -np.inf)
    assert len(master.gains) == 1
