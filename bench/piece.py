"""The piece that leitmotor and its peers play, and how each performance of it is judged.

Eight channels play sixteenths together at 120 quarters a minute for about 20 seconds. The key is
changed by hand at 5 s, the tempo to 150 at 10 s, the key again at 15 s, from another thread or
process, at moments that fall on no beat. Each program hands in what it knows at the call that
would send a note: the moment, the channel and the pitch. Needs nothing but Python's own library,
so that it also runs in the environment of a peer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise

CHANNELS = 8
TEMPI = (120.0, 150.0)
STEPS = tuple(60 / tempo / 4 for tempo in TEMPI)
"""How long a sixteenth lasts before and after the change, in seconds."""

CALLS_AT = (5.03, 10.06, 15.09)
"""When the key, the tempo and again the key are changed, in seconds from the start."""

LENGTH = 20.0
TONICS = (60, 67, 53)
"""The keynotes one after the other; channel n plays the n-th semitone above."""

_ANCHOR_STEPS = 8


@dataclass(slots=True)
class Recording:
    """A performance. Moments are seconds on one clock of the program's own."""

    program: str
    notes: list[tuple[float, int, int]] = field(default_factory=list)  # moment, channel, pitch
    key_calls: list[float] = field(default_factory=list)
    tempo_call: float | None = None
    tempo_acts: float | None = None  # when the program says that it acts; None: at the call
    cpu_percent: float = 0.0

    def to_json(self) -> str:
        """One line, for a program that runs in an environment of its own."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a performance compares with the exact timeline, all in milliseconds."""

    program: str
    notes: int
    late_p50: float
    late_p99: float
    late_max: float
    interval_p50: float  # error of the time between two notes of a channel
    interval_p99: float
    spread_p50: float  # between the first and the last note of a chord
    spread_p99: float
    drift: float  # the last notes' lateness beyond the first notes'
    key_calls: tuple[float, ...]  # from a call to the first note in the new key
    cpu_percent: float


def judged(recording: Recording) -> Verdict:
    """Hold a performance against the exact timeline."""
    by_channel: dict[int, list[float]] = defaultdict(list)
    for moment, channel, _ in sorted(recording.notes):
        by_channel[channel].append(moment)
    channels = list(by_channel.values())
    change = recording.tempo_acts if recording.tempo_acts is not None else recording.tempo_call
    # A note may be late but not early: the promptest of the first shows where the piece began.
    start = min(at - n * STEPS[0] for each in channels for n, at in enumerate(each[:_ANCHOR_STEPS]))
    due = [_timeline(start, change, len(each)) for each in channels]
    late = [
        [1000 * (at - ideal) for at, ideal in zip(*both, strict=True)]
        for both in zip(channels, due, strict=True)
    ]
    errors = [abs(after - before) for line in late for before, after in pairwise(line)]
    spreads = [1000 * (max(chord) - min(chord)) for chord in zip(*channels, strict=False)]
    everything = [each for line in late for each in line]
    return Verdict(
        recording.program,
        len(recording.notes),
        _percentile(everything, 50),
        _percentile(everything, 99),
        max(everything),
        _percentile(errors, 50),
        _percentile(errors, 99),
        _percentile(spreads, 50),
        _percentile(spreads, 99),
        _mean([_mean(line[-_ANCHOR_STEPS:]) - _mean(line[:_ANCHOR_STEPS]) for line in late]),
        tuple(_to_new_key(recording)),
        recording.cpu_percent,
    )


def _timeline(start: float, change: float | None, count: int) -> list[float]:
    """When each sixteenth is due; after the change the rest of the running one is quicker, too."""
    slow, quick = STEPS
    if change is None:
        return [start + n * slow for n in range(count)]
    passed = (change - start) / slow
    return [
        start + n * slow if n <= passed else change + (n - passed) * quick for n in range(count)
    ]


def _to_new_key(recording: Recording) -> list[float]:
    waits = []
    for call, tonic in zip(recording.key_calls, TONICS[1:], strict=False):
        new = [
            at
            for at, channel, pitch in recording.notes
            if at >= call and (pitch - tonic - channel) % 12 == 0  # in any octave
        ]
        if new:
            waits.append(1000 * (min(new) - call))
    return waits


def _percentile(values: Sequence[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[max(int(-(-len(ordered) * percent // 100)), 1) - 1]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
