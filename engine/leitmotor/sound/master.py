"""The last stage: brings the mix to the loudness aimed at, and keeps it below full scale."""

from __future__ import annotations

import numpy as np

from leitmotor.sound.limiter import DELAY, Limiter
from leitmotor.sound.loudness import SILENCE_LUFS
from leitmotor.sound.meter import LoudnessMeter
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples, gain_of

EXPECTED_LUFS = -23.0
"""How loud the mix is before the master where a piece uses its dynamics as most do."""

EXPECTED_SECONDS = 20.0
"""So much music as loud as expected is taken as heard before the start: a soft beginning stays
soft."""

REACH_DB = 12.0
"""How far from its start the gain may go."""

DOWN_DB_PER_SECOND = 0.5
UP_DB_PER_SECOND = 0.1
"""Up more slowly than down: a soft scene after a loud one stays soft."""

_LOUDEST = 1e4  # +80 dB: what is above it is a fault, not music
_SETTLED_DB = 0.02


class Steering:
    """The gain that brings a performance to `target` LUFS; None leaves it as it is.

    It starts from what EXPECTED_LUFS needs, follows the gated loudness of the last minute or two
    (LoudnessMeter) and stands still in silence. It depends on the mix alone: stems of a mix may be
    given the same gain, and add up.
    """

    def __init__(self, rate: int, target: float | None, longest: Frames = LONGEST_BLOCK) -> None:
        self._target = target
        self._meter = LoudnessMeter(rate, expected=EXPECTED_LUFS, expected_seconds=EXPECTED_SECONDS)
        self._start = 0.0 if target is None else target - EXPECTED_LUFS
        self.gain_db = self._start
        """At the end of the last block."""
        self._gain = np.float32(gain_of(self._start))
        self._down = DOWN_DB_PER_SECOND * QUANTUM / rate
        self._up = UP_DB_PER_SECOND * QUANTUM / rate
        self._rise = np.arange(QUANTUM, dtype=np.float32) / np.float32(QUANTUM)
        self._gains = np.full(longest, self._gain, np.float32)

    def follow(self, mix: Samples) -> Samples:
        """The gain of each of these frames, (frames,); overwritten by the next call."""
        frames = mix.shape[1]
        gains = self._gains[:frames]
        if self._target is None:
            return gains
        nodes, start = [self._gain], 0
        while start < frames:
            # The quanta up to the one that brings new numbers: it is the first to go by them.
            quanta = min(-(-self._meter.wanting // QUANTUM), (frames - start) // QUANTUM)
            for _ in range(quanta - 1):
                nodes.append(self._turned(self._target))
            end = start + quanta * QUANTUM
            self._meter.listen(mix[:, start:end])
            nodes.append(self._turned(self._target))
            start = end
        self._draw(nodes, gains)
        return gains

    def _draw(self, nodes: list[np.float32], gains: Samples) -> None:
        """Straight lines between the nodes."""
        level = nodes[0]
        if all(node == level for node in nodes):
            gains.fill(level)
            return
        ends = np.array(nodes, np.float32)[:, None]
        lines = gains.reshape(-1, QUANTUM)
        np.multiply(self._rise, ends[1:] - ends[:-1], out=lines)
        lines += ends[:-1]

    def _turned(self, target: float) -> np.float32:
        """The gain after going the way of one quantum towards what is needed."""
        if self._meter.momentary <= SILENCE_LUFS:
            return self._gain
        needed = target - self._meter.integrated
        needed = min(max(needed, self._start - REACH_DB), self._start + REACH_DB)
        way = needed - self.gain_db
        if abs(way) > _SETTLED_DB:
            self.gain_db += min(max(way, -self._down), self._up)
            self._gain = np.float32(gain_of(self.gain_db))
        return self._gain


class Master:
    """Steering and limiter, one after the other.

    Samples that are no numbers, or louder than +80 dB, become silence and are counted in `faults`.
    `longest` is how many frames it is given at once at most.
    """

    delay_frames: Frames = DELAY
    """How much later everything comes out."""

    def __init__(
        self, rate: int, target_lufs: float | None, longest: Frames = LONGEST_BLOCK
    ) -> None:
        self.faults = 0
        self.steering = Steering(rate, target_lufs, longest)
        self.limiter = Limiter(rate, longest)
        self.last_gains: Samples = np.zeros(0, np.float32)
        """The steering's gain of each frame of the last block, for stems; not delayed."""
        self._scaled = np.zeros((2, longest), np.float32)

    def process(self, mix: Samples) -> Samples:
        """The next frames, delayed: (2, frames), overwritten by the next call.

        `mix` has a multiple of QUANTUM frames, up to `longest`.
        """
        scaled = self._scaled[:, : mix.shape[1]]
        sound = self._without_faults(mix)
        self.last_gains = self.steering.follow(sound)
        np.multiply(sound, self.last_gains, out=scaled)
        return self.limiter.process(scaled)

    def _without_faults(self, mix: Samples) -> Samples:
        lowest = float(np.minimum.reduce(mix, axis=None))
        if lowest >= -_LOUDEST and float(np.maximum.reduce(mix, axis=None)) <= _LOUDEST:
            return mix
        bad = ~(np.abs(mix) <= _LOUDEST)
        self.faults += int(bad.sum())
        return np.where(bad, np.float32(0.0), mix)
