"""What a stream tells of itself: when frames are heard, how many it takes at once, what it lost."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_shared import BYTES, SIZE, Asked, Shared
from leitmotor.outputs.audio_stream import Feeder
from leitmotor.run.clock import VirtualClock

RATE = 48000
LATENCY: Seconds = 0.02


class Times(NamedTuple):
    currentTime: Seconds
    outputBufferDacTime: Seconds


def asked(calls: list[Seconds], block: int = 256, latency: Seconds = LATENCY) -> Asked:
    """What is known after calls at these instants."""
    time = VirtualClock()
    shared = Shared(bytearray(SIZE))
    feeder = Feeder(shared, RATE, time.now)
    feeder.shown_latency = 0.123
    out = memoryview(bytearray(block * BYTES))
    for call in calls:
        time.sleep_until(call)
        feeder.fill(out, block, Times(call, call + latency), None)
    found = shared.asked()
    assert found is not None
    assert shared.asked() is found
    return found


def every(seconds: Seconds, count: int) -> list[Seconds]:
    return [number * seconds for number in range(count)]


def test_it_tells_its_last_block() -> None:
    told = asked(every(256 / RATE, 10))
    assert (told.frames, told.block, told.at_once) == (2560, 256, 256)
    assert told.stamp == pytest.approx(9 * 256 / RATE)
    assert told.latency == pytest.approx(LATENCY)


def test_a_latency_that_is_none_is_that_of_the_stream() -> None:
    assert asked([0.0], latency=0.0).latency == 0.123
    assert asked([0.0], latency=1e9).latency == 0.123


def test_blocks_asked_for_in_one_go_are_counted_together() -> None:
    calls = [at + part * 1e-4 for at in every(1024 / RATE, 8) for part in range(4)]
    assert asked(calls).at_once >= 1024
    hiccup = every(256 / RATE, 40)
    hiccup[20] = hiccup[21] - 1e-4
    assert asked(hiccup).at_once == 256


def test_what_the_device_played_without_asking_is_counted_and_what_came_late_is_not() -> None:
    late = [at + 0.004 * (number % 7 == 0) for number, at in enumerate(every(256 / RATE, 160))]
    assert asked(late).missed == 0
    gap = [at + 512 / RATE * (number > 70) for number, at in enumerate(every(256 / RATE, 160))]
    assert asked(gap).missed == 512
