"""S30: parameters are closed forms from their last input; thresholds fire at exact instants."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.messages import Change, Event, Fire, Log, Observation, Outcome, Set
from leitmotor.music.length import NOW
from leitmotor.music.tempo import TempoMap
from leitmotor.perform.motion import Motion, resting, towards
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import CompiledScore, Scene
from leitmotor.score.compiled_parameters import Parameter
from leitmotor.score.matchers import AllOf, Press, Threshold
from leitmotor.testing import builders
from leitmotor.testing.builders import CueText, parameter
from leitmotor.testing.listening import Heard, hear, prepared

# -- closed forms ----------------------------------------------------------------------------------

levels = st.floats(-1.0, 2.0, allow_nan=False)
rates = st.sampled_from((0.0, 0.5, 2.0, 7.0))


@st.composite
def parameters(draw: st.DrawFn) -> Parameter:
    return parameter(
        low=-1.0,
        high=2.0,
        start=draw(levels),
        rise=draw(rates),
        fall=draw(rates),
        smooth=draw(rates),
        is_smooth=draw(st.booleans()),
    )


@st.composite
def journeys(draw: st.DrawFn) -> Motion:
    """The way after a few inputs, each somewhere on the way before."""
    made = draw(parameters())
    motion, now = resting(made, 0.0), 0.0
    for _ in range(draw(st.integers(1, 4))):
        now += draw(st.floats(0.0, 3.0))
        over = draw(st.none() | st.floats(0.0, 4.0))
        motion = towards(made, motion, draw(levels), now, over)
    return motion


@given(journeys(), st.lists(st.floats(0.0, 1.0), min_size=2, max_size=8).map(sorted))
def test_s30_the_way_is_monotone_and_stays_between_its_ends(
    motion: Motion, shares: list[float]
) -> None:
    low, high = sorted((motion.origin, motion.target))
    values = [motion.value_at(motion.began + share * motion.length) for share in shares]
    assert all(low <= value <= high for value in values)
    rising = sorted(values, reverse=motion.target < motion.origin)
    assert values == pytest.approx(rising, abs=1e-12)


@given(journeys())
def test_s30_the_target_is_reached_exactly_when_it_is_said(motion: Motion) -> None:
    assert motion.value_at(motion.arrives) == motion.target
    assert motion.value_at(motion.arrives + 1e6) == motion.target


@given(journeys(), st.floats(0.0, 1.0))
def test_s30_a_solved_level_is_where_the_value_passes_it(motion: Motion, share: float) -> None:
    level = motion.origin + share * (motion.target - motion.origin)
    sign = 1 if motion.target >= motion.origin else -1
    stretch = motion.beyond(level, sign)
    assert stretch is not None
    assert motion.value_at(stretch[0]) == pytest.approx(level, abs=1e-6) or not motion.length


@given(st.floats(0.01, 5.0), levels, levels, st.booleans())
def test_s30_rise_and_fall_are_the_times_over_the_whole_range(
    whole: float, start: float, goal: float, is_smooth: bool
) -> None:
    made = parameter(low=-1.0, high=2.0, rise=whole, start=start, is_smooth=is_smooth)
    motion = towards(made, resting(made, 0.0), goal, 5.0)
    if start != goal:
        assert motion.arrives == pytest.approx(5.0 + whole * abs(goal - start) / 3.0)


def test_s30_a_smooth_curve_sets_out_and_arrives_gently() -> None:
    made = parameter(rise=2.0, is_smooth=True)
    motion = towards(made, resting(made, 0.0), 1.0, 0.0)
    assert [motion.value_at(t) for t in (0.5, 1.0, 1.5)] == [0.15625, 0.5, 0.84375]
    assert motion.speed_at(0.0) == motion.speed_at(2.0) == 0.0


def test_s30_smooth_evens_out_a_trembling_input() -> None:
    made = parameter(smooth=1.0)
    motion, seen = resting(made, 0.0), []
    for number in range(400):
        motion = towards(made, motion, 0.5 + 0.3 * (-1) ** number, number / 50)
        seen.append(motion.value_at((number + 1) / 50))
    assert all(abs(value - 0.5) < 0.02 for value in seen[-10:])
    assert seen[0] == pytest.approx(0.8 / 50)


@pytest.mark.parametrize("is_smooth", [True, False])
def test_s30_a_stream_of_inputs_does_not_hold_a_parameter_up(is_smooth: bool) -> None:
    made = parameter(rise=2.0, is_smooth=is_smooth)
    motion = resting(made, 0.0)
    for number in range(200):  # a sensor with a little noise, fifty times a second
        motion = towards(made, motion, 0.9 + 0.001 * (number % 2), number / 50)
    assert motion.value_at(4.0) == pytest.approx(0.9, abs=0.02)
    assert towards(made, motion, motion.target, 4.0) is motion


# -- inputs ----------------------------------------------------------------------------------------


def piece(
    *made: Parameter, cues: dict[str, CueText] | None = None, **keys: object
) -> CompiledScore:
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")],
        parameters=made or [parameter(rise=4.0)],
        cues=cues or {},
        **keys,  # type: ignore[arg-type]
    )


def value(score: CompiledScore, at: float, *script: object, name: str = "tension") -> float:
    performance = prepared(score, *script)  # type: ignore[arg-type]
    performance.advance(at)
    return dict(performance.view().parameters)[name]


def test_s30_an_input_is_followed_in_seconds_whatever_the_tempo_does() -> None:
    script = ((1.0, Set("tension", 1.0)), (1.5, "tempo 200 over 2 bars"))
    assert value(piece(), 1.0, *script) == 0.0
    assert value(piece(), 3.0, *script) == pytest.approx(0.5)
    assert value(piece(), 5.0, *script) == 1.0


@given(st.lists(st.floats(0.0, 8.0), max_size=6).map(sorted))
def test_s30_a_value_does_not_depend_on_how_often_it_is_asked_for(places: list[float]) -> None:
    performance = prepared(piece(), (1.0, Set("tension", 1.0)), (3.0, Set("tension", 0.0)))
    for place in places:
        performance.advance(place)
        performance.view()
    performance.advance(9.0)
    state = performance._state
    assert state.parameters["tension"].origin == pytest.approx(0.5)
    assert state.parameters["tension"].value_at(3.75) == pytest.approx(0.3125)


def test_s30_an_input_is_answered_with_its_value_and_when_it_is_reached() -> None:
    performance = prepared(piece())
    (foreseen,) = performance.receive(Set("tension", 0.5), 1.0).effects
    assert (foreseen.what, foreseen.outcome) == ("tension = 0.5", Outcome.PLANNED)
    heard = Heard(tuple(performance.advance(2.0)))
    (effect,) = heard.effects("tension = 0.5")
    assert effect.outcome is Outcome.DONE
    assert effect.rule == foreseen.rule == "from 0, there at bar 1 beat 4 after 2 s"


def test_s30_values_are_clamped_to_the_range_and_it_is_said() -> None:
    heard = hear(piece(parameter()), (1.0, Set("tension", 7.0)), until=2.0)
    (effect,) = heard.effects("tension = 1")
    assert effect.rule == "at once; 7 is outside of its range 0..1"
    assert value(piece(parameter()), 2.0, (1.0, Set("tension", 7.0))) == 1.0


def test_s30_an_unknown_parameter_or_number_is_refused() -> None:
    performance = prepared(piece())
    assert performance.receive(Set("tensoin", 0.4), 1.0).reason == (
        'there is no parameter tensoin; did you mean "tension"?'
    )
    assert "is no value" in performance.receive(Set("tension", float("nan")), 1.0).reason
    assert value(piece(), 2.0, (1.0, Set("tension", float("inf")))) == 0.0


def test_the_verb_set_takes_its_own_time() -> None:
    """Language §4: over T."""
    script = (1.0, "set tension = 1 over 2 beats")
    assert value(piece(), 2.0, script) == pytest.approx(0.5)
    assert value(piece(), 3.0, script) == 1.0


def test_the_verb_set_for_a_while_and_what_was_there_returns() -> None:
    """Language §4: for T; an input in between stays."""
    score = piece(parameter())
    script = ((0.5, Set("tension", 0.25)), (1.0, "tension = 1 for 2 beats"))
    assert value(score, 2.9, *script) == 1.0
    assert value(score, 3.1, *script) == 0.25
    assert value(score, 3.1, *script, (2.0, Set("tension", 0.75))) == 0.75


def test_undo_takes_a_set_back_while_it_holds() -> None:
    """Language §4."""
    score = piece(parameter(), cues={"hot": "set tension = 1"})
    script = ((1.0, Fire("hot")), (2.0, "undo hot at now"))
    assert value(score, 3.0, *script) == 0.0
    assert value(score, 3.0, *script, (1.5, Set("tension", 0.5))) == 0.5


def test_then_waits_until_a_set_over_time_has_arrived() -> None:
    heard = hear(piece(), (1.0, "set tension = 1 over 2 beats, then log there"), until=5.0)
    assert [each.seconds for each in heard.of(Log)] == [3.0]


def test_s33_a_parameter_does_not_begin_the_music() -> None:
    for cue in (Set("tension", 1.0), "set tension = 1"):
        assert not hear(piece(), (1.0, cue), until=5.0, start=Start.ON_CUE).attacks()


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        (Observation("osc", "/t", (0.5,)), 0.5),
        (Observation("osc", "/t", (7,)), 1.0),
        (Observation("midi cc", "1", (127.0,)), 1.0),
        (Observation("event", "t", (), (("tension", "0.75"),)), 0.75),
        (Fire("t", (("value", "0.25"),)), 0.25),
        (Fire("t"), 0.0),
        (Fire("t", (("value", "much"),)), 0.0),
    ],
)
def test_s30_a_cue_sets_a_parameter_to_what_came(cue: Observation | Fire, expected: float) -> None:
    """Language §3: `set`; MIDI is mapped on the range, other values are taken and clamped."""
    score = piece(parameter(), cues={"t": {"sets": "tension"}})
    performance = Performance(score)
    effect = performance._director.inputs.of_cue(score.cues[0], cue)
    assert performance._state.parameters["tension"].target == expected
    assert (effect.outcome is Outcome.REFUSED) == (
        cue in (Fire("t"), Fire("t", (("value", "much"),)))
    )


def test_a_cue_maps_what_comes_by_its_scale() -> None:
    """Language §3: `scale`."""
    heat = parameter("heat", low=10.0, high=20.0, start=10.0)
    rule: CueText = {"sets": "heat", "scale": (0.0, 1000.0), "when": [Press("h")]}
    score = piece(heat, cues={"h": rule})
    script = (1.0, Observation("press", "h", (250.0,)))
    assert value(score, 2.0, script, name="heat") == 12.5
    assert hear(score, script, until=2.0).effects("heat = 12.5")[0].outcome is Outcome.DONE


def test_s30_a_states_number_is_an_input_at_its_entry() -> None:
    calm = replace(builders.state("calm"), inputs={"tension": 0.25})
    chase = replace(builders.state("chase"), inputs={"tension": 1.0})
    score = piece(parameter(rise=4.0), states=[calm, chase], scenes=[Scene("one", "", (), "calm")])
    assert value(score, 0.5) == pytest.approx(0.125)
    script = (4.0, "state chase at now")
    assert value(score, 4.0, script) == 0.25
    assert value(score, 6.0, script) == pytest.approx(0.75)


def test_s8_parameters_persist_where_nothing_sets_them() -> None:
    score = piece(
        states=[builders.state("calm"), builders.state("chase")],
        scenes=[Scene("one", "", (), "calm"), Scene("two", "", (), "chase")],
    )
    script = ((1.0, Set("tension", 1.0)), (2.0, "go two at now"), (3.0, "stop"))
    assert value(score, 5.0, *script) == 1.0


# -- thresholds ------------------------------------------------------------------------------------


def crossing(
    *thresholds: Threshold, do: str = "log x", made: Parameter | None = None
) -> CompiledScore:
    return piece(made or parameter(rise=4.0), cues={"hot": {"do": do, "when": thresholds}})


def fired(heard: Heard) -> list[float]:
    return [at for at, name in heard.changes("cue") if name == "hot"]


ABOVE = Threshold("tension", True, 0.5)
UP, DOWN = Set("tension", 1.0), Set("tension", 0.0)


def test_s30_a_threshold_fires_at_the_exact_tick_of_its_crossing() -> None:
    heard = hear(crossing(ABOVE), (0.1, UP), (1.0, "tempo 173"), until=8.0)
    (change,) = [e for e in heard.of(Change) if e.what == "cue"]
    performance = prepared(crossing(ABOVE), (0.1, UP), (1.0, "tempo 173"))
    performance.advance(1.5)
    tempo = TempoMap(performance._state.tempo.segments)
    began = tempo.seconds_at(TempoMap([performance._state.tempo.base]).tick_at(0.1))
    assert change.seconds == pytest.approx(2.1, abs=1e-5)
    assert change.tick == tempo.tick_at(change.seconds)
    assert tempo.seconds_at(change.tick - 1) < 0.1 + 2.0 + 1e-5
    assert began >= 0.1


def test_s30_a_threshold_fires_on_crossing_and_is_armed_again_below() -> None:
    script = ((1.0, UP), (8.0, Set("tension", 0.47)), (12.0, UP), (20.0, DOWN), (25.0, UP))
    # 0.47 is less than 5 % of the range under 0.5, so that the second way up fires nothing.
    assert fired(hear(crossing(ABOVE), *script, until=40.0)) == [3.0, 27.0]


def test_s30_a_threshold_that_is_beyond_at_the_start_has_not_been_crossed() -> None:
    assert fired(hear(crossing(ABOVE, made=parameter(start=0.8)), until=8.0)) == []


def test_s30_below_fires_on_the_way_down() -> None:
    score = crossing(Threshold("tension", False, 0.25), made=parameter(start=1.0, rise=4.0))
    assert fired(hear(score, (1.0, DOWN), (6.0, UP), (12.0, DOWN), until=20.0)) == [4.0, 15.0]


def test_s30_for_t_counts_from_the_crossing_and_starts_over() -> None:
    score = crossing(Threshold("tension", True, 0.5, 3.0))
    assert fired(hear(score, (1.0, UP), until=12.0)) == [6.0]
    again = ((1.0, UP), (4.0, DOWN), (6.0, UP))  # at 0.75, back at 0.5 at 5 s, up again at 7 s
    assert fired(hear(score, *again, until=20.0)) == [10.0]
    touched = ((1.0, UP), (5.0, Set("tension", 0.6)))  # another input, and always above
    assert fired(hear(score, *touched, until=20.0)) == [6.0]


def test_s30_thresholds_are_solved_anew_on_each_input() -> None:
    assert fired(hear(crossing(ABOVE), (1.0, UP), (2.0, DOWN), until=12.0)) == []


def test_s30_a_jump_crosses_at_once() -> None:
    score = crossing(ABOVE, made=parameter())
    assert fired(hear(score, (1.25, UP), (2.0, DOWN), (2.0, UP), until=4.0)) == [1.25, 2.0]


def test_s30_several_thresholds_of_one_way_each_fire_in_order() -> None:
    score = piece(
        cues={
            "late": {"do": "log late", "when": [Threshold("tension", True, 0.75)]},
            "soon": {"do": "log soon", "when": [Threshold("tension", True, 0.25)]},
        }
    )
    heard = hear(score, (1.0, UP), until=8.0)
    assert [(e.seconds, e.text) for e in heard.of(Log)] == [(2.0, "soon"), (4.0, "late")]


def test_s35_a_threshold_is_a_standing_part_of_all_of() -> None:
    score = piece(parameter(), cues={"hot": {"do": "log x", "when": [AllOf((ABOVE, Press("b")))]}})
    press = Observation("press", "b")
    script = ((1.0, press), (5.0, UP), (20.0, press), (21.0, DOWN), (30.0, press))
    assert fired(hear(score, *script, until=40.0)) == [20.0]


def test_s10_cues_that_set_one_another_off_in_a_circle_are_stopped() -> None:
    score = piece(
        parameter(),
        cues={
            "up": {"do": "set tension = 0", "when": [ABOVE]},
            "down": {"do": "set tension = 1", "when": [Threshold("tension", False, 0.1)]},
        },
    )
    heard = hear(score, (1.0, UP), until=4.0)
    assert any("in a circle" in log.text for log in heard.of(Log))
    assert len(heard.changes("cue")) < 20


def test_s11_parameters_and_thresholds_go_on_while_the_musics_time_stands() -> None:
    heard = hear(crossing(ABOVE), (2.0, "pause"), (3.0, UP), (9.0, "resume exactly"), until=12.0)
    assert fired(heard) == [5.0]
    script = ((2.0, "pause"), (3.0, UP))
    assert value(crossing(ABOVE), 6.0, *script) == pytest.approx(0.75)


# -- restore and replay ----------------------------------------------------------------------------

SCRIPT = ((1.0, UP), (6.5, Set("tension", 0.2)), (9.0, "set tension = 1 over 2 bars for 3 bars"))


@settings(max_examples=25)
@given(st.lists(st.floats(0.0, 24.0), max_size=4).map(sorted))
def test_s34_a_restore_in_the_middle_of_a_rise_goes_on_exactly(places: list[float]) -> None:
    score = crossing(
        ABOVE, Threshold("tension", False, 0.3, 0.5), made=parameter(rise=4.0, is_smooth=True)
    )
    performance = prepared(score, *SCRIPT)
    events: list[Event] = []
    for place in places:
        events += performance.advance(place)
        performance = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
    events += performance.advance(24.0)
    assert tuple(events) == hear(score, *SCRIPT, until=24.0).events
    assert len(fired(Heard(tuple(events)))) >= 3


def test_s34_a_reload_keeps_what_parameters_are_and_crosses_no_old_threshold() -> None:
    performance = prepared(crossing(ABOVE), (1.0, UP))
    performance.advance(2.0)
    narrow = replace(crossing(Threshold("tension", True, 0.75)), hash="another")
    performance.reload(narrow, NOW)
    heard = Heard(tuple(performance.advance(12.0)))
    assert fired(heard) == [4.0]
    assert dict(performance.view().parameters) == {"tension": 1.0}
    smaller = replace(crossing(ABOVE, made=parameter(high=0.5)), hash="a third")
    performance.reload(smaller)
    performance.advance(20.0)
    assert dict(performance.view().parameters) == {"tension": 0.5}
