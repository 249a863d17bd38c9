"""`while: clock 10:00..18:00` of mappings (S30, S33). A quarter is a second, a bar four."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.perform import driven_piece

from leitmotor.messages import Fire, Outcome, Set, Tempo
from leitmotor.music.dynamics import expression, level_controller
from leitmotor.music.length import NEXT_BAR, NEXT_BEAT, bars
from leitmotor.music.time import Seconds
from leitmotor.perform import timepiece
from leitmotor.perform.parameters import mapped
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_parameters import MappingRule
from leitmotor.score.matchers import Clock, InHours, InScene
from leitmotor.testing.builders import mapping, parameter
from leitmotor.testing.listening import Heard

HOUR = 3600
TEN = 10 * HOUR
OPEN = InHours(TEN, TEN + 10)
BEFORE = TEN - 1.5
"""Hours from second 1.5 to second 11.5 of what begins then."""


def piece(*mappings: MappingRule, start: float = 1.0, **keys: Any) -> CompiledScore:
    """The piece with tension at a value from the start, in one state throughout."""
    return driven_piece.piece(*mappings, made=parameter(start=start), second="calm", **keys)


def rule(to: str, *points: str, **keys: Any) -> MappingRule:
    return mapping(to, *points, **{"while_": (OPEN,), **keys})


def performed(
    score: CompiledScore, until: Seconds = 20.0, begins: Seconds | None = BEFORE
) -> Heard:
    return Heard(tuple(Performance(score, clock=begins).advance(until)))


# -- what turns, and where -------------------------------------------------------------------------


def test_s30_a_level_holds_exactly_from_hour_to_hour() -> None:
    score = piece(rule("level bed", "0 -> 0 dB", "1 -> -12 dB"))
    told = performed(score).controls(7, "string ensemble")
    assert told == [(1.5, level_controller(-12.0)), (11.5, level_controller(0.0))]


def test_s23_a_dynamic_holds_from_hour_to_hour() -> None:
    heard = performed(piece(rule("dynamic", "0 -> p", "1 -> ff")))
    told = heard.controls(11, "string ensemble")
    quiet, loud = expression(4 - 1), expression(6 - 1)
    assert told == [(0.0, quiet), (1.5, loud), (11.5, quiet)]


def test_s22_a_tempo_turns_at_the_first_beat() -> None:
    heard = performed(piece(rule("tempo", "0 -> +0%", "1 -> x2")))
    tempi = [(round(e.seconds, 4), round(e.bpm, 4)) for e in heard.of(Tempo)]
    assert tempi == [(0.0, 60.0), (2.0, 120.0), (11.5, 60.0)]


def test_s30_a_layer_turns_at_its_own_boundaries() -> None:
    layer = rule("layer pulse", above=0.6, below=0.4, at=NEXT_BAR, back=NEXT_BEAT)
    heard = performed(piece(layer))
    assert heard.changes("layers") == [(4.0, "lead bed pulse"), (12.0, "lead bed")]
    assert (heard.times("pulse")[0], heard.times("pulse")[-1]) == (4.0, 11.5)


def test_s30_hours_that_end_before_the_boundary_change_nothing() -> None:
    short = (InHours(TEN, TEN + 2),)
    layer = rule("layer pulse", above=0.6, below=0.4, at=NEXT_BAR, while_=short)
    assert performed(piece(layer)).changes("layers") == []


def test_s30_a_layer_that_faded_out_is_there_when_its_hours_come_again() -> None:
    """No level of a fade that lies behind stays on it."""
    twice = (InHours(TEN, TEN + 10), InHours(TEN + 13, TEN + 20))
    layer = rule("layer pulse", above=0.6, below=0.4, fade=bars(1), while_=twice)
    performance = Performance(piece(layer), clock=float(TEN))
    performance.receive(Set("tension", 0.0), 2.0)
    performance.receive(Set("tension", 1.0), 11.0)
    heard = Heard(tuple(performance.advance(16.0)))
    assert heard.changes("layers") == [(6.0, "lead bed"), (13.0, "lead bed pulse")]
    assert heard.controls(7, "harp")[-1][1] == 100


def test_s30_harmony_palette_and_figure_turn_with_the_hour() -> None:
    heard = performed(
        piece(
            rule("harmony", "0 -> home", "0.5 -> away"),
            rule("palette", "0 -> warm", "0.5 -> cold"),
            rule("figure bed", "0 -> rocking"),
        )
    )
    assert (4.0, "Am") in heard.changes("chord")
    assert heard.changes("palette") == [(1.5, "cold"), (11.5, "")]
    assert {e.seconds for e in heard.attacks("lead", "clarinet")} == {2.0, 3.0}
    assert set(range(2, 12)) <= set(heard.times("bed"))
    assert heard.times("bed")[-2:] == [12.0, 16.0], "held chords again"


def test_s30_a_state_is_asked_for_when_its_hours_begin_and_stays_when_they_end() -> None:
    heard = performed(piece(rule("state", "0 -> calm", "0.5 -> chase")))
    assert heard.changes("state") == [(0.0, "calm"), (4.0, "chase")]


def test_s30_any_of_the_conditions_is_enough() -> None:
    either = rule("level bed", "0 -> 0 dB", "1 -> -12 dB", while_=(InScene("one"), OPEN))
    assert [at for at, _ in performed(piece(either)).controls(7, "string ensemble")] == [0.0]


def test_s30_an_entry_takes_the_hour_at_once() -> None:
    layer = rule("layer pulse", above=0.6, below=0.4, at=NEXT_BAR)
    score = piece(layer, cues={"on": "go two at now"})
    performance = Performance(score, clock=BEFORE)
    performance.receive(Fire("on"), 2.25)
    assert Heard(tuple(performance.advance(4.0))).times("pulse")[0] == 2.25


def test_s33_a_cue_of_the_same_time_finds_the_hour_turned() -> None:
    layer = rule("layer pulse", above=0.6, below=0.4, while_=(InHours(TEN, TEN + HOUR),))
    score = piece(layer, cues={"on": {"do": "go two at now", "when": (Clock(TEN),)}})
    assert performed(score, until=4.0).times("pulse")[0] == 1.5


# -- day after day ---------------------------------------------------------------------------------


NIGHT = rule("level bed", "0 -> 0 dB", "1 -> -9 dB", while_=(InHours(22 * HOUR, 2 * HOUR),))


@pytest.mark.parametrize("begins", [0.1, 12_345.678, 79_199.9])
def test_hours_go_round_over_midnight_and_no_rounding_puts_one_before_itself(begins: float) -> None:
    score = piece(NIGHT, tempo=20.0)
    performance = Performance(score, start=Start.ON_CUE, clock=begins)
    for hour, holds in ((22, True), (26, False), (46, True)):
        for at, level in ((-0.001, not holds), (0.001, holds)):
            performance.advance(hour * HOUR - begins + at)
            told = mapped(performance._state, score, "level bed")
            assert told == (-9.0 if level else None)


def test_where_nobody_knows_the_time_of_day_it_is_said_and_nothing_turns() -> None:
    heard = performed(piece(rule("level bed", "0 -> 0 dB", "1 -> -12 dB")), begins=None)
    assert heard.controls(7, "string ensemble") == []
    (effect,) = heard.effects("mapping tension -> level bed")
    assert (effect.outcome, effect.rule) == (Outcome.REFUSED, timepiece.UNKNOWN)


def test_hours_of_mappings_alone_keep_no_performance_waiting() -> None:
    """They bring nothing about where nothing plays; but the clock runs while it waits."""
    score = piece(rule("level bed", "0 -> 0 dB", "1 -> -12 dB"))
    performance = Performance(score, clock=BEFORE)
    assert (performance.recurring, performance.expecting) == (False, False)
    assert timepiece.looks_at_the_clock(score)


def test_s34_another_score_reads_the_clock_anew() -> None:
    bed = ("level bed", "0 -> 0 dB", "1 -> -12 dB")
    performance = Performance(piece(rule(*bed)), clock=BEFORE)
    performance.advance(2.0)
    performance.reload(piece(rule(*bed, while_=(InHours(TEN + 5, TEN + 10),)), tempo=61.0))
    heard = Heard(tuple(performance.advance(20.0)))
    values = [value for _, value in heard.controls(7, "string ensemble")]
    assert values == [level_controller(v) for v in (0.0, -12.0, 0.0)]
    assert heard.controls(7, "string ensemble")[1][0] == 6.5


_RULES = st.sampled_from(
    (
        rule("level bed", "0 -> 0 dB", "1 -> -12 dB"),
        rule("tempo", "0 -> +0%", "1 -> x2"),
        rule("layer pulse", above=0.6, below=0.4, at=NEXT_BAR),
        rule("palette", "0 -> warm", "0.5 -> cold"),
        rule("harmony", "0 -> home", "0.5 -> away"),
        rule("state", "0 -> calm", "0.5 -> chase"),
    )
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_RULES, min_size=1, max_size=3, unique_by=id), st.floats(0.1, 14.0))
def test_laws_1_and_8_of_hours(rules: list[MappingRule], cut: Seconds) -> None:
    """In one piece, in two, or from a snapshot: the same events."""
    score = piece(*rules)
    whole = Performance(score, clock=BEFORE).advance(16.0)
    parted = Performance(score, clock=BEFORE)
    first = parted.advance(cut)
    again = Performance.restore(score, json.loads(json.dumps(parted.snapshot())))
    assert first + parted.advance(16.0) == whole
    assert first + again.advance(16.0) == whole
