"""The channels of the mixing desk: what moves while notes sound, in straight lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.messages import Voice
from leitmotor.music.space import tone_of
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples
from leitmotor.sound.seating import Seat, air_brightness, pan_gains, seat_of, space_gains

Nodes: TypeAlias = NDArray[np.float32]
"""(nodes, aspects, strips): the values at both ends of each quantum of a block."""

LEVEL, EXPRESSION, COLOUR, TONE, LEFT, RIGHT, SEND = range(7)
"""The aspects of a strip: the gain of CC7; the gain of CC11, and the brightness that goes with it;
brightness by tone and air; the share of each side, and of the room."""

_ASPECTS = 7
_MOST_NODES = LONGEST_BLOCK // QUANTUM + 1

GLIDE: Frames = 4 * QUANTUM
"""Where notes are held, a control has arrived where it was sent after so long: 21 ms at 48 kHz."""

SHORT_GLIDE: Frames = QUANTUM
"""Where notes only ring, it has to be there for the next one."""

AT_ONCE: Frames = 0
"""Where nothing is heard, nothing can be heard to jump."""

_LEVEL_CC, _PAN_CC, _EXPRESSION_CC, _TONE_CC = 7, 10, 11, 74
_FULL, _BASE, _CENTRE = 127, 100, 64

RISE = np.arange(QUANTUM, dtype=np.float32) / np.float32(QUANTUM)
"""Where a quantum's frames lie between its two nodes. Nobody writes to it."""

_BOTH_SIDES = 2.0**0.5
"""What is stereo already keeps its level in the middle."""

TONE_REACH = 0.65
"""From a normal tone to the brightest or darkest, where 1 is from the soft layer to the bright."""

_PALEST_DB = -30.0


def controller_gain(value: float, unity: float) -> float:
    """The gain of a controller by General MIDI: 40·log10(value / unity) dB."""
    return float((value / unity) ** 2)


def colour_of(gain: float) -> float:
    """How much of the bright layer goes with a player's gain: louder is brighter."""
    db = 20.0 * float(np.log10(max(gain, 1e-6)))
    return 0.08 + 0.67 * min(max(1.0 - db / _PALEST_DB, 0.0), 1.0)


@dataclass(slots=True)
class _Place:
    """Where a strip is heard from."""

    seat: Seat
    metres: float = 0.0  # 0: at its seat
    tone: float = 0.0
    pan: float | None = None


