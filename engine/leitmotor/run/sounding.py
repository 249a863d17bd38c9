"""The built-in sound while it is played: renderer, clock and device, in the scheduler's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, inf
from typing import NamedTuple, Protocol

import numpy as np

from leitmotor.messages import (
    Attack,
    Control,
    Distance,
    Event,
    Panic,
    Program,
    Release,
    Room,
    Setup,
    Voice,
)
from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_device import AudioDevice, AudioStream
from leitmotor.outputs.audio_shared import Asked
from leitmotor.run.anchor import Anchor
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.run.clock import Clock
from leitmotor.run.frame_clock import FrameClock
from leitmotor.sound.samples import QUANTUM, Frames, Samples

SHORTEST_LEAD: Frames = 2 * QUANTUM
"""So far ahead sound is computed, unless the device asks for more at once."""

SLACK: Seconds = 0.012
"""So long at least the device has something to play after it has asked: a busy machine lets a
process wait for 10 ms now and then."""

LONGEST_LEAD: Frames = 32 * QUANTUM

MARGIN: Seconds = 0.002
"""What a cue may take on its way from a hand to the performer."""

SETTLED: int = 4
"""Blocks after which it is known when the device plays what."""

LOST_PERIODS = 3
TOO_FAR: Seconds = 0.05
"""Further than this the device's time is not approached: sound goes on from where it should be."""

STALL: Seconds = 1.0
"""After a stand-still of this length the sound goes on from where it was, and does not catch up."""

LIKELY_LATENCY: Seconds = 0.02
RETRY: Seconds = 0.0005
HURRY: Seconds = 0.004

RUNS_DRY = 10
PER: Seconds = 60.0
"""A device that runs dry so often within that time gets its sound a quantum earlier."""

SILENT = 10 ** (-72 / 20)
SILENT_FOR: Seconds = 0.15
FADED: Frames = 2 * QUANTUM

_SOUNDING = (Attack, Release, Control, Distance, Program)
_FOR_ALL = (Room, Panic)


class Renders(Protocol):
    """What is used of `sound.renderer.Renderer`."""

    frame: Frames

    def prepare(self, setups: Sequence[Setup]) -> None: ...
    def send(self, event: Event, frame: Frames) -> None: ...
    def render(self, quanta: int) -> Samples: ...
    def foresee(self, instrument: str, pitch: int) -> None: ...
    def close(self) -> None: ...


class Masters(Protocol):
    """What is used of `sound.master.Master`."""

    delay_frames: Frames

    def process(self, mix: Samples, /) -> Samples: ...


class _Joined(NamedTuple):
    """A stream that sounds: its position 0 is the clock's frame `shift`."""

    stream: AudioStream
    shift: Frames


