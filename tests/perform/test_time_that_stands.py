"""S3, S11, S25, S26: pause, hold, vamp. A quarter is a second, a bar four."""

from __future__ import annotations

import pytest

from leitmotor.messages import BarLine, Fire, Outcome, Set
from leitmotor.music.length import bars
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.score.compiled_overlays import SilencePlan
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared


def score(**settings: object) -> CompiledScore:
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4 | 5 6 7 1+")],
        palettes=[builders.palette("warm", {"lead": "violin", "bed": "string ensemble"})],
        progressions=[builders.progression("home", "I | IV")],
        characters=[Character("mara", "tune", "", ())],
        states=[builders.state("calm", palette="warm", harmony="home")],
        scenes=[Scene("one", "", ("mara",), "calm"), Scene("two", "", ("mara",), "calm")],
        cues={"now": "", "louder": "dynamic ff"},
        breathe=bars(0),
        rest=bars(0),
        **settings,  # type: ignore[arg-type]
    )


def lead(heard: Heard) -> list[tuple[float, str]]:
    return [(round(a.seconds, 6), a.spelling) for a in heard.attacks("lead")]


# -- pause -----------------------------------------------------------------------------------------


def test_s11_a_pause_ends_what_sounds_and_stops_the_clock() -> None:
    heard = hear(score(), (1.5, "pause"), until=9.0)
    assert lead(heard) == [(0, "C4"), (1, "D4")]
    assert max(end for _, end, _ in heard.spans()) == 1.5
    assert heard.bars() == [(1, 0.0)]
    assert heard.changes("time") == [(1.5, "stands (pause)")]


def test_s11_over_t_notes_sound_on_for_at_most_that_long() -> None:
    heard = hear(score(), (1.5, "pause over 2 beats"), until=9.0)
    assert {end for _, end, _ in heard.spans("bed")} == {3.5}
    assert heard.spans("lead")[-1] == (1.0, 1.95, "D4")


def test_s11_resume_begins_the_cut_bar_anew() -> None:
    heard = hear(score(), (5.5, "pause"), (10.0, "resume"), until=15.0)
    assert lead(heard)[4:] == [
        (4, "G4"),
        (5, "A4"),
        (10, "G4"),
        (11, "A4"),
        (12, "B4"),
        (13, "C5"),
        (14, "C4"),
    ]
    assert heard.bars() == [(1, 0.0), (2, 4.0), (3, 10.0), (4, 14.0)]
    assert [s for s, value in heard.changes("chord")] == [4.0, 14.0]


def test_s11_resume_exactly_goes_on_from_the_instant() -> None:
    heard = hear(score(), (5.5, "pause"), (10.0, "resume exactly"), until=13.5)
    assert lead(heard)[4:] == [
        (4, "G4"),
        (5, "A4"),
        (10, "A4"),
        (10.5, "B4"),
        (11.5, "C5"),
        (12.5, "C4"),
    ]
    bed = [(a, b) for a, b, _ in heard.spans("bed")]
    assert (4.0, 5.5) in bed
    assert (10.0, 12.5) in bed


def test_s11_a_pause_at_a_bar_line_cuts_no_bar() -> None:
    heard = hear(score(), (4.0, "pause"), (10.0, "resume"), until=12.5)
    assert lead(heard)[4:] == [(10, "G4"), (11, "A4"), (12, "B4")]
    assert heard.bars() == [(1, 0.0), (2, 10.0)]


def test_s11_cues_act_while_time_stands() -> None:
    heard = hear(score(), (1.5, "pause"), (3.0, Fire("louder")), (5.0, "resume exactly"), until=6.0)
    (effect,) = heard.effects("dynamic ff")
    assert (effect.outcome, effect.seconds) == (Outcome.DONE, 3.0)
    assert heard.controls(11, "violin")[-1][0] == 5.5  # once it sounds again


@pytest.mark.parametrize(
    ("script", "verb", "why"),
    [
        ([], "resume", "nothing is paused"),
        ([], "continue", "there is neither a vamp nor a hold to leave"),
        ([(0.5, "pause")], "pause", "time stands already (pause)"),
        ([(0.5, "stop")], "pause", "nothing plays"),
        ([(0.5, "stop")], "vamp 2 bars", "nothing plays"),
        ([(0.0, "vamp 2 bars")], "vamp 1 bars", "a vamp is on already"),
        ([], "go back", "there is nowhere to go back to"),
    ],
)
def test_what_cannot_be_done_is_answered(
    script: list[tuple[float, str]], verb: str, why: str
) -> None:
    heard = hear(score(), *script, (1.0, verb), until=2.0)
    effect = heard.effects(verb)[-1]
    assert (effect.outcome, effect.rule) == (Outcome.REFUSED, why)


