"""The built-in sound of a performance, from its plan to the first quantum."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from leitmotor.messages import Setup
from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_device import AudioDevice
from leitmotor.outputs.audio_system import StreamWish
from leitmotor.run.audio_plan import USUAL_RATE, AudioPlan
from leitmotor.run.audio_process import AudioProcess
from leitmotor.run.baking import Foreseen
from leitmotor.run.clock import Clock
from leitmotor.run.frame_clock import FrameClock
from leitmotor.run.sounding import Masters, Renders, Sounding

OPEN_WITHIN: Seconds = 3.0
"""PortAudio may have many devices to ask; the music does not wait for ever."""

SETTLE_WITHIN: Seconds = 1.0

FETCH_WITHIN: Seconds = 0.25
MOST_FETCHED = 64
"""What sounds first is at hand when it begins; the rest is fetched while the music plays."""

Makers: TypeAlias = Callable[[AudioPlan, int, Callable[[str], None]], tuple[Renders, Masters]]
"""Makes what renders a plan at a rate, and its last stage; tells what cannot be had."""


class Audible(NamedTuple):
    """Sound that can begin: the clock that follows it, and a sentence where it cannot be heard."""

    clock: FrameClock
    sounding: Sounding
    sentence: str


def begun(plan: AudioPlan) -> AudioDevice:
    """Begin to open the device of a plan. Never waits: there is much else to be prepared."""
    wish = StreamWish(plan.rate, plan.block, plan.latency, plan.host)
    device = AudioDevice(plan.device, wish, AudioProcess, time.perf_counter)
    device.start()
    return device


def audible(
    device: AudioDevice,
    plan: AudioPlan,
    setups: Sequence[Setup],
    notes: Iterable[Foreseen],
    warn: Callable[[str], None],
    make: Makers,
    real: Clock,
) -> Audible | None:
    """Make everything ready to sound through a device that was `begun`. Blocks for some seconds.

    Of the first `notes` as many are fetched or baked as there is time for.

    None where there is no device and nobody asked for one, or none can come any more: `problem` of
    the device says why.
    """
    is_open = device.wait_for_opening(OPEN_WITHIN, lambda nap: real.sleep_until(real.now() + nap))
    if not is_open and (device.is_hopeless or not plan.is_wished):
        device.close(0.0)
        return None
    rate = device.settle_rate(plan.rate or USUAL_RATE)
    renderer, master = make(plan, rate, warn)
    clock = FrameClock(real, rate)
    sounding = Sounding(renderer, master, clock, real, device, plan, warn)
    sounding.prepare(setups)
    _fetch(notes, sounding, real)
    sounding.settle(SETTLE_WITHIN)
    sentence = "" if is_open else f"{device.problem}; until then the music goes on without sound"
    return Audible(clock, sounding, sentence)


def _fetch(notes: Iterable[Foreseen], sounding: Sounding, real: Clock) -> None:
    over = real.now() + FETCH_WITHIN
    for instrument, pitch in islice(notes, MOST_FETCHED):
        sounding.foresee(instrument, pitch)
        if real.now() > over:
            return
