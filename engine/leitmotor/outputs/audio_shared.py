"""Memory that two processes share: sound on its way to the device, and what the device asked for.

The performer computes sound; a process of its own, in which nothing else happens, hands it to the
device. There is no lock between them: each writes what the other only reads.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, NamedTuple
from zlib import crc32

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_system import CHANNELS

BYTES = 4 * CHANNELS
"""Of one frame of 32-bit floats."""

CAPACITY = 1 << 15
"""Frames that are kept: a third of a second at 96 kHz."""

_END, _SOUNDS, _LATEST = 0, 1, 2  # 64-bit numbers at the beginning
_SLOTS = (64, 192)
_ASKED = Struct("@6q2d")
_CHECK = Struct("@q")
_HEAD = 4096

SIZE = _HEAD + CAPACITY * BYTES
"""Bytes of all of it."""


class Asked(NamedTuple):
    """What the stream knew when it last asked for a block.

    `frames` have been asked for so far, the last `block` of them at `stamp` (`time.perf_counter`);
    the first of this block will be heard `latency` after that. Frames that were not there in time
    are `dry`, in so many `gaps`; `missed` are those that the device played without asking.
    `at_once` is how many it asks for in one go, which may be several blocks.
    """

    frames: int
    block: int
    dry: int
    gaps: int
    missed: int
    at_once: int
    stamp: Seconds
    latency: Seconds


class Shared:
    """Stereo frames by their position in the stream, kept until they are overwritten.

    What was not written in time is silence, and nothing after it moves: the position stays true.

    Thread: one process writes frames, `end` and `sounds`, the other what was asked; nobody waits.
    """

    def __init__(self, memory: Any) -> None:
        view = memoryview(memory).cast("B")
        self._memory = view
        self._numbers = view[:64].cast("q")
        self.frames = view[_HEAD:SIZE]
        self._silence = bytes(CAPACITY * BYTES)
        self._known: Asked | None = None
        self._known_number = 0

    # -- what the performer writes -----------------------------------------------------------------

    @property
    def end(self) -> int:
        """The position after the last frame that was written: what lies before it is there."""
        return self._numbers[_END]

    @end.setter
    def end(self, position: int) -> None:
        self._numbers[_END] = position

    @property
    def sounds(self) -> bool:
        """Whether sound has begun: before that nothing is missing."""
        return bool(self._numbers[_SOUNDS])

    @sounds.setter
    def sounds(self, does: bool) -> None:
        self._numbers[_SOUNDS] = does

    # -- what the device's process writes ----------------------------------------------------------

    def tell(self, asked: Asked) -> None:
        """Say what was asked for last."""
        number = self._numbers[_LATEST] + 1
        place = _SLOTS[number % 2]
        data = _ASKED.pack(*asked)
        self._memory[place : place + _ASKED.size] = data
        _CHECK.pack_into(self._memory, place + _ASKED.size, crc32(data))
        self._numbers[_LATEST] = number

    def asked(self) -> Asked | None:
        """What was asked for last: the same object until there is more; None before the first."""
        number = self._numbers[_LATEST]
        if number != self._known_number:
            place = _SLOTS[number % 2]
            data = bytes(self._memory[place : place + _ASKED.size])
            # Not every processor shows writes to others in the order in which they were made.
            if _CHECK.unpack_from(self._memory, place + _ASKED.size)[0] == crc32(data):
                self._known, self._known_number = Asked(*_ASKED.unpack(data)), number
        return self._known

    def read(self, position: int, count: int, into: Any) -> int:
        """Fill `into` (bytes) with `count` frames; how many of them had been written."""
        end = self.end
        ready = min(count, max(0, end - position))
        if end - position > CAPACITY:
            ready = 0  # overwritten: whoever reads so late has been gone for long
        first = position % CAPACITY
        straight = min(ready, CAPACITY - first)
        into[: straight * BYTES] = self.frames[first * BYTES : (first + straight) * BYTES]
        if ready > straight:
            into[straight * BYTES : ready * BYTES] = self.frames[: (ready - straight) * BYTES]
        if ready < count:
            into[ready * BYTES : count * BYTES] = self._silence[: (count - ready) * BYTES]
        return ready
