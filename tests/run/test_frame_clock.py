"""The laws of the clock that follows an audio device."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.time import Seconds
from leitmotor.run.clock import VirtualClock
from leitmotor.run.frame_clock import REMEMBERED, SMOOTHING, STEEPEST, FrameClock

RATE = 48000


@dataclass
class Device:
    """Calls every `block` frames of a rate that drifts, each call late by its own delay."""

    block: int
    drift: float
    latency: Seconds

    @property
    def period(self) -> Seconds:
        return self.block / RATE / (1 + self.drift)


devices = st.builds(
    Device, st.sampled_from((256, 1024)), st.floats(-5e-4, 5e-4), st.floats(0.001, 0.1)
)
delays = st.lists(st.floats(0, 0.9), min_size=1, max_size=24)
"""How late calls are, in parts of the period."""


def follow(
    device: Device, delays: list[float], seconds: Seconds, jump: Seconds = 0.0
) -> list[tuple[Seconds, Seconds, Seconds]]:
    """(real time, what the clock shows, how far that is from the truth) at and between calls.

    At first the clock is `jump` from the truth.
    """
    real = VirtualClock(1000.0)
    clock = FrameClock(real, RATE)
    shown = []
    first = clock.frame_at(1000.0 + device.latency) + round(jump * RATE)
    number = 0
    while real.now() < 1000.0 + seconds:
        due = 1000.0 + number * device.period
        late = delays[number % len(delays)] * device.period
        real.sleep_until(due + late)
        frame = first + number * device.block
        clock.observe(frame, real.now() + device.latency, 3 * device.period)
        for part in (0.0, 0.5):
            real.sleep_until(due + late + part * (device.period - late))
            now = real.now()
            heard = first + (now - 1000.0 - device.latency) * RATE * (1 + device.drift)
            shown.append((now, clock.now(), clock.now() - clock.second(heard)))
        number += 1
    return shown


@given(devices, delays, st.floats(-0.04, 0.04))
def test_it_never_goes_back_and_never_leaves_its_slope(
    device: Device, delays: list[float], jump: Seconds
) -> None:
    shown = follow(device, delays, 1.0, jump)
    for (before, first, _), (after, then, _) in pairwise(shown):
        passed = after - before
        assert then >= first
        assert abs((then - first) - passed) <= STEEPEST * passed + 1e-9


@given(devices, delays)
def test_under_late_calls_its_error_is_bounded(device: Device, delays: list[float]) -> None:
    """By the least delay of the last few calls, what it is late in learning, and the drift."""
    shown = follow(device, delays, 3.0)
    cycle = (delays * (REMEMBERED + len(delays)))[: REMEMBERED + len(delays)]
    least = [min(cycle[n : n + REMEMBERED]) for n in range(len(delays))]
    late = max(least) * device.period
    drift = abs(device.drift) * (SMOOTHING + REMEMBERED * device.period)
    for _, _, error in shown:
        # Before as many calls as it remembers, it knows no better than the first.
        assert -max(late, delays[0] * STEEPEST * 3) - drift - 1e-4 <= error <= drift + 1e-4


@pytest.mark.parametrize("jump", [-0.005, 0.005])
def test_a_difference_is_taken_back_slowly(jump: Seconds) -> None:
    shown = follow(Device(256, 1e-4, 0.01), [0.0], 20.0, jump)
    assert abs(shown[0][2]) == pytest.approx(0.005, abs=1e-4)
    assert abs(shown[-1][2]) < 2e-4


@given(st.floats(0.0, 5.0), st.floats(-5e-4, 5e-4))
def test_without_calls_it_goes_on_in_real_time(silence: Seconds, drift: float) -> None:
    device = Device(256, drift, 0.01)
    real = VirtualClock(50.0)
    clock = FrameClock(real, RATE)
    for number in range(100):
        real.sleep_until(50.0 + number * device.period)
        clock.observe(number * 256 - 480, real.now(), 3 * device.period)
    before, now = clock.now(), real.now()
    real.jump(silence)
    gone = real.now() - now
    assert abs(clock.now() - before - gone) <= STEEPEST * 3 * device.period + 1e-9
    # Somebody who tells it which frame comes now is told in return: no jump.
    frame = clock.frame_at(real.now())
    assert clock.second(frame) == pytest.approx(clock.now(), abs=0.51 / RATE)
    shows = clock.now()
    clock.forget()
    clock.observe(frame, real.now(), 0.02)
    assert clock.now() == shows


@given(devices, delays, st.floats(0.0, 3.0))
def test_it_sleeps_until_it_shows_the_deadline(
    device: Device, delays: list[float], ahead: Seconds
) -> None:
    real = VirtualClock(7.0)
    clock = FrameClock(real, RATE)
    for number, late in enumerate(delays):
        real.sleep_until(7.0 + (number + late) * device.period)
        clock.observe(number * device.block, real.now() + 0.01, 3 * device.period)
    deadline = clock.now() + ahead
    clock.sleep_until(deadline)
    assert clock.now() == pytest.approx(deadline, abs=1e-9)
    # What a stamp meant is what it shows.
    assert clock.at(real.now()) == clock.now()
    assert clock.real(clock.at(real.now() + ahead)) == pytest.approx(real.now() + ahead, abs=1e-9)