def test_stop_while_paused_ends_the_pause() -> None:
    performance = prepared(score(), (1.5, "pause"), (3.0, "stop"), (5.0, "go two"))
    events = Heard(tuple(performance.advance(6.5)))
    assert lead(events)[2:] == [(5, "C4"), (6, "D4")]


# -- hold ------------------------------------------------------------------------------------------


def test_s26_a_hold_sustains_and_comes_before_everything_at_its_instant() -> None:
    held = builders.score(motifs=[builders.motif("a", "1q(legato) 2 3 4")], cues={"now": ""})
    heard = hear(held, (1.0, "hold until now"), (6.0, Fire("now")), until=8.0)
    assert heard.times() == [0.0, 6.0, 7.0]
    assert heard.spans()[0][1] > 6.0


def test_s26_at_most_lets_it_go_on_by_itself() -> None:
    heard = hear(score(), (1.0, "hold until now for at most 3 s"), until=6.0)
    assert [s for s, _ in lead(heard)] == [0.0, 4.0, 5.0]


def test_s26_the_bar_count_does_not_move() -> None:
    heard = hear(score(), (1.0, "hold until now"), (9.0, Fire("now")), until=13.0)
    assert heard.bars() == [(1, 0.0), (2, 12.0)]


def test_continue_leaves_a_hold() -> None:
    heard = hear(score(), (1.0, "hold until now"), (5.0, "continue"), until=7.0)
    assert [s for s, _ in lead(heard)] == [0.0, 5.0, 6.0]


def test_a_hold_is_an_entry_with_an_end() -> None:
    heard = hear(score(), (1.0, "hold until now, then dynamic ff"), (5.0, Fire("now")), until=6.0)
    assert heard.effects("then dynamic ff")[0].seconds == 5.0


def test_an_entry_ends_a_hold() -> None:
    heard = hear(score(), (1.0, "hold until now"), (5.0, "go two at now"), until=7.0)
    assert lead(heard)[1:] == [(5.0, "C4"), (6.0, "D4")]


def test_hold_at_each_bar_goes_bar_by_bar() -> None:
    heard = hear(
        score(),
        (1.0, "hold at each bar until now"),
        (6.0, Fire("now")),
        (15.0, Fire("now")),
        (15.5, "continue"),
        until=24.0,
    )
    assert heard.bars() == [(1, 0.0), (2, 4.0), (3, 10.0), (4, 19.0), (5, 23.0)]
    assert [s for s, _ in lead(heard)] == [
        0,
        1,
        2,
        3,
        6,
        7,
        8,
        9,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
    ]


# -- vamp ------------------------------------------------------------------------------------------


def test_s26_a_vamp_plays_the_same_bars_round_and_round() -> None:
    heard = hear(score(), (3.0, "vamp 1 bars until now"), (13.0, Fire("now")), until=21.0)
    second = ["G4", "A4", "B4", "C5"]
    assert [p for s, p in lead(heard) if 4.0 <= s < 16.0] == second * 3
    assert [p for s, p in lead(heard) if s >= 16.0] == ["C4", "D4", "E4", "F4", "G4"]
    assert [n for n, _ in heard.bars()] == [1, 2, 3, 4, 5, 6]
    assert heard.changes("vamp") == [(4.0, "1 bars"), (16.0, "")]


def test_s26_it_leaves_at_the_end_of_the_round_or_at_the_next_bar() -> None:
    at_end = hear(score(), (0.0, "vamp 2 bars until now"), (9.0, Fire("now")), until=24.0)
    assert [p for s, p in lead(at_end) if s >= 8.0][:9] == [
        "C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5", "C4",
    ]  # fmt: skip
    verb = "vamp 2 bars until now leave at next bar"
    at_bar = hear(score(), (0.0, verb), (9.0, Fire("now")), until=24.0)
    assert [p for s, p in lead(at_bar) if s >= 8.0][:6] == ["C4", "D4", "E4", "F4", "C4", "D4"]
    assert at_bar.changes("vamp")[-1] == (12.0, "")


