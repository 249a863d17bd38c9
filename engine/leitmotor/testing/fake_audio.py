"""An audio library without a machine, whose devices play while the time of a test passes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_player import AudioPlayer, Said
from leitmotor.outputs.audio_shared import BYTES, SIZE, Shared
from leitmotor.outputs.audio_system import FillBlock, StreamWish
from leitmotor.run.clock import VirtualClock
from leitmotor.sound.samples import Samples


class DeviceTime(VirtualClock):
    """A clock on which things happen while it goes on.

    Thread: one.
    """

    def __init__(self, start: Seconds = 0.0) -> None:
        super().__init__(start)
        self._coming: list[tuple[Seconds, int, Callable[[], None]]] = []
        self._number = 0

    def call_at(self, instant: Seconds, act: Callable[[], None]) -> None:
        """Let `act` happen then."""
        self._number += 1
        heapq.heappush(self._coming, (instant, self._number, act))

    def sleep_until(self, deadline: Seconds) -> None:
        """Let the time pass with all that happens in it."""
        while self._coming and self._coming[0][0] <= deadline:
            instant, _, act = heapq.heappop(self._coming)
            super().sleep_until(instant)
            act()
        super().sleep_until(deadline)

    def jump(self, seconds: Seconds) -> None:
        """Let so much time pass."""
        self.sleep_until(self.now() + seconds)


class PortAudioError(Exception):
    """As that of sounddevice: a text and a number."""


class _Times(NamedTuple):
    currentTime: Seconds
    outputBufferDacTime: Seconds


@dataclass(slots=True)
class FakeDevice:
    """A device, and how it plays.

    Every `block` frames of its own `rate`, which real time sees `drift` faster, it asks for sound
    that is heard `latency` later; the call comes `late(n)` after the n-th block was due. `stands`
    tells when it asks for nothing; then it goes on where it stood.
    """

    name: str = "Speakers"
    host: str = "Core"
    channels: int = 2
    rate: int = 48000
    block: int = 256
    latency: Seconds = 0.01
    drift: float = 0.0
    late: Callable[[int], Seconds] = lambda _: 0.0
    stands: Callable[[Seconds], bool] = lambda _: False
    error: PortAudioError | None = None


@dataclass(slots=True)
class FakeSoundDevice:
    """Stands for the module `sounddevice`; every stream that was opened is in `streams`.

    `found` are the devices that it finds when it looks next: at once, and then whenever it is
    initialised again.
    """

    time: DeviceTime
    found: Sequence[FakeDevice]
    default: int = 0  # among `found`; -1 is none
    streams: list[FakeStream] = field(default_factory=list)
    looked: int = 0
    _devices: list[FakeDevice] = field(init=False)

    def __post_init__(self) -> None:
        self._devices = list(self.found)

    def __call__(self) -> FakeSoundDevice:
        """Serve as its own factory."""
        return self

    def query_devices(self) -> list[Mapping[str, Any]]:
        """The devices in the order of their numbers."""
        return [
            {
                "name": device.name,
                "hostapi": self._hosts().index(device.host),
                "max_output_channels": device.channels,
                "default_samplerate": float(device.rate),
            }
            for device in self._devices
        ]

    def query_hostapis(self) -> list[Mapping[str, Any]]:
        """The host APIs, each with the number of its default device."""
        default = self._devices[self.default].host if self.default in self._numbers() else None
        return [
            {"name": host, "default_output_device": self.default if host == default else -1}
            for host in self._hosts()
        ]

    def _initialize(self) -> None:
        self.looked += 1
        self._devices = list(self.found)

    def _terminate(self) -> None:
        pass

    def RawOutputStream(self, **wish: Any) -> FakeStream:
        """A stream to a device, not started."""
        device = self._devices[wish["device"]]
        if device.error is not None:
            raise device.error
        if wish["samplerate"] != device.rate:
            raise PortAudioError("Error opening RawOutputStream: Invalid sample rate", -9997)
        stream = FakeStream(self.time, device, wish["callback"], wish["finished_callback"])
        self.streams.append(stream)
        return stream

    def _hosts(self) -> list[str]:
        return list(dict.fromkeys(["Empty", *(device.host for device in self._devices)]))

    def _numbers(self) -> range:
        return range(len(self._devices))


class FakeStream:
    """Stands for `sounddevice.RawOutputStream`: asks for blocks as its device's time goes on."""

    def __init__(
        self,
        time: DeviceTime,
        device: FakeDevice,
        fill: FillBlock,
        finished: Callable[[], None],
    ) -> None:
        self.latency = device.latency
        self.device = device
        self.begin: Seconds = 0.0
        self.heard: list[tuple[Seconds, Samples]] = []  # when each block begins to be heard
        self._time = time
        self._fill = fill
        self._finished = finished
        self._blocks = 0
        self._runs = False

    @property
    def played(self) -> Samples:
        """All that was heard, (2, frames)."""
        blocks = [block for _, block in self.heard]
        return np.concatenate(blocks, axis=1) if blocks else np.zeros((2, 0), np.float32)

    def start(self) -> None:
        """Begin to ask."""
        self._runs = True
        self.begin = self._time.now()
        self._expect(self.begin)

    def stop(self) -> None:
        """Ask no more."""
        self.abort()

    def abort(self) -> None:
        """Ask no more."""
        if self._runs:
            self._runs = False
            self._finished()

    def close(self) -> None:
        """Ask no more."""
        self.abort()

    def _expect(self, due: Seconds) -> None:
        late = self.device.late(self._blocks)
        self._time.call_at(due + late, lambda: self._ask(due))

    def _ask(self, due: Seconds) -> None:
        if not self._runs:
            return
        device = self.device
        period = device.block / device.rate / (1 + device.drift)
        if not device.stands(due):
            out = bytearray(device.block * BYTES)
            now = self._time.now()
            self._fill(memoryview(out), device.block, _Times(now, now + device.latency), None)
            block = np.frombuffer(out, np.float32).reshape(-1, 2).T
            self.heard.append((due + device.latency, block))
            self._blocks += 1
        self._expect(due + period)


class FakeLink:
    """An `AudioPlayer` in the same process, as `AudioDevice` takes it for one of another."""

    def __init__(self, library: FakeSoundDevice, selector: str, wish: StreamWish) -> None:
        self.shared = Shared(bytearray(SIZE))
        self.is_gone = False
        library._initialize()  # as every new process does
        self._time = library.time
        self._said: list[Said] = []
        self._player = AudioPlayer(
            selector, wish, self.shared, self._said.append, backend=library, now=library.time.now
        )
        self._attempt()

    def heard(self) -> list[Said]:
        """What it has said since it was last asked."""
        said, self._said[:] = list(self._said), []
        return said

    def close(self, patience: Seconds) -> None:  # noqa: ARG002 - a link's parameter
        """End it."""
        self.kill()

    def kill(self) -> None:
        """End it."""
        self.is_gone = True
        self._player.close()

    def _attempt(self) -> None:
        if self.is_gone:
            return
        pause = self._player.attempt()
        if pause is not None:
            self._time.call_at(self._time.now() + pause, self._attempt)
