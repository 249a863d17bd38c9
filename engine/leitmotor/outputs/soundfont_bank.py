"""One SoundFont that is open: a synthesizer whose channels are sources of the mixing desk."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from itertools import count
from operator import itemgetter
from typing import Protocol, TypeAlias

import numpy as np

from leitmotor.errors import DeviceError
from leitmotor.messages import Attack, Control, Event, Panic, Release
from leitmotor.music.space import NORMAL_TONE, tone_of
from leitmotor.outputs.fluidsynth import CHANNELS, GRAIN, Pointers, pointers_to
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples

TONE_CENTS = 3600.0
"""A tone of ±1 moves the cut-off of a preset's filter by so much: three octaves."""

_TONE, _SUSTAIN = 74, 64
_NOT_ITS_OWN = frozenset({0, 7, 8, 10, 32, 91, 92, 93, 94, 95, *range(98, 102), *range(120, 128)})
"""Controllers that choose sounds, that the desk has, or that would change a channel's mode."""

_NONSENSE = 1e4
"""Mean square of a block, 40 dB above full scale: no music comes to that."""

_FADE: Samples = np.linspace(1.0, 0.0, QUANTUM, dtype=np.float32)
_FADE.setflags(write=False)


class Synth(Protocol):
    """What is used of `leitmotor.outputs.fluidsynth.Synth`."""

    def load(self, file: str) -> bool: ...
    def select(self, channel: int, bank: int, preset: int) -> bool: ...
    def note_on(self, channel: int, pitch: int, velocity: int) -> None: ...
    def note_off(self, channel: int, pitch: int) -> None: ...
    def control(self, channel: int, controller: int, value: int) -> None: ...
    def shift_filter(self, channel: int, cents: float) -> None: ...
    def sounds_off(self, channel: int) -> None: ...
    def is_quiet(self) -> bool: ...
    def render(self, frames: int, pointers: Pointers) -> None: ...
    def close(self) -> None: ...


Action: TypeAlias = Callable[[], None]