class Strips:
    """Every channel of every output, by the order in which they were met.

    A control moves its strip from where it is to where it was sent within GLIDE. All of it is a
    closed form of the frame. Thread: one.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}
        self._places: list[_Place] = []
        self._from: Samples = np.zeros((_ASPECTS, 0), np.float32)
        self._to: Samples = np.zeros((_ASPECTS, 0), np.float32)
        self._since = np.zeros(0, np.int64)
        self._glides = np.zeros(0, np.int64)  # how long each takes at present
        self._rest: Frames = 0  # from here on nothing glides
        self._stale = True  # the nodes are not those of strips at rest
        self._nodes: Nodes = np.zeros((_MOST_NODES, _ASPECTS, 0), np.float32)
        self._bent: dict[int, int] = {}  # strips whose line bends in this block: at which node
        self._begin: Frames = 0
        self._quanta = 0

    @property
    def nodes(self) -> Nodes:
        """The values of the present block."""
        self._bend()
        return self._nodes[: self._quanta + 1]

    @property
    def still(self) -> bool:
        """Whether nothing moves in the present block."""
        return not self._stale

    def begin(self, frame: Frames, quanta: int) -> None:
        """A block begins: work out its nodes, as they are if nothing comes."""
        self._bend()
        self._begin, self._quanta = frame, quanta
        if frame < self._rest:
            self._stale = True
            self._nodes[: quanta + 1] = self._lines(slice(None))
        elif self._stale:
            self._nodes[:] = self._to
            self._stale = False

    def number(self, voice: Voice, patch: Patch) -> int:
        """The strip of a voice's channel, which is at rest where it is new."""
        key = (voice.out, voice.channel)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._places)
            place = _Place(seat_of(patch.sound, voice.role))
            self._places.append(place)
            self._grow(place)
        return number

    def control(
        self, strip: int, controller: int, value: int, frame: Frames, glide: Frames = GLIDE
    ) -> None:
        """A controller takes a value; what a strip does not have is passed over."""
        place = self._places[strip]
        if controller == _LEVEL_CC:
            self._send(strip, frame, {LEVEL: controller_gain(value, _BASE)}, glide)
        elif controller == _EXPRESSION_CC:
            self._send(strip, frame, _expressed(value), glide)
        elif controller == _TONE_CC:
            place.tone = tone_of(value)
            self._send(strip, frame, _placed(place), glide)
        elif controller == _PAN_CC:
            place.pan = max(-1.0, (value - _CENTRE) / (_FULL - _CENTRE))
            self._send(strip, frame, _placed(place), glide)

    def distance(self, strip: int, metres: float, frame: Frames, glide: Frames = GLIDE) -> None:
        """It sounds from so far away; 0 is its own seat."""
        self._places[strip].metres = metres
        self._send(strip, frame, _placed(self._places[strip]), glide)

    def add(self, strip: int, block: Samples, buses: Samples) -> None:
        """Add a stereo block that a source has played to the buses: dry, and to the room."""
        nodes = self.nodes[:, :, strip]
        sides = nodes[:, LEFT : RIGHT + 1] * nodes[:, LEVEL, None] * np.float32(_BOTH_SIDES)
        gains = np.concatenate((sides, sides * nodes[:, SEND, None]), axis=1)
        begin, end = gains[:-1], gains[1:]
        lines = begin[:, :, None] + (end - begin)[:, :, None] * RISE
        lines = lines.transpose(1, 0, 2).reshape(buses.shape)
        buses[:2] += lines[:2] * block
        buses[2:] += lines[2:] * block

    def settle(self) -> None:
        """Whatever moves has arrived: where a performance begins, nothing glides."""
        self._bent.clear()
        self._from[:] = self._to
        self._nodes[:] = self._to
        self._rest = 0

    # -- the closed form ---------------------------------------------------------------------------

    def _send(self, strip: int, frame: Frames, goals: dict[int, float], glide: Frames) -> None:
        if strip in self._bent:
            self._bend()
        # From the quantum on in which it came.
        node = min(max((frame - self._begin) // QUANTUM, 0), self._quanta)
        at = self._begin + node * QUANTUM
        passed = at - int(self._since[strip])
        share = min(max(passed / max(int(self._glides[strip]), 1), 0.0), 1.0)
        start, goal = self._from[:, strip], self._to[:, strip]
        start += (goal - start) * float(share)
        for aspect, value in goals.items():
            goal[aspect] = value
        if not glide:
            start[:] = goal
        self._since[strip], self._glides[strip] = at, glide
        self._rest = max(self._rest, at + glide)
        self._stale = True
        self._bent[strip] = node

    def _bend(self) -> None:
        """Let the lines that were sent elsewhere go there, each from its node on."""
        if not self._bent:
            return
        strips, first = list(self._bent), np.array(list(self._bent.values()))
        self._bent.clear()
        count = self._quanta + 1
        before = np.arange(count)[:, None] < first
        nodes = self._nodes[:count]
        nodes[:, :, strips] = np.where(before[:, None, :], nodes[:, :, strips], self._lines(strips))

    def _lines(self, strips: slice | list[int]) -> Nodes:
        """Where strips are at each node of the block: (nodes, aspects, strips)."""
        frames = self._begin + QUANTUM * np.arange(self._quanta + 1)
        share = (frames[:, None] - self._since[strips]) / np.maximum(self._glides[strips], 1)
        share = np.minimum(np.maximum(share, 0.0), 1.0)
        start, goal = self._from[:, strips], self._to[:, strips]
        lines: Nodes = start + (goal - start) * share.astype(np.float32)[:, None, :]
        return lines

    def _grow(self, place: _Place) -> None:
        at_rest = {LEVEL: 1.0, EXPRESSION: 1.0, COLOUR: colour_of(1.0)} | _placed(place)
        self._bend()
        column = np.array([[at_rest[aspect]] for aspect in range(_ASPECTS)], np.float32)
        self._from = np.hstack((self._from, column))
        self._to = self._from.copy() if not len(self._since) else np.hstack((self._to, column))
        self._since = np.append(self._since, np.int64(0))
        self._glides = np.append(self._glides, np.int64(GLIDE))
        count = len(self._places)
        nodes = np.zeros((_MOST_NODES, _ASPECTS, count), np.float32)
        nodes[:, :, :-1] = self._nodes
        nodes[:, :, -1] = column[:, 0]
        self._nodes = nodes


@lru_cache(128)
def _expressed(value: int) -> dict[int, float]:
    """Gain and brightness of CC11."""
    gain = controller_gain(value, _FULL)
    return {EXPRESSION: gain, COLOUR: colour_of(gain)}


def _placed(place: _Place) -> dict[int, float]:
    """Sides, room and brightness of where a strip is heard from."""
    metres = place.metres or place.seat.metres
    left, right = pan_gains(place.seat.azimuth if place.pan is None else place.pan)
    direct, send = space_gains(place.seat, place.metres)
    tone = TONE_REACH * place.tone
    return {
        LEFT: left * direct,
        RIGHT: right * direct,
        SEND: send,
        TONE: tone - air_brightness(metres),
    }
