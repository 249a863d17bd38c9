"""The last stage: the loudness aimed at, dynamics kept, nothing above full scale."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from leitmotor.sound.limiter import DELAY
from leitmotor.sound.loudness import integrated, lufs_of
from leitmotor.sound.master import (
    DOWN_DB_PER_SECOND,
    EXPECTED_LUFS,
    REACH_DB,
    Master,
    Steering,
)
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Samples, gain_of

RATE = 48000
SECOND = RATE // LONGEST_BLOCK * LONGEST_BLOCK


def music(lufs: float) -> Samples:
    """A second of noise that is as loud as this."""
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal((2, SECOND)))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.shape[1]), 1.0))
    noise = np.fft.irfft(spectrum).astype(np.float32)
    return noise * np.float32(gain_of(lufs - integrated(noise, RATE)))


def steered(steering: Steering, scenes: list[tuple[float, int]]) -> NDArray[np.float64]:
    """The gain in dB after each second of scenes of so many LUFS and seconds."""
    gains = []
    for lufs, seconds in scenes:
        sound = music(lufs) if np.isfinite(lufs) else np.zeros((2, SECOND), np.float32)
        for _ in range(seconds):
            for start in range(0, SECOND, LONGEST_BLOCK):
                steering.follow(sound[:, start : start + LONGEST_BLOCK])
            gains.append(steering.gain_db)
    return np.array(gains)


@pytest.mark.parametrize("lufs", [EXPECTED_LUFS - 6.0, EXPECTED_LUFS, EXPECTED_LUFS + 8.0])
def test_what_stays_as_loud_comes_to_the_target(lufs: float) -> None:
    gains = steered(Steering(RATE, -20.0), [(lufs, 150)])
    assert lufs + gains[-1] == pytest.approx(-20.0, abs=1.0)


def test_a_soft_scene_after_a_loud_one_stays_soft() -> None:
    """Of 12 LU between the scenes about 8 are left after a minute; a soft start stays soft."""
    gains = steered(Steering(RATE, -23.0), [(-20.0, 60), (-32.0, 60)])
    assert gains[-1] - gains[59] < 4.2
    assert steered(Steering(RATE, -23.0), [(-35.0, 20)])[-1] < 2.5


def test_it_moves_slowly_and_not_without_end() -> None:
    gains = steered(Steering(RATE, -23.0), [(-5.0, 40), (-60.0, 2)])
    assert gains.min() >= -23.0 - EXPECTED_LUFS - REACH_DB - 0.1
    assert np.abs(np.diff(gains)).max() <= DOWN_DB_PER_SECOND * 1.001
    assert gains[20] == pytest.approx(-20 * DOWN_DB_PER_SECOND, abs=1.0)


def test_it_stands_still_in_silence() -> None:
    gains = steered(Steering(RATE, -23.0), [(-15.0, 5), (-np.inf, 5)])
    assert gains[4] < -1.0
    assert len(set(gains[6:])) == 1


def test_without_a_target_nothing_is_changed() -> None:
    master = Master(RATE, None)
    sound = music(-20.0)
    out = np.concatenate(
        [
            master.process(sound[:, start : start + LONGEST_BLOCK]).copy()
            for start in range(0, SECOND, LONGEST_BLOCK)
        ],
        axis=1,
    )
    assert np.array_equal(out[:, master.delay_frames :], sound[:, : -master.delay_frames])


def test_any_blocking_gives_the_same_samples() -> None:
    sound = np.concatenate([music(-10.0), music(3.0), music(-30.0)], axis=1)
    outs = []
    for block in (QUANTUM, 3 * QUANTUM, LONGEST_BLOCK):
        master = Master(RATE, -23.0)
        starts = range(0, sound.shape[1], block)
        blocks = [master.process(sound[:, start : start + block]).copy() for start in starts]
        outs.append(np.concatenate(blocks, axis=1))
    assert np.array_equal(outs[0], outs[1])
    assert np.array_equal(outs[0], outs[2])


def test_stems_with_the_same_gain_add_up() -> None:
    """The gain of each frame can be read; before the limiter, master and stems are one."""
    master = Master(RATE, -20.0)
    one, other = music(-24.0), music(-30.0)[:, ::-1]
    stems, mixed = [], []
    for start in range(0, SECOND, LONGEST_BLOCK):
        block = slice(start, start + LONGEST_BLOCK)
        mixed.append(master.process(one[:, block] + other[:, block]).copy())
        stems.append(sum(part[:, block] * master.last_gains for part in (one, other)))
    whole, parts = np.concatenate(mixed, axis=1), np.concatenate(stems, axis=1)
    np.testing.assert_allclose(whole[:, DELAY:], parts[:, :-DELAY], atol=1e-6)


@pytest.mark.parametrize("fault", [np.nan, np.inf, -np.inf, 1e20])
def test_faults_become_silence_and_are_counted(fault: float) -> None:
    broken, whole = Master(RATE, -23.0), Master(RATE, -23.0)
    sound = music(-20.0)[:, :LONGEST_BLOCK]
    silenced = sound.copy()
    silenced[1, 100] = silenced[0, 900] = 0.0
    given = sound.copy()
    given[1, 100] = given[0, 900] = fault
    assert np.array_equal(broken.process(given), whole.process(silenced))
    assert (broken.faults, whole.faults) == (2, 0)
    assert np.isnan(given[1, 100]) or abs(given[1, 100]) > 1.0  # what it was given is left alone


def test_loudness_of_what_comes_out() -> None:
    """-23 LUFS in, at the start already the gain that the target needs."""
    master = Master(RATE, -17.0)
    sound = music(-23.0)
    out = [
        master.process(sound[:, start : start + LONGEST_BLOCK]).copy()
        for _ in range(4)
        for start in range(0, SECOND, LONGEST_BLOCK)
    ]
    assert integrated(np.concatenate(out, axis=1), RATE) == pytest.approx(-17.0, abs=1.0)
    assert lufs_of(0.0) == -np.inf