class FontBank:
    """A synthesizer and its clock: every channel is rendered when the first one is asked for.

    Each quantum is cut at the places where something happens, rounded to GRAIN, and at no others:
    so the samples do not depend on the blocks. Thread: one.
    """

    def __init__(self, synth: Synth) -> None:
        self.synth = synth
        self.frame: Frames = 0  # the next one to be rendered
        self.block: Samples = np.zeros((CHANNELS, 2, LONGEST_BLOCK), np.float32)
        self.is_blank = True  # nothing but zeros in the block
        self._pointers = _pointers_into(self.block)
        self._actions: list[tuple[Frames, int, int, Action]] = []  # in the order of the first two
        self._serial = count()
        self._free = list(range(CHANNELS))

    @property
    def has_room(self) -> bool:
        """Whether there is a channel that nobody has."""
        return bool(self._free)

    def take(self, bank: int, preset: int) -> int:
        """A free channel, with a preset. `DeviceError` where FluidSynth does not take that."""
        if not self.synth.select(self._free[0], bank, preset):
            raise DeviceError(f"FluidSynth does not take preset {bank}/{preset}")
        return self._free.pop(0)

    def give_back(self, channel: int) -> None:
        """A channel that is not needed any more falls silent."""
        self.forget(channel)
        self.synth.sounds_off(channel)
        insort(self._free, channel)

    def plan(self, channel: int, frame: Frames, action: Action) -> None:
        """Do something at the multiple of GRAIN that is next to `frame`; never in the past."""
        at = max((frame + GRAIN // 2) // GRAIN * GRAIN, self.frame)
        insort(self._actions, (at, next(self._serial), channel, action), key=itemgetter(0, 1))

    def forget(self, channel: int) -> None:
        """What was planned for a channel is not done."""
        self._actions = [action for action in self._actions if action[2] != channel]

    def advance(self, frame: Frames) -> None:
        """Render `block` up to `frame`, unless that has been done."""
        if frame == self.frame:
            return
        if not self.is_blank:
            self.block.fill(0.0)
            self.is_blank = True
        begin = self.frame
        while self.frame < frame:
            self._quantum(begin)

    def _quantum(self, begin: Frames) -> None:
        end = self.frame + QUANTUM
        while self._actions and self._actions[0][0] < end:
            at, _, _, action = self._actions.pop(0)
            self._render(at, begin)
            action()
        self._render(end, begin)

    def _render(self, end: Frames, begin: Frames) -> None:
        if end > self.frame and not self.synth.is_quiet():
            self.synth.render(end - self.frame, self._pointers[(self.frame - begin) // GRAIN])
            self.is_blank = False
        self.frame = end


class SoundFontSource:
    """One channel of a bank, as loud as it is wanted (`leitmotor.sound.source.Source`).

    `gain` is a factor. `report` is called once, where what is rendered turns out to be no sound.
    """

    def __init__(
        self,
        bank: FontBank,
        channel: int,
        gain: float,
        report: Callable[[], None] = lambda: None,
    ) -> None:
        self._bank = bank
        self._channel = channel
        self._gain = np.float32(gain)
        self._report = report
        self._is_open = True
        self._frame = bank.frame
        self._earliest: Frames = 0
        self._fades = False
        self._is_broken = False
        self._owners: dict[int, int] = {}  # note by pitch
        self._out: Samples = np.zeros((2, LONGEST_BLOCK), np.float32)
        self._colour(NORMAL_TONE)

    def prepare(self, controls: Iterable[tuple[int, int]]) -> None:
        """Take controllers as they hold from the next block on."""
        for controller, value in controls:
            self._control(controller, value)

    def send(self, event: Event, offset: Frames) -> None:
        """An event that acts `offset` frames into the next block, or up to GRAIN / 2 beside that.

        A note, a release, a controller that is the source's own affair, a panic; others pass.
        """
        if isinstance(event, Panic):
            self.silence()
        elif isinstance(event, Attack | Release | Control):
            at = max(self._frame + offset, self._earliest)
            self._bank.plan(self._channel, at, lambda: self._act(event))

    def render(self, quanta: int) -> Samples:
        """The next frames. Nonsense is not passed on: then this source is silent from now on."""
        frames = quanta * QUANTUM
        self._frame += frames
        self._bank.advance(self._frame)
        out = self._out[:, :frames]
        power = 0.0
        if not self._bank.is_blank:
            with np.errstate(over="ignore", invalid="ignore"):
                np.multiply(self._bank.block[self._channel, :, :frames], self._gain, out=out)
                power = float(np.dot(out[0], out[0]) + np.dot(out[1], out[1]))
        if not power <= _NONSENSE * frames:
            self._break()
        if self._is_broken or not power:
            out.fill(0.0)
        if self._fades:
            out[:, :QUANTUM] *= _FADE
            self._fades = False
        return out

    def silence(self) -> None:
        """All that sounds is gone a quantum from here; what comes now begins after that."""
        self._bank.forget(self._channel)
        self._fades = True
        self._earliest = self._bank.frame + QUANTUM
        self._bank.plan(self._channel, self._earliest, self._cut)

    def close(self) -> None:
        """Give the channel back to the bank."""
        if self._is_open:
            self._is_open = False
            self._bank.give_back(self._channel)

    # -- at its time -------------------------------------------------------------------------------

    def _act(self, event: Attack | Release | Control) -> None:
        synth, channel = self._bank.synth, self._channel
        if isinstance(event, Attack):
            self._owners[event.pitch] = event.note
            synth.note_on(channel, event.pitch, event.velocity)
        elif isinstance(event, Control):
            self._control(event.controller, event.value)
        elif self._owners.get(event.pitch) == event.note:  # else it was struck again meanwhile
            del self._owners[event.pitch]
            synth.note_off(channel, event.pitch)

    def _control(self, controller: int, value: int) -> None:
        if controller == _TONE:
            self._colour(value)
        elif controller not in _NOT_ITS_OWN:
            self._bank.synth.control(self._channel, controller, value)

    def _colour(self, value: int) -> None:
        cents = TONE_CENTS * tone_of(value)
        self._bank.synth.shift_filter(self._channel, cents)

    def _cut(self) -> None:
        self._owners.clear()
        self._bank.synth.control(self._channel, _SUSTAIN, 0)
        self._bank.synth.sounds_off(self._channel)

    def _break(self) -> None:
        if not self._is_broken:
            self._is_broken = True
            self._report()
            self._cut()


def _pointers_into(block: Samples) -> tuple[Pointers, ...]:
    """For each multiple of GRAIN in the block: where the rows go on from there."""
    first = block.ctypes.data
    row, step = LONGEST_BLOCK * block.itemsize, GRAIN * block.itemsize
    return tuple(
        pointers_to([first + at * step + number * row for number in range(2 * CHANNELS)])
        for at in range(LONGEST_BLOCK // GRAIN)
    )
