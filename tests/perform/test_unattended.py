"""Hours on end without anybody there: what the performer remembers does not grow."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from leitmotor.messages import Observation
from leitmotor.music.length import Length, Unit
from leitmotor.music.time_of_day import DAY
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.score.matchers import Clock, Every, Press
from leitmotor.testing import builders

DOS = (
    "go next",
    "go shore",
    "go shore from the top",
    "state chase",
    "state calm for 3 bars",
    "motif tune in bed, then motif answer, then log stated",
    "motif tune at marker never, then log passed",
    "log passed at marker never",
    "swell 2 bars to ff, then tempo 80 over 3 bars, then key D for 4 bars",
    "tempo x1.05 for 2 bars",
    "keep palette cold",
    "palette warm for 2 bars",
    "play lead on violin for 5 bars",
    "figure bed rocking",
    "harmony second for 9 bars",
    "chord IV for 1 bar",
    "metre 3/4 for 4 bars",
    "enter ilan",
    "leave ilan",
    "arc mara next",
    "arc mara = one",
    "mute bed for 3 bars",
    "solo lead for 2 bars",
    "keep level bed -3 dB over 2 bars",
    "level lead -6 dB for 8 h",
    "fade 2 bars",
    "keep dynamic f",
    "undo cue 10",
    "cancel all",
    "go back",
    "vamp 2 bars for at most 20 s",
    "hold until cue 3 for at most 3 s",
    "pause",
    "resume",
    "finish at next bar",
    "stop",
)


def busy() -> CompiledScore:
    """A score in a loop of which every cue comes again and again."""
    cues: dict[str, Any] = {
        f"cue {n}": {"do": do, "when": (Every(37.0 + 13.7 * n), Press(str(n)))}
        for n, do in enumerate(DOS)
    }
    cues["opens"] = {"do": "go shore from the top", "when": (Clock(36_000),)}
    in_turn = builders.in_turn("palette warm lead", "violin", "clarinet", shuffled=True)
    return builders.score(
        motifs=[
            builders.motif("tune", "1q 2e 3e 5h | 4q 3 2 1@"),
            builders.motif("answer", "5q 4 3 2", times=0),
        ],
        figures=[builders.figure("rocking", "bed", "k1q k3 k5 k3")],
        palettes=[
            builders.palette("warm", {"lead": in_turn, "bed": "string ensemble", "bass": "cello"}),
            builders.palette("cold", {"lead": "horn", "bed": "harp"}),
        ],
        progressions=[
            builders.progression("first", "I | IV | V"),
            builders.progression("second", "i | iv"),
        ],
        characters=[
            Character("mara", "tune", "", ("one", "two")),
            Character("ilan", "answer", "", ()),
        ],
        states=[
            builders.state("calm", palette="warm", harmony="first"),
            builders.state("chase", palette="cold", tempo=140.0),
        ],
        scenes=[
            Scene("shore", "", ("mara",), "calm", marks={"never": 1_000_000}),
            Scene("run", "", ("mara", "ilan"), "chase", length=hours(10)),
            Scene("night", "", (), "calm"),
        ],
        cues=cues,
    )


def hours(count: int) -> Length:
    return Length(Fraction(3600 * count), Unit.SECONDS)


def size(encoded: Any) -> int:
    """How many values there are; their digits may grow."""
    if isinstance(encoded, dict):
        return 1 + sum(map(size, encoded.values()))
    if isinstance(encoded, list):
        return 1 + sum(map(size, encoded))
    return 1


def sizes(performance: Performance, until: int, steps: int) -> list[int]:
    """The size of the snapshot at so many instants of the way to `until` seconds."""
    found = []
    for step in range(1, steps + 1):
        performance.advance(until * step / steps)
        found.append(size(performance.snapshot()))
    return found


@pytest.mark.slow
def test_a_snapshot_does_not_grow_over_hours() -> None:
    """Scenes left before their length is over, marks never passed, changes for eight hours."""
    found = sizes(Performance(busy(), clock=30_000.0), 4 * 3600, 48)
    assert sum(found[-12:]) <= 1.15 * sum(found[:12])
    assert max(found) <= 2 * min(found)


def test_presses_without_end_leave_nothing_behind() -> None:
    """A visitor who never tires."""
    performance = Performance(busy())
    found = []
    for minute in range(24):
        for second in range(0, 60, 4):
            key = str((minute * 7 + second) % len(DOS))
            performance.receive(Observation("press", key), 60.0 * minute + second)
        performance.advance(60.0 * (minute + 1))
        found.append(size(performance.snapshot()))
    assert sum(found[-8:]) <= 1.15 * sum(
        found[8:16]
    )  # after the eight places of `go back` are full


@pytest.mark.slow
def test_nor_over_days() -> None:
    """Quiet ones: only the clock and what it brings."""
    cues: dict[str, Any] = {
        "opens": {"do": "go day", "when": (Clock(36_000),)},
        "closes": {"do": "fade 1 bar, then stop", "when": (Clock(64_800),)},
        "bell": {"do": "motif tune in counter, then log rung", "when": (Every(3600.0),)},
    }
    score = builders.score(
        motifs=[builders.motif("tune", "1w")],
        scenes=[Scene("day", "", (), "")],
        cues=cues,
        tempo=20.0,
    )
    found = sizes(Performance(score, clock=0.0), 4 * DAY, 4)
    assert max(found[1:]) <= found[0] + 40
