"""How long it takes from a cue fired by hand to the first note that reflects it.

A stream of 100 attacks a second (the next one is never more than 10 ms away) changes its key by
`key K at now`, fired from the parent at random moments. The parent stamps the call; the performer
stamps every note at the call that sends it. Whether a note reflects the change is told from its
pitch: the two keys have no pitch class in common.

Promised is: every attack that is due later than receipt + horizon + 1 ms is in the new key, and
none that is due before receipt + horizon is.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.live import jack, played
from bench.material import even_stream
from bench.percentiles import percentile
from bench.report import Figure, arguments, report
from bench.stamping import Stamp, stamped, stamps_in
from leitmotor.messages import Do
from leitmotor.run.plan import PlayPlan
from leitmotor.run.stage import Stage

HORIZON = 0.010
GRACE = 0.001
MILLI = 1000.0
KEYS = (("C major", frozenset({0, 7})), ("F# major", frozenset({6, 1})))
"""The music has only first and fifth degrees; these are their pitch classes."""

FIGURE = "1s 5 8 5 1 5 8 5 1 5 8 5 1 5 8 5"


@dataclass(frozen=True, slots=True)
class Fired:
    """A cue: when the call was made, and the pitch classes from then on."""

    at: float
    tones: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of all cues."""

    to_first_note: list[float]  # seconds from the call to the send call of the first new note
    too_late: int  # attacks in the old key that were due after the promised moment
    too_early: int  # attacks in the new key that were due before it
    attacks: int


class Hand:
    """Fires cues at random moments and remembers when."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.fired: list[Fired] = []

    def __call__(self, stage: Stage) -> None:
        """Fire them all."""
        dice = random.Random(1)
        time.sleep(1.0)
        for number in range(1, self._count + 1):
            key, tones = KEYS[number % 2]
            self.fired.append(Fired(time.perf_counter(), tones))
            stage.send(Do(f"key {key} at now"))
            time.sleep(dice.uniform(0.1, 0.3))


def judged(fired: Sequence[Fired], stamps: Sequence[Stamp]) -> Judged:
    """Hold the notes against the promise."""
    attacks = [stamp for stamp in stamps if stamp.attack]
    # A note is never sent early, so the promptest of them shows where second 0 lies.
    zero = min(stamp.at - stamp.seconds for stamp in attacks)
    waits, late, early = [], 0, 0
    for one, after in zip(fired, [*fired[1:], None], strict=True):
        until = after.at if after is not None else float("inf")
        own = [each for each in attacks if one.at <= zero + each.seconds < until]
        new = [each for each in own if each.pitch % 12 in one.tones]
        if new:
            waits.append(new[0].at - one.at)
        for each in own:
            due = zero + each.seconds
            is_new = each.pitch % 12 in one.tones
            late += due > one.at + HORIZON + GRACE and not is_new
            early += due < one.at + HORIZON and is_new
    return Judged(waits, late, early, len(attacks))


def measured(outs: tuple[str, ...], cues: int) -> Judged:
    """Play, fire and judge."""
    hand = Hand(cues)
    seconds = 2.0 + cues * 0.2
    score = even_stream(text=FIGURE)
    plan = PlayPlan(score, midi_outs=outs or ("null",), until=seconds, horizon_seconds=HORIZON)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stamps"
        with stamped(file):
            played(plan, hand)
        stamps = stamps_in(file)
    end = max(stamp.at for stamp in stamps)
    return judged([each for each in hand.fired if each.at < end - 0.1], stamps)


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    with jack() as outs:
        found = measured(outs, 30 if quick else 150)
    waits = [wait * MILLI for wait in found.to_first_note]
    figures = [
        Figure("cues fired", len(waits), ""),
        Figure("call to first new note, least", min(waits), "ms"),
        Figure("call to first new note, p50", percentile(waits, 50), "ms"),
        Figure("call to first new note, p99", percentile(waits, 99), "ms"),
        Figure("call to first new note, most", max(waits), "ms"),
        Figure("attacks judged", found.attacks, ""),
        Figure("old notes due later than receipt + horizon + 1 ms", found.too_late, "", 0),
        Figure("new notes due before receipt + horizon", found.too_early, "", 0),
    ]
    report("cue_latency", figures, {"horizon ms": HORIZON * MILLI})


if __name__ == "__main__":
    main()
