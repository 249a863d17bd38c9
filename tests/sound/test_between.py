"""What lies between samples: found by a kernel, and bounded by how much they bend."""

from __future__ import annotations

import numpy as np
import pytest

from leitmotor.sound.between import bow, height, kernel
from leitmotor.sound.samples import TAU

WEIGHTS = kernel(4, 12, 8.0)


def test_it_goes_through_the_samples_and_keeps_straight_lines_straight() -> None:
    places = np.arange(-11.0, 13.0)
    assert WEIGHTS[0] == pytest.approx((places == 0).astype(float), abs=1e-12)
    assert WEIGHTS @ (2.0 * places + 1.0) == pytest.approx([1.0, 1.5, 2.0, 2.5])


@pytest.mark.parametrize("hertz", [100.0, 5000.0, 14000.0])
def test_it_finds_a_sine_between_its_samples(hertz: float) -> None:
    places = np.arange(-11, 13) / 48000
    between = np.arange(4) / 4 / 48000
    found = WEIGHTS @ np.sin(TAU * hertz * places + 0.4)
    assert found == pytest.approx(np.sin(TAU * hertz * between + 0.4), abs=0.01)


def test_nothing_rises_above_the_samples_by_more_than_the_bow_of_their_bends() -> None:
    rng = np.random.default_rng(8)
    reach = bow(WEIGHTS)
    for smooth in range(1, 9):
        noise = np.convolve(rng.standard_normal(400), np.ones(smooth))
        spans = np.lib.stride_tricks.sliding_window_view(noise, 24)
        over = np.abs(spans @ WEIGHTS.T).max() - np.abs(noise).max()
        assert over <= reach * np.abs(np.diff(noise, 2)).max()


def test_height_is_that_of_the_highest_or_lowest() -> None:
    assert height(np.array([[0.5, -2.0], [1.0, 0.0]], np.float32)) == 2.0
    assert height(np.zeros((2, 0), np.float32)) == 0.0
