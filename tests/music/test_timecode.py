"""Labels and frames, also where labels are left out (T6)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitmotor.music.timecode import (
    FPS_24,
    FPS_25,
    FPS_30,
    FPS_2997_DROP,
    MTC_RATES,
    FrameRate,
    Timecode,
    place_of_label,
    timecode_at,
)


def test_t6_the_vector_of_a_real_session() -> None:
    label = Timecode.of(0, 1, 35, 27, FPS_2997_DROP)
    assert label is not None
    assert label.number == 2875
    assert Timecode.of(1, 1, 35, 27, FPS_30) == timecode_at(110_877, FPS_30)
    assert str(label) == "00:01:35;27"


@pytest.mark.parametrize("rate", MTC_RATES, ids=str)
def test_t6_every_minute_of_a_day_goes_there_and_back(rate: FrameRate) -> None:
    minutes = [n * rate.day // 1440 for n in range(1441)]
    numbers = {n % rate.day for m in minutes for n in range(m - 4, m + 5)}
    labels = [timecode_at(n, rate) for n in sorted(numbers)]
    assert [label.number for label in labels] == sorted(numbers)
    assert all(Timecode.of(*label) == label for label in labels)
    assert labels == sorted(labels, key=lambda label: label[:4])


def test_t6_labels_that_do_not_exist() -> None:
    assert Timecode.of(0, 1, 0, 0, FPS_2997_DROP) is None
    assert Timecode.of(0, 10, 0, 0, FPS_2997_DROP) is not None
    assert Timecode.of(0, 0, 0, 24, FPS_24) is None
    assert Timecode.of(24, 0, 0, 0, FPS_25) is None
    assert Timecode.of(0, 60, 0, 0, FPS_25) is None


def test_a_days_frames() -> None:
    assert [rate.day for rate in MTC_RATES] == [2_073_600, 2_160_000, 2_589_408, 2_592_000]


def test_a_label_has_its_place_at_other_rates() -> None:
    half = Fraction(1, 2)
    assert place_of_label(0, 0, 1, half, FPS_24) == 36
    assert place_of_label(0, 0, 1, half, FPS_30) == 45
    assert place_of_label(0, 1, 0, Fraction(0), FPS_2997_DROP) == 1800
    assert timecode_at(1800, FPS_2997_DROP)[:4] == (0, 1, 0, 2)
