"""What a ringing time comes to: where the reflections of a room are, and what its lines lose.

Only numbers; `reverb` makes them sound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.sound.samples import LONGEST_BLOCK, TAU, Frames, Samples

SHORTEST_RING: Seconds = 0.2
LONGEST_RING: Seconds = 30.0
LINES = 12

_SHORTEST_LINE, _LONGEST_LINE = 0.0240, 0.0790  # seconds
_HIGH = 8000.0  # hertz, where a room rings for _HIGH_SHARE of its time
_HIGH_SHARE = 0.62
_LENGTHENED = 1.04  # the middle rings so much longer, that the whole band rings as long as was said
_SIGNS = ((1, -1, 1, 1, -1, -1, 1, -1), (1, 1, -1, 1, -1, 1, -1, -1))  # of each ear's reflections
_FIRST, _LAST = 0.012, 0.062  # seconds, the reflections in a room that rings for 2 s
_MEASURED = 2.0  # how much more energy pink noise has in the lines than the estimate says
_GOLDEN = 0.5 * (5.0**0.5 - 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Acoustics:
    """A room in frames and gains.

    `gains` are those of each line's middle tap and of the two beside it, (2, LINES, 1); `late` and
    `early` are what of the lines and of the reflections is heard, (1,). For each ear `added` and
    `subtracted` say how many frames back its reflections are.
    """

    gains: Samples
    late: Samples
    early: Samples
    added: tuple[tuple[Frames, ...], tuple[Frames, ...]]
    subtracted: tuple[tuple[Frames, ...], tuple[Frames, ...]]

    @property
    def is_dry(self) -> bool:
        """Whether nothing of it is heard."""
        return not self.late.any()


def acoustics(rings: Seconds, rate: int) -> Acoustics:
    """The room that falls by 60 dB in so many seconds, brought into SHORTEST_… LONGEST_RING."""
    rings = min(max(rings, SHORTEST_RING), LONGEST_RING)
    seconds = np.array(line_delays(rate)) / rate
    passes = 10.0 ** (-3.0 * seconds / (rings * _LENGTHENED))
    early, late = _levels(passes, rings)
    times = [_reflection_frames(rings, rate, ear) for ear in (0, 1)]
    added, subtracted = (
        tuple(
            tuple(t for t, s in zip(times[ear], _SIGNS[ear], strict=True) if s == sign)
            for ear in (0, 1)
        )
        for sign in (1, -1)
    )
    return Acoustics(
        gains=_damped(passes, seconds, rings, rate).astype(np.float32),
        late=np.full(1, late, np.float32),
        early=np.full(1, early, np.float32),
        added=(added[0], added[1]),
        subtracted=(subtracted[0], subtracted[1]),
    )


def dry(room: Acoustics) -> Acoustics:
    """The same room unheard: what a room comes from and goes to."""
    nothing = np.zeros(1, np.float32)
    return replace(room, late=nothing, early=nothing)


def damping_reach(rate: int) -> Frames:
    """How far from the middle the outer taps of a line's damping filter are."""
    return max(1, round(rate / 48000))


def line_delays(rate: int) -> tuple[Frames, ...]:
    """The lengths of the lines: primes, so that their echoes fall together as late as they can."""
    least = LONGEST_BLOCK + damping_reach(rate)
    ratio = (_LONGEST_LINE / _SHORTEST_LINE) ** (1.0 / (LINES - 1))
    wanted = [max(least, round(_SHORTEST_LINE * ratio**i * rate)) for i in range(LINES)]
    found: list[Frames] = []
    for frames in wanted:
        found.append(_prime_from(max(frames, found[-1] + 1 if found else 0)))
    return tuple(found)


def last_reflection(rings: Seconds, rate: int) -> Frames:
    """How many frames back the reflections of a room reach."""
    return max(_reflection_frames(rings, rate, ear)[-1] for ear in (0, 1))


def _prime_from(least: int) -> int:
    """The first prime that is not below `least`, which is at least 3."""
    candidate = least | 1
    while any(candidate % d == 0 for d in range(3, int(candidate**0.5) + 1, 2)):
        candidate += 2
    return candidate


def _reflection_frames(rings: Seconds, rate: int, ear: int) -> tuple[Frames, ...]:
    """Where an ear's reflections are: ever closer in proportion, the earlier the smaller the room.

    The size of a room goes with the square root of its ringing time, up to a limit.
    """
    size = min((rings / 2.0) ** 0.5, 1.8)
    count = len(_SIGNS[ear])
    steps = np.arange(count) + 0.5 * ear
    # The golden section spreads the shifts evenly and without a pattern.
    steps += 0.6 * ((np.arange(1, count + 1) * _GOLDEN + 0.37 * ear) % 1.0 - 0.5)
    times = _FIRST * (_LAST / _FIRST) ** (np.maximum(steps, 0.0) / count)
    return tuple(int(frames) for frames in np.rint(size * times * rate))


def _damped(
    passes: NDArray[np.float64], seconds: NDArray[np.float64], rings: Seconds, rate: int
) -> NDArray[np.float64]:
    """Gains of a line's middle tap and of the outer ones, which average the highs away.

    The filter a, 1 - 2a, a has the gain 1 - 2a (1 - cos w): a is what _HIGH loses too much else.
    """
    reach = damping_reach(rate)
    loss = 10.0 ** (-3.0 * seconds / rings * (1.0 / _HIGH_SHARE - 1.0))
    outer = (1.0 - loss) / (2.0 * (1.0 - np.cos(TAU * _HIGH * reach / rate)))
    outer = np.minimum(outer, 0.25)
    return np.stack([passes * (1.0 - 2.0 * outer), passes * outer])[:, :, None]


def _levels(passes: NDArray[np.float64], rings: Seconds) -> tuple[float, float]:
    """What of the reflections and of the lines is heard, for a unit of energy in all.

    Squared, the Householder reflection sends 1 - 4/N of a line's energy back into it and 4/N^2 of
    all energy into every line: the sum of what leaves is closed. What comes from an ear enters half
    of the lines. A share of the energy is early, the more the smaller the room.
    """
    share = min(0.4 / rings**0.5, 0.6)
    entering = len(_SIGNS[0]) * 4.0  # the reflections, of two samples each that are alike
    energy = passes**2
    leaving = energy / (1.0 - (1.0 - 4.0 / LINES) * energy)
    total = 0.5 * _MEASURED * entering * leaving.sum() / (1.0 - 4.0 / LINES**2 * leaving.sum())
    return (share / entering) ** 0.5, float(((1.0 - share) / total) ** 0.5)
