"""An installation that plays by itself for hours: it varies, and stays itself (T14)."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from leitmotor.messages import Event
from leitmotor.music.distance import RECOGNISED
from leitmotor.music.length import LengthRange, bars
from leitmotor.music.transform_text import parse_operation
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, Choice, CompiledScore, MotifState, Scene
from leitmotor.testing import builders
from leitmotor.testing.variety import Recognised, Repeats, hours_of, recognised, repeats

MOST_TIMES = 12
"""The same eight bars, in eight hours of the piece below: once in forty minutes."""


def installation() -> CompiledScore:
    """Two motifs over drifting chords, with everything that keeps a piece from going round."""
    brook = builders.motif(
        "brook",
        "1q 2e 3e 5h | 4e 3 2q 1h",
        each_time=("as written", "thicken thirds", "transpose +2 steps", "register +12"),
        states={"low": MotifState("low", vary=(parse_operation("augment 2"),))},
    )
    lark = builders.motif("lark", "5e 8 7 5 6q. 5e | 3h rh", each_time=("as written", "mode minor"))
    palette = builders.palette(
        "open",
        {
            "lead": builders.in_turn("players", "flute", "clarinet", "harp", shuffled=True),
            "bed": "string ensemble",
            "pulse": "vibraphone",
        },
    )
    return builders.score(
        motifs=[brook, lark],
        figures=[
            builders.figure(
                "drops",
                "pulse",
                "k1q k5 k3e k5 k1+q",
                each_time=(("k1q k5 k3e k5 k1+q",), ("k5e k3 k1h.",), ("k1h k3e k5 k1+q",)),
            )
        ],
        palettes=[palette],
        progressions=[
            builders.progression("still", "I | IV | I | vi | ii | V | IV"),
            builders.progression("far", "vi | iii | IV | I | ii"),
        ],
        characters=[Character("brook", "brook", "", ("",)), Character("lark", "lark", "", ())],
        states=[
            builders.state(
                "day",
                palette="open",
                harmony=Choice(("still", "far"), "day harmony", True),
                figures={"pulse": "drops"},
                rest=LengthRange(bars(1), bars(6)),
            )
        ],
        scenes=[Scene("meadow", "", ("brook", "lark"), "day")],
        tempo=66.0,
        swing=0.58,
        humanise="light",
    )


def heard(score: CompiledScore, seconds: float) -> list[Event]:
    return Performance(score).advance(seconds)


@pytest.mark.slow
def test_t14_eight_hours_do_not_go_round_and_every_statement_is_recognised() -> None:
    score = installation()
    again = Repeats()
    motifs = [Recognised(motif, score.defaults.key) for motif in score.motifs.values()]
    for events in hours_of(score, 8.0):
        again.hear(events)
        for motif in motifs:
            motif.hear(events)
    first, times = again.worst()
    assert times <= MOST_TIMES, f"the eight bars from bar {first} on came {times} times"
    for motif in motifs:
        assert motif.done() <= RECOGNISED
        assert motif.statements > 500


def test_slices_of_events_are_heard_as_the_whole() -> None:
    score = installation()
    whole = list(chain.from_iterable(hours_of(score, 0.5)))
    assert whole == heard(score, 1800.0)
    sliced = Repeats()
    for events in hours_of(score, 0.5):
        sliced.hear(events)
    assert sliced.worst() == repeats(whole)


def loop(rest: int = 1) -> CompiledScore:
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 5 | 4h 1")],
        characters=[Character("mara", "tune", "", ())],
        scenes=[Scene("one", "", ("mara",), "")],
        rest=bars(rest),
    )


def test_a_piece_that_goes_round_is_found_out() -> None:
    """Two bars of tune and two of rest: the same eight bars begin once in four."""
    first, times = repeats(heard(loop(2), 4.0 * 48 + 0.5))
    assert first == 1
    assert times == 11


def test_silence_is_no_repetition() -> None:
    assert repeats(heard(loop(100), 300.0)) == (1, 1)
    assert repeats([]) == (0, 0)


@pytest.mark.parametrize(
    ("operation", "low", "high"),
    [
        ("as written", 0.0, 0.02),
        ("transpose m3 up", 0.0, 0.02),
        ("augment 2", 0.0, 0.02),
        ("thicken thirds", 0.0, 0.1),
        ("retrograde", 0.26, 0.7),
        ("invert about 1", 0.26, 0.7),
    ],
)
def test_t14_a_statement_is_as_far_as_its_operation_moves_it(
    operation: str, low: float, high: float
) -> None:
    tune = builders.motif("tune", "1q. 2e 3h | 5q 4e 3e 2h", each_time=(operation,))
    score = replace(loop(), motifs={"tune": tune})
    assert low <= recognised(heard(score, 60.0), tune, score.defaults.key) <= high
