"""Where the performer writes the sound that the device is to play."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leitmotor.outputs.audio_shared import CAPACITY, Shared
from leitmotor.outputs.audio_system import CHANNELS

FADE = 256
"""Frames over which sound comes in after a gap."""


class Ring:
    """The writing side of `Shared`. Thread: one; never waits."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        frames = np.frombuffer(shared.frames, np.float32)
        self._frames: NDArray[np.float32] = frames.reshape(CAPACITY, CHANNELS)
        self._fade_in = np.linspace(0.0, 1.0, FADE, dtype=np.float32)[:, None]

    @property
    def end(self) -> int:
        """The position after the last frame that was written."""
        return self._shared.end

    def write(self, position: int, block: NDArray[np.float32]) -> None:
        """Put (2, frames) where they belong. What lies before `end` stays as it was written."""
        end = self._shared.end
        skipped = max(0, end - position)
        count = block.shape[1] - skipped
        if count <= 0:
            return
        start = position + skipped
        gap = start - end
        if gap:
            self._clear(max(end, start - CAPACITY), start)
        self._put(start, block[:, skipped:].T)
        if gap:
            self._come_in(start, min(count, FADE))
        self._shared.end = start + count

    def cut(self, position: int) -> None:
        """Forget what was written from there on."""
        self._shared.end = min(self._shared.end, position)

    def _put(self, start: int, frames: NDArray[np.float32]) -> None:
        first = start % CAPACITY
        straight = min(len(frames), CAPACITY - first)
        self._frames[first : first + straight] = frames[:straight]
        self._frames[: len(frames) - straight] = frames[straight:]

    def _come_in(self, start: int, count: int) -> None:
        places = np.arange(start, start + count) % CAPACITY
        self._frames[places] *= self._fade_in[:count]

    def _clear(self, start: int, end: int) -> None:
        first, count = start % CAPACITY, end - start
        straight = min(count, CAPACITY - first)
        self._frames[first : first + straight] = 0.0
        self._frames[: count - straight] = 0.0
