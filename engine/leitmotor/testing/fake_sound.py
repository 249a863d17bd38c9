"""A synthesiser and a mastering stage that are known to the last sample, for tests of sound files.

Both are made by functions of this module, so that processes of their own can make them as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leitmotor.messages import Attack, Event, Panic, Release, Setup
from leitmotor.music.time import Seconds
from leitmotor.outputs.gains import Followed, GainNodes
from leitmotor.outputs.sound_settings import Hears, SoundSettings
from leitmotor.records import record
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import QUANTUM, Frames, Samples

LATENCY: Frames = 100
"""How far `Mastered` looks ahead: no multiple of anything."""

DECAY_SECONDS = 0.05
_INAUDIBLE = 1e-6


@dataclass(slots=True)
class _Beep:
    note: int
    pitch: int
    level: float
    begin: Frames
    end: Frames | None = None


class Beeps:
    """A sine for every note, which dies away exponentially after its release.

    The left channel has the instruments whose names begin with a to m louder, the right the others.
    """

    def __init__(self, rate: int, hears: Hears) -> None:
        self.frame: Frames = 0
        self.prepared: list[Setup] = []
        self._rate = rate
        self._hears = hears
        self._beeps: list[tuple[float, _Beep]] = []
        self._block = np.zeros((2, 4 * QUANTUM), np.float32)

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Remember the set-ups."""
        self.prepared += setups

    def send(self, event: Event, frame: Frames) -> None:
        """Begin or end a beep."""
        match event:
            case Attack() if self._hears(event.voice):
                pan = 0.8 if event.voice.instrument < "n" else 0.2
                beep = _Beep(event.note, event.pitch, 0.1 * event.velocity / 127, frame)
                self._beeps.append((pan, beep))
            case Release():
                for _, beep in self._beeps:
                    if beep.note == event.note and beep.end is None:
                        beep.end = frame
            case Panic():
                for _, beep in self._beeps:
                    beep.end = frame if beep.end is None else beep.end
            case _:
                pass

    def render(self, quanta: int) -> Samples:
        """The next frames, in a block that is used again."""
        block = self._block[:, : quanta * QUANTUM]
        block[:] = 0.0
        places = np.arange(self.frame, self.frame + quanta * QUANTUM)
        for pan, beep in self._beeps:
            wave = self._wave(beep, places)
            block[0] += pan * wave
            block[1] += (1.0 - pan) * wave
        self.frame += quanta * QUANTUM
        self._beeps = [pair for pair in self._beeps if self._is_heard(pair[1])]
        return block

    def close(self) -> None:
        """Nothing is held."""

    def _wave(
        self, beep: _Beep, places: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    ) -> Samples:
        hertz = 440.0 * 2.0 ** ((beep.pitch - 69) / 12)
        wave = beep.level * np.sin(2 * np.pi * hertz / self._rate * (places - beep.begin))
        wave[places < beep.begin] = 0.0
        if beep.end is not None:
            wave *= np.exp(-np.maximum(places - beep.end, 0) / (DECAY_SECONDS * self._rate))
        sounded: Samples = wave.astype(np.float32)
        return sounded

    def _is_heard(self, beep: _Beep) -> bool:
        if beep.end is None:
            return True
        gone = (self.frame - beep.end) / (DECAY_SECONDS * self._rate)
        return bool(np.exp(-gone) > _INAUDIBLE)


class Mastered:
    """Swells from half the level to the whole in a second, looks ahead, and never limits."""

    def __init__(self, rate: int) -> None:
        nodes = np.linspace(0.5, 1.0, rate // QUANTUM, dtype=np.float32)
        self._nodes: GainNodes = nodes
        self._swell = Followed(nodes)
        self._held = np.zeros((2, 0), np.float32)
        self._peak = 0.0

    def take(self, samples: Samples) -> Samples:
        """Gives out what came LATENCY frames ago."""
        held = np.concatenate((self._held, self._swell.take(samples)), axis=1)
        ready = max(held.shape[1] - LATENCY, 0)
        self._held = held[:, ready:]
        self._peak = max(self._peak, float(np.abs(held).max(initial=0.0)))
        return held[:, :ready]

    def rest(self) -> Samples:
        """What was held back."""
        rest, self._held = self._held, self._held[:, :0]
        return rest

    @property
    def gains(self) -> GainNodes:
        """The swell."""
        return self._nodes

    @property
    def peak_dbtp(self) -> float:
        """Of the samples."""
        return float(20.0 * np.log10(max(self._peak, 1e-9)))

    @property
    def lufs(self) -> float:
        """Any number."""
        return -20.0

    @property
    def faults(self) -> int:
        """None."""
        return 0


def beeps(patches: Mapping[str, Patch], rate: int, hears: Hears) -> Beeps:  # noqa: ARG001
    """What plays, for `SoundSettings.plays`."""
    return Beeps(rate, hears)


def mastered(rate: int, loudness: float) -> Mastered:  # noqa: ARG001
    """What finishes it, for `SoundSettings.masters`."""
    return Mastered(rate)


def fake_settings(rate: int = 48000) -> SoundSettings:
    """Settings with both."""
    return SoundSettings(rate=rate, plays=beeps, masters=mastered)


@record
class DyingJob:
    """A job for a process, which ends it with that status; with 0 it fails instead."""

    status: int

    def __call__(self, listens: Callable[[Seconds], None]) -> int:
        """Die, or fail."""
        listens(0.0)
        if self.status:
            os._exit(self.status)
        return 1 // self.status

    def sweep(self) -> None:
        """It leaves nothing."""
