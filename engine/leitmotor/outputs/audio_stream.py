"""What a device is given when it asks: a copy of what is there, and the news of having asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf
from typing import Any

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_shared import Asked, Shared
from leitmotor.outputs.audio_system import StreamTime

LONGEST_LATENCY: Seconds = 3.0
"""What a host API tells beyond this is no latency."""

WINDOW = 16
"""Blocks over which a step in the device's time has to last before it counts."""


class Feeder:
    """Feeds one stream from shared memory, from its first block to its last.

    Thread: `fill` is called from a thread of PortAudio's and never waits.
    """

    def __init__(self, shared: Shared, rate: int, now: Callable[[], Seconds]) -> None:
        self.shown_latency: Seconds = 0.0  # what the stream says, where its blocks say nothing
        self._shared = shared
        self._now = now
        self._frames = self._dry = self._gaps = 0
        self._steps = _Steps(rate)
        self._bursts = _Bursts(rate)

    def fill(self, out: Any, block: int, time: StreamTime, _status: object) -> None:
        """Give the device its next block: a copy, and silence for what is not there."""
        stamp = self._now()
        position = self._frames
        ready = self._shared.read(position, block, out)
        if ready < block and self._shared.sounds:
            self._dry += block - ready
            self._gaps += 1
        self._frames = frames = position + block
        heard = time.outputBufferDacTime
        latency = heard - time.currentTime
        if not 0 < latency < LONGEST_LATENCY:
            latency = self.shown_latency
        missed = self._steps.missed(position, block, heard or stamp)
        at_once = self._bursts.at_once(block, stamp)
        self._shared.tell(
            Asked(frames, block, self._dry, self._gaps, missed, at_once, stamp, latency)
        )


class _Steps:
    """Counts frames that the device played without asking for them.

    Flags do not tell of all of them. What does is that the time at which blocks are heard moves
    away from the number of frames asked for, and stays away: single blocks come late and catch up.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._settled = inf
        self._lowest = inf
        self._blocks = 0
        self._missed = 0

    def missed(self, position: int, block: int, heard: Seconds) -> int:
        """Take one more block in; how many frames were missed so far."""
        self._lowest = min(self._lowest, heard - position / self._rate)
        self._blocks += 1
        if self._blocks == WINDOW:
            step = (self._lowest - self._settled) * self._rate
            if step > block / 2:
                self._missed += round(step)
            self._settled, self._lowest, self._blocks = self._lowest, inf, 0
        return self._missed


class _Bursts:
    """Tells how many frames are asked for in one go.

    Where the device's own buffer is longer than the block that was wished for, it asks for several
    blocks at once, every time; a block that came late and the next one at its heels is no such
    habit, so that the smallest of the last few counts.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._burst = 0
        self._last: Seconds = -inf
        self._whole: deque[int] = deque(maxlen=4)

    def at_once(self, block: int, stamp: Seconds) -> int:
        """Take one more block in; what is asked for at once, as far as is known."""
        if stamp - self._last < block / self._rate / 4:
            self._burst += block
        else:
            if self._burst:
                self._whole.append(self._burst)
            self._burst = block
        self._last = stamp
        least = min(self._whole, default=block)
        # Buffers that are no multiple of the block take one block more from time to time.
        return least + block if least > block else max(least, block)
