"""S24, S27–S29: stopping, pickups and held notes. A quarter is a second, a bar four."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.perform.two_scenes import play

from leitmotor.messages import Attack, Fire, Outcome, Panic, Release, Tempo
from leitmotor.music.length import NEXT_BEAT, NEXT_PHRASE, bars
from leitmotor.music.metre import Metre
from leitmotor.music.time import QUARTER
from leitmotor.score.compiled import (
    Character,
    Choice,
    Scene,
)
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared, shown


def music(heard: Heard, since: float) -> list[tuple[float, str, str, str, int]]:
    """What is heard from a second on, told from there."""
    return [
        (round(e.seconds - since, 4), e.voice.role, e.voice.instrument, e.spelling, e.velocity)
        for e in heard.attacks()
        if e.seconds >= since
    ]


# -- S24 -------------------------------------------------------------------------------------------


def test_s24_stop_ends_what_sounds_and_keeps_the_place() -> None:
    performance = prepared(play(), (9.5, "stop"), (12.0, "dynamic f"))
    before = Heard(tuple(performance.advance(11.9)))
    assert performance.idle
    assert performance.view().scene == "quay"
    ends = [e.seconds for e in before.of(Release)]
    assert len(ends) == len(before.of(Attack))
    assert max(ends) <= 9.5
    after = Heard(tuple(performance.advance(13.0)))
    assert after.times("lead") == [12.0]


def test_s24_nothing_that_was_planned_before_wakes_a_stopped_performance() -> None:
    score = play()
    heard = hear(score, (4.5, "go sea"), (4.6, "key D at next phrase"), (5.0, "stop"), until=40.0)
    assert max(e.seconds for e in heard.attacks()) < 5.0
    assert heard.effects("go sea")[-1].outcome is Outcome.CANCELLED


def test_s24_the_rest_of_the_sequence_that_stopped_goes_on() -> None:
    score = builders.score(
        motifs=[builders.motif("a", "1q 2 3 4")], cues={"out": "stop, then wait 2 s, then motif a"}
    )
    heard = hear(score, (1.5, Fire("out")), until=6.0)
    assert heard.times() == [0.0, 1.0, 3.5, 4.5, 5.5]


def test_s24_a_length_does_not_wake_a_stopped_performance() -> None:
    score = builders.score(
        motifs=[builders.motif("a", "1q 2 3 4")],
        characters=[Character("a", "a", "", ())],
        scenes=[Scene("one", "", ("a",), "", length=bars(2)), Scene("two", "", ("a",), "")],
    )
    assert hear(score, (1.5, "stop"), until=20.0).times() == [0.0, 1.0]


def test_s24_fade_goes_down_to_silence_and_levels_return_with_the_next_go() -> None:
    heard = hear(play(), (1.0, "fade 1 bar"), (9.0, "go home at now"), until=12.0)
    levels = heard.controls(7, "cello")
    assert levels[0][0] > 1.0
    assert levels[:-1] == sorted(levels[:-1], key=lambda told: -told[1])
    assert levels[-2] == (5.0, 0)
    assert levels[-1] == (9.0, 100)
    assert [e for e in heard.attacks() if 5.0 < e.seconds < 9.0]


def test_s24_panic_calls_off_everything_and_says_so() -> None:
    heard = hear(play(), (1.0, Fire("out")), (2.0, "key D"), (2.5, "panic"), until=20.0)
    assert [e.seconds for e in heard.of(Panic)] == [2.5]
    assert max(e.seconds for e in heard.attacks()) < 2.5
    assert heard.effects("key D")[-1].outcome is Outcome.CANCELLED
    assert heard.changes("scene") == [(0.0, "quay")]


def test_s24_panic_during_a_swell_leaves_the_next_entry_at_its_own_dynamic() -> None:
    heard = hear(play(), (1.0, "swell 2 bars to fff"), (2.5, "panic"), (3.0, "go home"), until=6.0)
    plain = hear(play(), (1.0, "log x"), (2.5, "panic"), (3.0, "go home"), until=6.0)
    assert music(heard, 3.0) == music(plain, 3.0)
    assert heard.controls(11, "violin")[-1] == (3.0, 74)


# -- S27 -------------------------------------------------------------------------------------------


def test_s27_a_pickup_sounds_just_before_its_boundary_in_the_new_context() -> None:
    heard = hear(play(pickup=QUARTER), (1.0, "go sea"), until=5.0)
    pickup = heard.attacks(motif="ilan")[0]
    assert (pickup.seconds, pickup.spelling, pickup.voice.instrument) == (3.0, "Bb3", "clarinet")
    assert heard.attacks(motif="ilan")[1].seconds == 4.0


def test_s27_a_pickup_asked_for_too_late_is_left_out_and_the_answer_says_so() -> None:
    heard = hear(play(pickup=QUARTER), (3.5, "go sea"), until=5.0)
    assert heard.attacks(motif="ilan")[0].seconds == 4.0
    assert "no room for its pickup" in heard.effects("go sea")[0].rule


def test_s27_exactly_enough_room_is_room_enough() -> None:
    heard = hear(play(pickup=QUARTER), (3.0, "go sea"), until=5.0)
    assert heard.attacks(motif="ilan")[0].seconds == 3.0


@pytest.mark.parametrize("verb", ["motif ilan", "motif ilan in bass", "enter ilan"])
def test_s27_a_pickup_of_a_verb_leads_to_its_boundary(verb: str) -> None:
    score = play(pickup=QUARTER, mara="1h")
    heard = hear(score, (2.5, verb), until=8.0)
    assert heard.times(motif="ilan") == [3.0, 4.0, 6.0]


def test_s27_a_pickup_in_the_rotation_is_whole_or_left_out() -> None:
    score = builders.score(
        motifs=[
            builders.motif("a", "1q 2 3"),
            builders.motif("b", "5-q 6- | 1h 3h", pickup=2 * QUARTER),
        ],
        breathe=builders.beats(0),
    )
    assert hear(score, until=7.0).times(motif="b") == [4.0, 6.0]
    roomy = builders.score(
        motifs=[
            builders.motif("a", "1q 2"),
            builders.motif("b", "5-q 6- | 1h 3h", pickup=2 * QUARTER),
        ],
        breathe=builders.beats(0),
    )
    assert hear(roomy, until=7.0).times(motif="b") == [2.0, 3.0, 4.0, 6.0]


def test_s27_a_pickup_that_sounds_is_let_go_when_its_go_is_superseded() -> None:
    heard = hear(play(pickup=QUARTER), (1.0, "go sea"), (3.5, "go home"), until=9.0)
    assert [s for s in heard.spans("lead") if s[2] == "Bb3"] == [(3.0, 3.5, "Bb3")]
    assert heard.notes(motif="mara").endswith("4 C4, 6 E4, 8 G4")


def test_s27_a_pickup_is_let_go_when_the_bar_lines_move_under_it() -> None:
    score = play(pickup=QUARTER, mara="1h")
    heard = hear(score, (2.0, "motif ilan"), (3.5, "state storm at now"), until=6.0)
    begins = next(seconds for seconds, what in heard.changes("lead") if "ilan" in what)
    assert begins in {t for _, t in heard.bars()}
    assert (3.0, 3.5, "G3") in heard.spans("lead")


def test_s27_the_pickup_of_a_scene_in_turn_is_played_by_the_coming_palette() -> None:
    score = builders.score(
        motifs=[builders.motif("ilan", "5-q | 1w", pickup=QUARTER)],
        palettes=[
            builders.palette("warm", {"lead": "violin"}),
            builders.palette("cold", {"lead": "flute"}),
        ],
        characters=[Character("ilan", "ilan", "", ())],
        states=[builders.state("calm", palette=Choice(("warm", "cold"), "state calm palette"))],
        scenes=[Scene("one", "", ("ilan",), "calm"), Scene("two", "", ("ilan",), "calm")],
        rest=bars(8),
    )
    heard = hear(score, (5.0, "go two"), until=9.0)
    assert [(e.seconds, e.voice.instrument) for e in heard.attacks()] == [
        (0.0, "violin"),
        (7.0, "flute"),
        (8.0, "flute"),
    ]


def test_s27_a_grace_at_a_statements_start_steals_from_its_own_note() -> None:
    score = builders.score(motifs=[builders.motif("a", "grace(2s) 1q 2 grace(2s) 3 4")])
    heard = hear(score, until=4.0)
    assert heard.notes() == "0 D4, 0.06 C4, 1 D4, 1.94 D4, 2 E4, 3 F4"


def test_s27_legato_never_overlaps_an_equal_pitch() -> None:
    score = builders.score(motifs=[builders.motif("a", "(legato) 1q 1 2 3")])
    first, second = hear(score, until=4.0).spans()[:2]
    assert first == (0.0, 1.0, "C4")
    assert second[1] == pytest.approx(2.02, abs=1e-5)


# -- S28 -------------------------------------------------------------------------------------------


def test_s28_the_same_pitch_twice_on_one_channel_is_struck_again() -> None:
    score = builders.score(
        motifs=[builders.motif("long", "1w"), builders.motif("short", "1q")],
        palettes=[builders.palette("p", {"lead": "piano", "counter": "piano"})],
        states=[builders.state("calm", palette="p")],
        scenes=[Scene("quay", "", (), "calm")],
    )
    one = {key: score.voices["piano", "lead"]._replace(role=key[1]) for key in score.voices}
    shared = replace(score, voices=one)
    heard = hear(shared, (0.0, "motif long"), (2.0, "motif short in counter at now"), until=5.0)
    assert heard.spans() == [(0.0, 2.0, "C4"), (2.0, 2.95, "C4")]


# -- S29 -------------------------------------------------------------------------------------------


def ends(heard: Heard, instrument: str) -> list[str]:
    return [f"{shown(a)}-{shown(b)} {pitch}" for a, b, pitch in heard.spans(instrument=instrument)]


def test_s29_release_ends_held_notes_at_the_boundary() -> None:
    heard = hear(play(), (5.0, "go sea at now"), until=8.0)
    assert "4-5 G4" in ends(heard, "violin")
    assert {end for _, end, _ in heard.spans("bed", "string ensemble")} == {4.0, 5.0}


def test_s29_release_with_fade_sounds_on_for_at_most_that_long() -> None:
    way = builders.transition(fade=builders.seconds(1))
    heard = hear(play(way=way), (5.0, "go sea at now"), until=12.0)
    assert "4-6 G4" in ends(heard, "violin")
    way = builders.transition(fade=builders.seconds(30))
    heard = hear(play(way=way), (5.0, "go sea at now"), until=12.0)
    assert heard.spans(instrument="violin")[-1][1] == pytest.approx(5.0 + 2.8 / 2, abs=1e-3)


def test_s29_carry_lets_tones_of_the_new_chord_end_as_written() -> None:
    way = builders.transition(held="carry")
    heard = hear(play(way=way, mara="1w"), (1.0, "go home at now"), until=8.0)
    assert (0.0, 3.8, "C4") not in heard.spans("lead")  # struck again by the scene itself
    heard = hear(play(way=way, mara="3bw"), (1.0, "go sea at now"), until=8.0)
    assert heard.spans(instrument="violin") == [(0.0, 1.0 + 2.8 / 2, "Eb4")]
    heard = hear(play(way=way, mara="3w"), (1.0, "go sea at now"), until=8.0)
    assert heard.spans(instrument="violin") == [(0.0, 1.0, "E4")]


def test_s29_restrike_hands_the_note_to_the_new_player() -> None:
    way = builders.transition(held="restrike")
    heard = hear(play(way=way, mara="3bw"), (1.0, "go sea at now"), until=8.0)
    struck = [e for e in heard.attacks("lead") if e.seconds == 1.0 and e.spelling == "Eb4"]
    assert {e.voice.instrument for e in struck} == {"clarinet"}


def test_s29_no_attack_of_the_old_sounds_after_the_boundary() -> None:
    for held in ("release", "carry", "restrike"):
        way = builders.transition(NEXT_BEAT, held=held, fade=bars(1))
        heard = hear(play(way=way), (2.5, "go sea"), until=12.0)
        late = [e for e in heard.attacks() if e.seconds >= 3.0]
        assert {e.cause.scene for e in late} == {"sea"}


def test_s29_the_transition_table_is_read_from_the_nearest_to_the_default() -> None:
    score = play()
    table = {
        ("", ""): builders.transition(name="default"),
        ("quay", "storm"): builders.transition(NEXT_BEAT, name="quay -> storm"),
        ("calm", "any"): builders.transition(NEXT_PHRASE, name="calm -> any"),
    }
    score = replace(score, transitions=table)
    heard = hear(score, (1.5, "go sea"), (2.5, "go home"), until=5.0)
    assert heard.effects("go sea")[0].rule == "next beat (transition quay -> storm)"
    assert heard.effects("go home")[0].rule == "next bar (transition default)"


def test_s29_a_transition_ramps_to_the_new_tempo() -> None:
    way = builders.transition(ramp=bars(2))
    heard = hear(play(way=way), (1.0, "go sea"), until=20.0)
    ramp = [e for e in heard.of(Tempo) if e.length]
    assert [(e.seconds, e.bpm, e.end_bpm, e.length) for e in ramp] == [
        (4.0, 60.0, 120.0, 8 * QUARTER)
    ]


def test_s22_an_entry_during_a_ramp_takes_the_tempo_of_its_state_at_once() -> None:
    heard = hear(play(), (0.0, "tempo 200 over 8 bars"), (3.0, "go sea at now"), until=5.0)
    tempos = heard.of(Tempo)
    assert tempos[-1].seconds == pytest.approx(3.0, abs=1e-5)
    assert (tempos[-1].bpm, tempos[-1].length) == (120.0, 0)


def test_s5_a_metre_change_in_the_middle_of_a_figure_cuts_it_at_the_bar_line() -> None:
    heard = hear(play(figures={"bed": "rocking"}), (1.0, "metre 3/4"), until=10.9)
    assert heard.times("bed") == [float(second) for second in range(11)]
    assert heard.notes("bed").endswith("4 F3, 5 A3, 6 C4, 7 G3, 8 B3, 9 D4, 10 C3")
    assert Metre(3, 4).bar == 3 * QUARTER
