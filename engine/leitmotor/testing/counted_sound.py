"""A renderer whose samples tell where they come from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from leitmotor.messages import Attack, Event, Setup
from leitmotor.sound.samples import QUANTUM, Frames, Samples

PILOT = 0.25
_STEP = 2.0**-24  # a float of 32 bits holds so many whole numbers


def origins(played: Samples) -> NDArray[np.int64]:
    """The renderer's frame of each frame of (2, frames); -1 where it is silent or faded."""
    whole = (played[0] == PILOT) | (played[0] == 1.0)
    return np.where(whole, np.rint(played[1] / _STEP).astype(np.int64) - 1, -1)


def impulses(played: Samples) -> list[Frames]:
    """Where attacks are in (2, frames)."""
    return [int(place) for place in np.flatnonzero(played[0] == 1.0)]


class Impulses:
    """Stands for `Renderer`: impulses of attacks on the left, numbers of frames on the right.

    `given` keeps every event with its frame. Thread: one.
    """

    def __init__(self) -> None:
        self.frame: Frames = 0
        self.given: list[tuple[Frames, Event]] = []
        self.setups: list[Setup] = []
        self.late = 0
        self._impulses: list[Frames] = []

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Keep the set-ups."""
        self.setups.extend(setups)

    def send(self, event: Event, frame: Frames) -> None:
        """Keep the event; one that is late acts at once."""
        self.given.append((frame, event))
        self.late += frame < self.frame
        if isinstance(event, Attack):
            self._impulses.append(max(frame, self.frame))

    def render(self, quanta: int) -> Samples:
        """The next frames."""
        count = quanta * QUANTUM
        block = np.full((2, count), PILOT, np.float32)
        for frame in self._impulses:
            if self.frame <= frame < self.frame + count:
                block[0, frame - self.frame] = 1.0
        block[1] = np.arange(self.frame + 1, self.frame + 1 + count) * _STEP
        self.frame += count
        return block

    def foresee(self, instrument: str, pitch: int) -> None:
        """Nothing has to be baked."""

    def close(self) -> None:
        """Nothing is held."""

    def attacks(self) -> list[tuple[Frames, int]]:
        """(frame, pitch) of every attack that was given."""
        return [(frame, e.pitch) for frame, e in self.given if isinstance(e, Attack)]


class Delaying:
    """Stands for `Master`: changes nothing, and gives it later. Thread: one."""

    delay_frames: Frames = 77

    def __init__(self) -> None:
        self._before: Samples = np.zeros((2, self.delay_frames), np.float32)

    def process(self, mix: Samples) -> Samples:
        """The frames before these."""
        known = np.concatenate([self._before, mix], axis=1)
        self._before = known[:, mix.shape[1] :]
        return known[:, : mix.shape[1]]
