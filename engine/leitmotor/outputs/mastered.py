"""The master stage of a file: in its place in spite of looking ahead, noted down and measured."""

from __future__ import annotations

from array import array

import numpy as np

from leitmotor.outputs.gains import GainNodes
from leitmotor.outputs.sound_file import AT_ONCE
from leitmotor.sound.master import Master
from leitmotor.sound.programme import ProgrammeMeter
from leitmotor.sound.samples import QUANTUM, Frames, Samples, gain_of


class Mastered:
    """Steers the loudness to `loudness` LUFS and limits the peaks; gives blocks of whole quanta."""

    def __init__(self, rate: int, loudness: float) -> None:
        self._master = Master(rate, loudness, AT_ONCE)
        self._meter = ProgrammeMeter(rate)
        self._nodes = array("f")
        self._end = gain_of(self._master.steering.gain_db)
        self._ahead: Frames = self._master.delay_frames  # silence that comes out before the sound

    def take(self, samples: Samples) -> Samples:
        """Finish whole quanta, up to AT_ONCE; as many frames, less what it looks ahead at."""
        out = self._master.process(samples)
        self._nodes.extend(self._master.last_gains[::QUANTUM].tolist())
        self._end = gain_of(self._master.steering.gain_db)
        silent = min(self._ahead, out.shape[1])
        self._ahead -= silent
        return self._measured(out[:, silent:])

    def rest(self) -> Samples:
        """What has been looked ahead at."""
        left = self._master.delay_frames - self._ahead
        quanta = -(-left // QUANTUM)
        if not quanta:
            return np.zeros((2, 0), np.float32)
        out = self._master.process(np.zeros((2, quanta * QUANTUM), np.float32))
        return self._measured(out[:, :left])

    @property
    def gains(self) -> GainNodes:
        """How the loudness was steered."""
        return np.array([*self._nodes, self._end], np.float32)

    @property
    def peak_dbtp(self) -> float:
        """True peak of all that was given out."""
        return self._meter.peak_dbtp

    @property
    def lufs(self) -> float:
        """Integrated loudness of all that was given out."""
        return self._meter.lufs

    @property
    def faults(self) -> int:
        """How many samples were no numbers."""
        return self._master.faults

    def _measured(self, samples: Samples) -> Samples:
        self._meter.listen(samples)
        return samples