class Sounding:
    """Keeps a device supplied with what the renderer makes of the events, a little ahead.

    `clock` counts frames from its own beginning, and the renderer from its: they differ by `_base`,
    a whole number of quanta. What is rendered while no device plays goes nowhere; the renderer's
    frames pass all the same, so that every event has the frame that it has in a file.

    Thread: one; nothing waits but `settle` and `close`. A quantum takes about a millisecond.
    """

    def __init__(
        self,
        renderer: Renders,
        master: Masters,
        clock: FrameClock,
        real: Clock,
        device: AudioDevice,
        plan: AudioPlan,
        warn: Callable[[str], None],
    ) -> None:
        self._renderer = renderer
        self._master = master
        self._clock = clock
        self._real = real
        self._device = device
        self._out = plan.out
        self._warn = warn
        self._rate = clock.rate
        self._wished = plan.latency or 0.0
        self._lead = SHORTEST_LEAD
        self._delay = master.delay_frames
        self._latency = LIKELY_LATENCY
        self._stream: AudioStream | None = None
        self._asked: Asked | None = None
        self._seen: list[Asked] = []
        self._joined: _Joined | None = None
        self._last_given: Frames = 0
        self._quiet: Frames = 0
        self._faded_at: Frames | None = None
        self._lost_before = 0
        self._dry = _Dryness()
        self._base = self._first_quantum(self._target())

    # -- before and after --------------------------------------------------------------------------

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Take the set-ups of the voices that sound here. Takes as long as baking does."""
        self._renderer.prepare([setup for setup in setups if self._plays(setup.voice)])

    def settle(self, patience: Seconds) -> None:
        """Wait until it is known when the device plays what. Blocks."""
        end = self._real.now() + patience
        while self._joined is None and self._device.stream is not None:
            if self._real.now() >= end:
                break
            self._real.sleep_until(self._real.now() + RETRY)
            self._device.poll(self._real.now())
            self._follow()

    def close(self, patience: Seconds) -> None:
        """Let the device play what it has, and close it. Blocks for so long at most."""
        self._device.close(patience)
        self._renderer.close()

    def foresee(self, instrument: str, pitch: int) -> None:
        """A note will be played. Takes some milliseconds where it has to be baked."""
        self._renderer.foresee(instrument, pitch)

    @property
    def shown(self) -> str:
        """What people call it, with how it plays."""
        info, asked = self._device.info, self._asked
        if info is None or asked is None:
            return f"the built-in sound on the audio device `{self._device.name}`"
        delay = self.horizon * 1000
        return (
            f"the built-in sound on the audio device {info}: {self._rate} samples a second, blocks"
            f" of {asked.block}, {delay:.0f} ms from a cue to its sound"
        )

    def begin(self) -> None:
        """Sound begins now: what getting ready has taken is not caught up."""
        self._base = self._first_quantum(self._target())

    # -- the scheduler's view ----------------------------------------------------------------------

    @property
    def horizon(self) -> Seconds:
        """What lies between an event that is given now and the device's loudspeaker."""
        return (self._lead + self._delay + QUANTUM) / self._rate + self._latency + MARGIN

    @property
    def lost_frames(self) -> int:
        """Frames that came too late for the device, and those that it played without asking."""
        now = self._asked.dry + self._asked.missed if self._asked is not None else 0
        return self._lost_before + now

    @property
    def is_quiet(self) -> bool:
        """Whether it has been silent for a while, as far as it is computed."""
        return self._quiet >= SILENT_FOR * self._rate

    @property
    def has_faded(self) -> bool:
        """Whether the device has asked for all of a `fade`."""
        joined, asked = self._joined, self._asked
        if self._faded_at is None:
            return False
        if joined is None or asked is None or not self._is_fresh():
            return self._made - self._base >= self._faded_at
        return asked.frames + joined.shift - self._base >= self._faded_at

    def aligned(self, instant: Seconds) -> Seconds:
        """The next instant at which a quantum begins: a file has its events in the same place."""
        frame = (instant - self._clock.second(self._base)) * self._rate
        return self._clock.second(self._base + ceil(frame / QUANTUM - 1e-6) * QUANTUM)

    def reaches(self) -> Seconds:
        """When the end of the next quantum is heard."""
        return self._clock.second(self._base + self._renderer.frame + QUANTUM)

    def due(self) -> Seconds:
        """When there is less than the lead, so that the next quantum is to be computed."""
        if self._device.is_hopeless:
            return inf
        following = self._made + 1 - self._lead
        joined, asked = self._joined, self._asked
        if joined is None or asked is None or not self._is_fresh():
            return self._clock.second(following) - self._latency
        missing = following - joined.shift - asked.frames
        if missing <= 0:
            return -inf
        blocks = -(-missing // asked.block)
        real = asked.stamp + blocks * asked.block / self._rate
        return self._clock.at(max(real, self._real.now()) + RETRY)

    def is_urgent(self) -> bool:
        """Whether the device will run dry within a few milliseconds."""
        joined, asked = self._joined, self._asked
        if joined is None or asked is None:
            return False
        left = joined.stream.ring.end - asked.frames
        blocks = max(0, left) // asked.block + 1
        return asked.stamp + blocks * asked.block / self._rate - self._real.now() < HURRY

    def play(self) -> None:
        """See what the device does; render a quantum and hand it over, if there is room."""
        self._device.poll(self._real.now())
        for sentence in self._device.news():
            self._warn(sentence)
        self._follow()
        if self._device.is_hopeless or self.due() > self._clock.now():
            return
        self._skip_a_stall()
        position = self._made
        block = self._master.process(self._renderer.render(1))
        if self._faded_at is not None:
            block = self._faded(block, position - self._base)
        peak = max(float(block.max()), -float(block.min()))
        self._quiet = self._quiet + QUANTUM if peak < SILENT else 0
        if self._joined is not None and self._is_fresh():
            self._joined.stream.begin()
            self._joined.stream.ring.write(position - self._joined.shift, block)

    def give(self, event: Event, anchor: Anchor) -> Seconds:
        """Hand an event to the renderer, with the frame at which it acts."""
        if not self._concerns(event) or self._device.is_hopeless:
            return 0.0
        origin = self._clock.frame(anchor.origin) - self._base
        frame = origin + anchor.frames(event.seconds, self._rate)
        self._send(event, frame)
        return max(0, self._renderer.frame - frame) / self._rate

    def cut(self, attack: Attack) -> None:
        """Release a note that was given and turned out to be too late."""
        if self._concerns(attack):
            fields = attack._asdict()
            for name in ("velocity", "written", "touch"):
                del fields[name]
            self._send(Release(**{**fields, "length": 0}), self._renderer.frame)

    def fade(self) -> None:
        """Let everything fade out within 10 ms."""
        self._faded_at = self._made - self._base + FADED

    # -- events ------------------------------------------------------------------------------------

    def _concerns(self, event: Event) -> bool:
        if isinstance(event, _SOUNDING):
            return self._plays(event.voice)
        return isinstance(event, _FOR_ALL)

    def _plays(self, voice: Voice) -> bool:
        # What the rig gives to no output would be heard nowhere.
        return self._out is None or voice.out in (self._out, "")

    def _send(self, event: Event, frame: Frames) -> None:
        # The renderer takes them in order.
        self._last_given = max(frame, self._last_given)
        self._renderer.send(event, self._last_given)

    # -- frames ------------------------------------------------------------------------------------

    def _target(self) -> Frames:
        """The clock's frame up to which there should be sound, by real time alone."""
        return self._clock.frame(self._clock.now() + self._latency) + self._lead

    @property
    def _made(self) -> Frames:
        """The clock's frame up to which there is sound: the last stage holds some back."""
        return self._base + self._renderer.frame - self._delay

    def _first_quantum(self, frame: Frames) -> Frames:
        """The base that makes the next quantum begin at the clock's frame, or just before."""
        return (frame + self._delay) // QUANTUM * QUANTUM - self._renderer.frame

    def _faded(self, block: Samples, begin: Frames) -> Samples:
        """The block, on its way to silence."""
        left = (self._faded_at or 0) - begin - np.arange(QUANTUM)
        return block * np.clip(left / FADED, 0.0, 1.0).astype(np.float32)

    def _skip_a_stall(self) -> None:
        """After a stand-still nothing is caught up: the frames lie later from now on."""
        behind = self._target() - self._made
        if behind > STALL * self._rate:
            self._base += behind // QUANTUM * QUANTUM

    # -- the device --------------------------------------------------------------------------------

    def _is_fresh(self) -> bool:
        asked = self._asked
        if asked is None:
            return False
        return self._real.now() - asked.stamp < LOST_PERIODS * asked.at_once / self._rate

    def _follow(self) -> None:
        """Take in what the stream knew with its last block."""
        stream = self._device.stream
        if stream is not self._stream:
            self._change_to(stream)
        if stream is None or stream.asked is None or stream.asked is self._asked:
            return
        asked = self._asked = stream.asked
        self._latency = asked.latency
        self._lead = max(self._lead, self._needed(asked))
        if self._joined is None:
            self._seen.append(asked)
            if len(self._seen) >= SETTLED:
                self._join(stream)
            return
        first = asked.frames - asked.block + self._joined.shift
        patience = LOST_PERIODS * asked.at_once / self._rate
        behind = self._clock.observe(first, asked.stamp + asked.latency, patience)
        if abs(behind) > TOO_FAR:
            self._part()
        elif self._dry.is_too_often(asked) and self._lead < LONGEST_LEAD:
            self._lead += QUANTUM
            self._warn(
                f"the audio device `{self._device.name}` ran dry {RUNS_DRY} times within a minute:"
                f" sound is computed {self._lead / self._rate * 1000:.0f} ms ahead from now on"
            )

    def _needed(self, asked: Asked) -> Frames:
        """The lead for a device that asks for so much at once, and for the latency wished for."""
        times = ceil(SLACK * self._rate / asked.at_once)
        wished = (self._wished - asked.latency) * self._rate
        return min(_quanta(max(times * asked.at_once, wished)), LONGEST_LEAD)

    def _change_to(self, stream: AudioStream | None) -> None:
        self._lost_before = self.lost_frames
        self._stream, self._asked = stream, None
        self._part()

    def _part(self) -> None:
        self._joined = None
        self._seen.clear()
        self._clock.forget()
        self._dry = _Dryness()

    def _join(self, stream: AudioStream) -> None:
        """From now on the stream's frames are the clock's time: fitted so that it does not jump."""

        def lateness(asked: Asked) -> Seconds:
            heard = asked.stamp + asked.latency
            return heard - (asked.frames - asked.block) / self._rate

        best = min(self._seen, key=lateness)
        shift = self._clock.frame_at(best.stamp + best.latency) - (best.frames - best.block)
        self._joined = _Joined(stream, shift)
        self._seen.clear()
        stream.ring.cut(best.frames)  # what was meant for other instants


class _Dryness:
    """Whether a device runs dry more often than may be."""

    def __init__(self) -> None:
        self._since: Seconds = -inf
        self._before = 0

    def is_too_often(self, asked: Asked) -> bool:
        if asked.stamp - self._since > PER:
            self._since, self._before = asked.stamp, asked.gaps
        if asked.gaps - self._before < RUNS_DRY:
            return False
        self._since, self._before = asked.stamp, asked.gaps
        return True


def _quanta(frames: float) -> Frames:
    """So many frames, rounded up to whole quanta."""
    return ceil(frames / QUANTUM) * QUANTUM