def test_s26_at_most() -> None:
    heard = hear(score(), (0.0, "vamp 1 bars for at most 6 s"), until=12.5)
    assert [p for s, p in lead(heard)][:9] == ["C4", "D4", "E4", "F4"] * 2 + ["G4"]


def test_an_entry_ends_a_vamp() -> None:
    heard = hear(score(), (0.0, "vamp 1 bars"), (5.0, "go two"), until=17.0)
    assert heard.changes("vamp")[-1] == (8.0, "")
    assert [p for s, p in lead(heard) if s >= 8.0][:5] == ["C4", "D4", "E4", "F4", "G4"]


def test_a_round_has_its_own_chords_again() -> None:
    heard = hear(score(), (0.0, "vamp 1 bars"), until=12.0)
    assert heard.changes("chord") == []


# -- law 8 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["pause", "hold until now", "vamp 1 bars", "finish at now"])
@pytest.mark.parametrize("cut", [4.2, 6.0, 9.7])
def test_law_8_a_restore_while_time_stands_continues_exactly(verb: str, cut: float) -> None:
    script = ((4.1, verb), (8.0, "resume"), (8.5, Fire("now")), (9.0, "continue"))
    whole = prepared(score(), *script)
    before = whole.advance(cut)
    assert any(isinstance(event, BarLine) for event in before)
    again = Performance.restore(whole.score, whole.snapshot())
    assert again.advance(20.0) == whole.advance(20.0)


def test_set_is_taken_while_time_stands() -> None:
    performance = prepared(score(), (1.0, "pause"))
    performance.advance(2.0)
    answer = performance.receive(Set("nobody", 1.0))
    assert answer.receipt


# -- silence with time inserted --------------------------------------------------------------------


def quiet(**settings: object) -> CompiledScore:
    return score(silences=[SilencePlan("breath", stop_time=True, **settings)])  # type: ignore[arg-type]


def test_s25_a_silence_that_stops_time_inserts_it() -> None:
    length = builders.seconds(3)
    heard = hear(quiet(shortest=length, longest=length), (1.5, "silence breath"), until=9.0)
    assert lead(heard)[:4] == [(0, "C4"), (1, "D4"), (5, "E4"), (6, "F4")]
    assert max(end for _, end, _ in heard.spans() if end < 4) == 1.5
    assert [round(a.seconds, 6) for a in heard.attacks("bed")][3] == 4.5
    assert heard.changes("silence") == [(1.5, "breath"), (4.5, "")]
    assert heard.bars() == [(1, 0.0), (2, 7.0)]


def test_s25_tails_ring_and_a_cue_after_the_least_time_ends_it() -> None:
    built = quiet(
        shortest=builders.seconds(3), longest=builders.seconds(8), until="cue", tails=True, back=1
    )
    heard = hear(built, (1.5, "silence breath"), (3.0, Fire("now")), (6.0, Fire("now")), until=9.0)
    assert (1.0, 1.95, "D4") in heard.spans("lead")
    assert lead(heard)[2] == (6.5, "E4")
    assert heard.changes("silence")[-1] == (6.0, "")
    by_itself = hear(built, (1.5, "silence breath"), until=12.0)
    assert by_itself.changes("silence")[-1] == (9.5, "")


def test_a_stinger_is_no_part_of_the_bars_of_a_vamp() -> None:
    knock = builders.stinger("knock", "8s", "harp")
    built = builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")], stingers=[knock], breathe=bars(0)
    )
    heard = hear(built, (0.5, "vamp 1 bars"), (5.5, "stinger knock"), until=20.0)
    assert heard.times("stinger") == [6.0]


def test_the_cue_that_lets_go_is_answered_with_what_it_lets_go() -> None:
    heard = hear(score(), (3.0, "vamp 2 bars until now"), (5.0, Fire("now")), until=14.0)
    (effect,) = heard.effects("vamp of vamp 2 bars until now")
    assert (effect.outcome, effect.bar, effect.seconds) == (Outcome.PLANNED, 4, 12.0)
    held = hear(score(), (1.0, "hold until now"), (4.0, Fire("now")), until=6.0)
    assert held.effects("hold of hold until now")[0].seconds == 4.0
