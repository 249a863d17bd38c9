"""S30, S22, S10: what parameters drive. A quarter is a second, a bar four."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.perform.driven_piece import piece

from leitmotor.messages import Control, Event, Fire, Outcome, Set, Tempo
from leitmotor.music.dynamics import expression, level_controller
from leitmotor.music.length import NEXT_BAR, NEXT_BEAT, NOW, bars
from leitmotor.perform.parameters import mapped
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled_parameters import MappingRule
from leitmotor.score.matchers import InScene, InState
from leitmotor.testing import builders
from leitmotor.testing.builders import mapping, parameter
from leitmotor.testing.listening import Heard, hear, prepared

UP, DOWN = Set("tension", 1.0), Set("tension", 0.0)
P, MF, FF = 2, 4, 6


def tempos(heard: Heard) -> list[tuple[float, float]]:
    return [(round(e.seconds, 4), round(e.bpm, 4)) for e in heard.of(Tempo)]


# -- tempo -----------------------------------------------------------------------------------------


def test_s22_a_tempo_mapping_is_looked_at_on_beats_and_constant_between() -> None:
    score = piece(mapping("tempo", "0 -> +0%", "1 -> x2"), made=parameter(rise=2.0))
    heard = hear(score, (1.5, UP), until=10.0)
    # Beats: 2 s at 0.25, 2.8 s at 0.65, then 0.65 of a second and so on, at rest from 3.5 s on.
    assert tempos(heard) == [
        (0.0, 60.0),
        (2.0, 75.0),
        (2.8, 99.0),
        (3.4061, 117.1818),
        (3.9181, 120.0),
    ]
    assert all(e.length == 0 for e in heard.of(Tempo))


def test_s22_the_factor_lies_on_whatever_base_a_cue_asks_for() -> None:
    score = piece(mapping("tempo", "0 -> +0%", "1 -> -50%"))
    assert tempos(hear(score, (0.0, UP), (2.0, "tempo 100"), until=6.0)) == [
        (0.0, 30.0),
        (2.0, 50.0),
    ]


def test_s22_an_entry_takes_the_factor_at_once_and_a_while_takes_it_off() -> None:
    rule = mapping("tempo", "0 -> +0%", "1 -> x2", while_=(InScene("one"),))
    heard = hear(piece(rule), (0.5, UP), (2.25, "go two at now"), (4.0, "go one at now"), until=6.0)
    assert tempos(heard) == [(0.0, 60.0), (1.0, 120.0), (2.25, 60.0), (4.0, 120.0)]


# -- level and dynamic -----------------------------------------------------------------------------


def test_s30_a_level_follows_on_the_grid_and_is_sent_on_change_only() -> None:
    score = piece(
        mapping("level bed", "0 -> 0 dB", "0.5 -> -12 dB", "1 -> -12 dB"), made=parameter(rise=2.0)
    )
    heard = hear(score, (1.0, UP), until=16.0)
    told = heard.controls(7, "string ensemble")
    assert told[-1][1] == level_controller(-12.0)
    assert all(round(at * 24, 4) == round(at * 24) for at, _ in told), "on 1/24 of a beat"
    assert 1.0 < told[0][0] <= told[-1][0] <= 2.0 + 1 / 24
    assert all(a != b for (_, a), (_, b) in pairwise(told))
    assert not heard.controls(7, "violin")


def test_s30_nothing_is_sampled_while_a_parameter_rests() -> None:
    score = piece(mapping("level bed", "0 -> 0 dB", "1 -> -12 dB"), made=parameter(rise=1.0))
    performance = prepared(score, (1.0, UP))
    performance.advance(0.9)
    assert performance._state.sampling == -1
    performance.advance(1.5)
    assert performance._state.sampling >= 0
    performance.advance(3.0)
    assert performance._state.sampling == -1


def test_s10_a_cues_level_comes_before_a_mapping_and_undo_gives_it_back() -> None:
    score = piece(
        mapping("level bed", "0 -> 0 dB", "1 -> -12 dB"), cues={"down": "level bed -6 dB"}
    )
    script = ((1.0, Fire("down")), (2.0, UP), (3.0, "undo down at now"))
    told = hear(score, *script, until=5.0).controls(7, "string ensemble")
    assert told == [(1.0, level_controller(-6.0)), (3.0, level_controller(-12.0))]


def test_s23_a_mapped_dynamic_takes_the_place_of_the_states() -> None:
    score = piece(mapping("dynamic", "0 -> p", "1 -> ff"), made=parameter(rise=2.0), tune="1w")
    heard = hear(score, (1.0, UP), until=8.0)
    told = heard.controls(11, "violin")
    assert told[0] == (0.0, expression(P))
    assert told[-1] == (3.0, expression(FF))
    assert [value for _, value in told] == sorted({value for _, value in told})
    assert heard.controls(11, "string ensemble")[-1] == (3.0, expression(FF - 1))
    cued = hear(score, (1.0, UP), (2.0, "dynamic mf"), until=8.0).controls(11, "violin")
    assert cued[-1] == (2.0, expression(MF))


@settings(max_examples=30)
@given(st.floats(30.0, 400.0), st.floats(0.05, 3.0))
def test_t9_a_channel_is_not_flooded_and_hears_the_last_value(tempo: float, rise: float) -> None:
    rules = (
        mapping("dynamic", "0 -> p", "1 -> ff"),
        mapping("level violin", "0 -> 0 dB", "1 -> -9 dB"),
    )
    score = piece(*rules, made=parameter(rise=rise), tune="1w", tempo=tempo)
    heard = hear(score, (0.1, UP), until=0.1 + rise + 1.0)
    assert heard.controls(11, "string ensemble")[-1][1] == expression(FF - 1)
    sent = [
        e.seconds
        for e in heard.of(Control)
        if e.controller == 11 and e.voice.instrument == "violin"
    ]
    gaps = [b - a for a, b in pairwise(sent) if a > 0.1]
    assert all(gap >= 0.02 - 1e-9 for gap in gaps[:-2])


@pytest.mark.parametrize(("to", "low", "high"), [("density", "0.2", "1"), ("swing", "50%", "70%")])
def test_s30_density_and_swing_are_numbers_for_whoever_plays(to: str, low: str, high: str) -> None:
    score = piece(
        mapping(to, f"0 -> {low}", f"1 -> {high}", while_=(InScene("one"),)),
        made=parameter(rise=2.0),
    )
    performance = prepared(score, (1.0, UP), (6.0, "go two at now"))
    seen = []
    for at in (0.5, 2.0 + 1e-6, 4.0, 7.0):
        performance.advance(at)
        seen.append(mapped(performance._state, score, to))
    expected = {"density": [0.2, 0.6, 1.0, None], "swing": [0.5, 0.6, 0.7, None]}[to]
    assert seen == [each if each is None else pytest.approx(each, abs=0.01) for each in expected]


# -- layers ----------------------------------------------------------------------------------------


def layer(**keys: object) -> MappingRule:
    return mapping("layer pulse", above=0.6, below=0.4, **keys)


def test_s30_a_layer_goes_on_at_its_boundary_and_off_below() -> None:
    score = piece(layer(at=NEXT_BAR, back=NEXT_BEAT), made=parameter(rise=2.0))
    heard = hear(score, (1.0, UP), (9.0, Set("tension", 0.5)), (12.0, DOWN), until=20.0)
    assert heard.changes("layers") == [(4.0, "lead bed pulse"), (13.0, "lead bed")]
    assert heard.times("pulse")[0] == 4.0
    assert heard.times("pulse")[-1] == 12.5


def test_s30_a_parameter_that_went_back_before_the_boundary_changes_nothing() -> None:
    heard = hear(piece(layer(at=NEXT_BAR)), (1.0, UP), (2.0, DOWN), until=9.0)
    assert heard.changes("layers") == []


def test_s30_for_t_holds_a_layer_back_in_both_directions() -> None:
    heard = hear(piece(layer(hold=2.0)), (1.0, UP), (6.0, DOWN), (7.0, UP), (9.0, DOWN), until=16.0)
    assert heard.changes("layers") == [(3.0, "lead bed pulse"), (11.0, "lead bed")]


def test_s30_a_layer_comes_and_goes_by_its_level() -> None:
    heard = hear(piece(layer(fade=bars(1))), (2.0, UP), (8.0, DOWN), until=16.0)
    assert heard.changes("layers") == [(2.0, "lead bed pulse"), (12.0, "lead bed")]
    told = heard.controls(7, "harp")
    assert told[0] == (2.0, 0)
    assert (6.0, 100) in told
    assert told[-1] == (12.0, 0)
    assert heard.times("pulse")[-1] == 11.5


def test_s30_a_fade_that_is_called_back_goes_on_from_where_it_is() -> None:
    heard = hear(piece(layer(fade=bars(1))), (1.0, UP), (8.0, DOWN), (9.0, UP), until=16.0)
    told = heard.controls(7, "harp")
    lowest = min(value for at, value in told if at > 8.0)
    assert lowest == level_controller(-15.0)
    assert told[-1] == (13.0, 100)
    assert heard.changes("layers") == [(1.0, "lead bed pulse")]


def test_s30_at_an_entry_a_layer_is_on_at_or_above_and_else_off() -> None:
    half = Set("tension", 0.5)
    heard = hear(piece(layer()), (1.0, UP), (2.0, half), (4.0, "go two at now"), until=8.0)
    assert heard.times("pulse")[-1] == 3.5, "0.5 is less than `above`"
    heard = hear(piece(layer()), (4.0, UP), (4.0, "go two at now"), until=6.0)
    assert heard.times("pulse") == [4.0, 4.5, 5.0, 5.5]


def test_s30_a_layer_is_governed_while_its_while_holds() -> None:
    score = piece(layer(while_=(InState("chase"),)))
    script = ((1.0, UP), (4.0, "state chase at now"), (8.0, "state calm at now"))
    heard = hear(score, *script, until=12.0)
    assert heard.times("pulse") == [4 + n / 2 for n in range(8)]


def test_s30_a_mapping_takes_a_states_own_layer_away() -> None:
    rule = mapping("layer bed", above=0.6, below=0.4)
    heard = hear(piece(rule), (6.0, UP), (10.0, DOWN), until=11.0)
    assert heard.changes("layers") == [(6.0, "lead bed"), (10.0, "lead")]
    assert {(start, end) for start, end, _ in heard.spans("bed")} == {(8.0, 10.0)}


def test_s10_a_cues_layers_come_before_a_mapping() -> None:
    heard = hear(piece(layer()), (1.0, "layers lead"), (2.0, UP), until=8.0)
    assert not heard.attacks("pulse")


# -- names -----------------------------------------------------------------------------------------


def test_s30_steps_go_up_where_they_say_and_down_five_percent_lower() -> None:
    rule = mapping("palette", "0 -> warm", "0.5 -> cold")
    heard = hear(
        piece(rule), (1.0, Set("tension", 0.5)), (3.0, Set("tension", 0.47)), (5.0, DOWN), until=9.0
    )
    assert heard.changes("palette") == [(1.0, "cold"), (5.0, "warm")]
    assert [e.seconds for e in heard.attacks("lead", "clarinet")] == [1.0, 2.0, 3.0]


def test_s10_a_cues_palette_harmony_and_figure_come_before_a_mapping() -> None:
    rules = (
        mapping("palette", "0 -> warm", "0.5 -> cold"),
        mapping("harmony", "0 -> home", "0.5 -> away"),
        mapping("figure bed", "0 -> rocking"),
    )
    heard = hear(piece(*rules), (1.0, UP), (4.0, "palette warm, harmony home at now"), until=8.0)
    # A harmony waits for the bar line unless the mapping says otherwise.
    assert heard.changes("chord") == [(4.0, "Am"), (4.0, "C")] or heard.changes("chord") == []
    assert not heard.attacks("lead", "clarinet")[3:]
    assert heard.times("bed") == [float(n) for n in range(8)]


def test_s30_a_harmony_waits_for_the_bar_line() -> None:
    heard = hear(piece(mapping("harmony", "0 -> home", "0.5 -> away")), (1.0, UP), until=10.0)
    assert heard.changes("chord")[:2] == [(4.0, "Am"), (8.0, "Dm")]


def test_s30_a_figure_begins_and_ends_with_its_step() -> None:
    score = piece(
        mapping("figure pulse", "0 -> rocking", "0.5 -> rocking"),
        mapping("figure bed", "0 -> rocking", while_=(InState("chase"),)),
    )
    heard = hear(score, (4.0, "state chase at now"), until=8.0)
    assert heard.times("bed") == [0.0, 4.0, 5.0, 6.0, 7.0]


# -- states ----------------------------------------------------------------------------------------


def levels(**keys: object) -> MappingRule:
    return mapping("state", "0 -> calm", "0.4 -> chase", "0.8 -> hunt", **keys)


def test_s30_a_state_is_asked_for_at_its_boundary_or_by_its_transition() -> None:
    heard = hear(piece(levels()), (1.0, UP), until=9.0)
    assert heard.changes("state") == [(0.0, "calm"), (4.0, "hunt")]
    assert heard.effects("state hunt")[0].outcome is Outcome.PLANNED
    heard = hear(
        piece(levels(at=NOW, back=NEXT_BEAT)), (1.0, UP), (2.5, Set("tension", 0.5)), until=9.0
    )
    assert heard.changes("state") == [(0.0, "calm"), (1.0, "hunt"), (3.0, "chase")]


def test_s30_a_way_through_several_states_takes_the_one_it_has_come_to() -> None:
    score = piece(levels(), made=parameter(rise=2.0))
    heard = hear(score, (1.0, UP), (5.0, DOWN), until=13.0)
    # On the way up and down both steps are taken before the bar line.
    assert heard.changes("state") == [(0.0, "calm"), (4.0, "hunt"), (8.0, "calm")]


def test_s30_a_state_that_is_not_asked_for_any_more_is_called_off() -> None:
    heard = hear(piece(levels()), (1.0, UP), (2.0, DOWN), until=9.0)
    assert heard.changes("state") == [(0.0, "calm")]
    assert [e.outcome for e in heard.effects("state hunt")] == [Outcome.PLANNED, Outcome.CANCELLED]


def test_s10_a_cue_that_waits_for_the_boundary_comes_before_a_mapping() -> None:
    heard = hear(piece(levels()), (0.5, "state chase"), (1.0, UP), until=9.0)
    assert heard.changes("state") == [(0.0, "calm"), (4.0, "chase")]
    assert heard.effects("state hunt")[0].outcome is Outcome.REFUSED


def test_s10_a_cue_takes_the_place_of_what_a_mapping_asked_for() -> None:
    heard = hear(piece(levels()), (0.5, UP), (1.0, "state chase"), until=9.0)
    assert heard.changes("state") == [(0.0, "calm"), (4.0, "chase")]
    assert heard.effects("state hunt")[-1].outcome is Outcome.SUPERSEDED


def test_s30_a_scene_begins_in_the_state_that_the_parameter_has_come_to() -> None:
    heard = hear(piece(levels(at=NOW)), (1.0, UP), (4.0, "go two at now"), until=9.0)
    assert heard.changes("state")[-2:] == [(4.0, "chase"), (4.0, "hunt")]
    assert [e.seconds for e in heard.attacks("lead")][4:6] == [4.0, 5.0]


def test_s10_states_that_bring_one_another_about_are_stopped() -> None:
    calm = builders.State("calm", inputs={"tension": 1.0})
    chase = builders.State("chase", inputs={"tension": 0.0})
    score = piece(mapping("state", "0 -> calm", "0.4 -> chase", at=NOW), states=[calm, chase])
    heard = hear(score, until=1.0)
    assert len(heard.changes("state")) < 20


def test_s33_a_mapping_does_not_begin_the_music_again() -> None:
    heard = hear(piece(levels(at=NOW)), (2.0, "stop"), (3.0, UP), until=9.0)
    assert heard.times("lead") == [0.0, 1.0]


# -- restore ---------------------------------------------------------------------------------------

EVERYTHING = (
    mapping("tempo", "0 -> +0%", "1 -> +30%"),
    mapping("dynamic", "0 -> p", "1 -> ff"),
    mapping("level bed", "0 -> 0 dB", "1 -> -9 dB"),
    layer(fade=bars(1), at=NEXT_BEAT),
    mapping("palette", "0 -> warm", "0.7 -> cold", at=NEXT_BEAT),
    mapping("state", "0 -> calm", "0.5 -> chase"),
)
SCRIPT = (
    (1.0, UP),
    (7.3, Set("tension", 0.3)),
    (12.0, "set tension = 0.9 over 2 bars"),
    (15.0, "go two"),
)


@settings(max_examples=15)
@given(st.lists(st.floats(0.0, 24.0), max_size=4).map(sorted))
def test_s34_a_restore_goes_on_exactly_with_everything_that_is_driven(places: list[float]) -> None:
    score = piece(*EVERYTHING, made=parameter(rise=3.0, is_smooth=True))
    performance = prepared(score, *SCRIPT)
    events: list[Event] = []
    for place in places:
        events += performance.advance(place)
        performance = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
    events += performance.advance(24.0)
    assert tuple(events) == hear(score, *SCRIPT, until=24.0).events


def test_t3_a_motif_is_sharpened_by_a_mapping_note_by_note() -> None:
    rules = [mapping("sharpen tune", "0 -> 0", "1 -> 1")]
    heard = hear(piece(*rules, tune="1q 4 4 1"), (1.5, UP), until=4.0)
    notes = heard.attacks("lead")
    assert [n.spelling for n in notes] == ["C4", "F4", "F#4", "C4"]
    assert notes[0].length == notes[1].length == notes[3].length
    assert notes[2].length < notes[0].length / 3
    assert notes[2].velocity == notes[1].velocity + 24
