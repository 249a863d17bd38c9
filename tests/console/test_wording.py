"""Times and cues in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitmotor.console.wording import beat_text, clock_text, cue_text, short_time_text
from leitmotor.messages import GO, Cue, Do, Fire, Observation, Set


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0, "0:00.0"), (59.96, "0:59.9"), (60.0, "1:00.0"), (3723.4, "1:02:03.4"), (0.3, "0:00.3")],
)
def test_clock(seconds: float, said: str) -> None:
    assert clock_text(seconds) == said


def test_beats_are_counted_as_people_count() -> None:
    beats = (Fraction(1), Fraction(5, 2), Fraction(4, 3))
    assert [beat_text(beat) for beat in beats] == ["1", "2.5", "1.333"]


def test_short_times() -> None:
    assert [short_time_text(t) for t in (8e-6, 0.00042, 1.25)] == ["8 µs", "0.42 ms", "1.2 s"]


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        (GO, "GO"),
        (Fire("the files", (("who", "mara"),)), "the files who=mara"),
        (Do("go quay"), "go quay"),
        (Set("tension", 0.5), "tension = 0.5"),
        (Observation("press", "b"), "press b"),
    ],
)
def test_cues_are_said_as_they_are_typed(cue: Cue, said: str) -> None:
    assert cue_text(cue) == said
