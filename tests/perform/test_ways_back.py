"""S11, S24, S33: going back, coming back to where it was, and coming to an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitmotor.messages import Fire, Outcome
from leitmotor.music.length import bars
from leitmotor.score.compiled import Character, CompiledScore, Scene, Transition
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear


def score(way: Transition | None = None, **settings: object) -> CompiledScore:
    made = builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4 | 5 6 7 1+"), builders.motif("other", "5h 5")],
        palettes=[
            builders.palette(
                "warm",
                {"lead": "violin", "bed": "string ensemble", "bass": "cello", "pulse": "harp"},
            )
        ],
        progressions=[builders.progression("home", "I | IV | V | vi")],
        characters=[Character("mara", "tune", "", ()), Character("ilan", "other", "", ())],
        states=[builders.state("calm", palette="warm", harmony="home")],
        scenes=[
            Scene("one", "", ("mara", "ilan"), "calm"),
            Scene("two", "", ("ilan",), "calm", marks={"turn": 3}),
        ],
        breathe=bars(0),
        rest=bars(0),
        **settings,  # type: ignore[arg-type]
    )
    return replace(made, transitions=made.transitions | {("any", "one"): way}) if way else made


def lead(heard: Heard, since: float, count: int = 4) -> list[str]:
    return [a.spelling for a in heard.attacks("lead") if a.seconds >= since][:count]


# -- going back ------------------------------------------------------------------------------------


def test_s11_go_back_returns_to_the_bar_the_rotation_and_the_chord() -> None:
    heard = hear(score(), (3.0, "go two"), (9.0, "go back"), until=21.0)
    assert heard.changes("scene") == [(0.0, "one"), (4.0, "two"), (12.0, "one")]
    assert lead(heard, 12.0, 6) == ["G4", "A4", "B4", "C5", "G4", "G4"]
    assert [v for s, v in heard.changes("chord") if s >= 12.0] == ["G", "Am"]


def test_s11_a_scene_left_in_mid_bar_comes_back_at_the_start_of_that_bar() -> None:
    heard = hear(score(), (6.0, "go two at now"), (9.0, "go back at now"), until=13.0)
    assert lead(heard, 9.0) == ["G4", "A4", "B4", "C5"]


def test_s11_go_back_brings_back_what_cues_had_changed() -> None:
    heard = hear(score(), (1.0, "key D at now"), (3.0, "go two"), (7.0, "go back"), until=12.0)
    assert heard.changes("key") == [(1.0, "D major"), (4.0, "C major"), (8.0, "D major")]


def test_s11_eight_deep() -> None:
    script = [(4.0 * n + 1.0, "go two" if n % 2 == 0 else "go one") for n in range(10)]
    back = [(44.0 + 4.0 * n + 1.0, "go back") for n in range(10)]
    heard = hear(score(), *script, *back, until=100.0)
    done = [e.outcome for e in heard.effects("go back")]
    assert done.count(Outcome.DONE) == 8
    assert done.count(Outcome.REFUSED) == 2


def test_s11_enter_where_it_was() -> None:
    way = builders.transition(enter="where it was")
    heard = hear(score(way), (3.0, "go two"), (9.0, "go one"), until=14.0)
    assert lead(heard, 12.0, 2) == ["G4", "A4"]
    top = hear(score(way), (3.0, "go two"), (9.0, "go one from the top"), until=14.0)
    assert lead(top, 12.0, 2) == ["C4", "D4"]


def test_enter_same_bar_and_marker_begin_in_the_middle() -> None:
    made = score()
    same = replace(
        made, transitions=made.transitions | {("any", "two"): builders.transition(enter="same bar")}
    )
    heard = hear(same, (7.0, "go two"), until=9.0)
    assert heard.changes("chord")[-1] == (8.0, "G")
    mark = builders.transition(enter="marker turn")
    marked = replace(made, transitions=made.transitions | {("any", "two"): mark})
    heard = hear(marked, (3.0, "go two"), until=9.0)
    assert heard.changes("chord")[-2:] == [(4.0, "G"), (8.0, "Am")]
    assert heard.changes("marker") == [(4.0, "turn")]


# -- endings ---------------------------------------------------------------------------------------


def test_s24_finish_slows_down_over_v_and_i_and_falls_idle() -> None:
    heard = hear(score(), (2.0, "finish at next bar"), until=24.0)
    chords = [(s, v) for s, v in heard.changes("chord") if s >= 4.0]
    assert [v for _, v in chords] == ["G", "C"]
    assert lead(heard, 4.0) == ["D4", "C4"]
    end = heard.changes("playing")[0][0]
    assert 13.0 < end < 13.5  # eight beats from 60 down to 45 a minute
    assert max(end_ for _, end_, _ in heard.spans()) == pytest.approx(end)
    assert len(heard.spans()) == len(heard.attacks())


def test_s24_finish_waits_for_the_phrase_and_at_now_is_the_tonic_alone() -> None:
    (effect,) = hear(score(), (2.0, "finish"), until=3.0).effects("finish")
    assert effect.seconds == 8.0  # the bar line where the lead statement ends
    heard = hear(score(), (2.5, "finish at now"), until=9.0)
    assert heard.changes("chord") == []
    assert heard.changes("playing") == [(6.5, "idle")]


def test_s24_finish_with_a_passage() -> None:
    passage = builders.passage("amen", {"lead": "4w | 1w"})
    heard = hear(score(passages=[passage]), (2.0, "finish with amen at next bar"), until=20.0)
    assert lead(heard, 4.0) == ["F4", "C4"]
    assert heard.changes("playing") == [(12.0, "idle")]


def test_s24_idle_takes_cues() -> None:
    heard = hear(score(), (0.5, "finish at now"), (9.0, "go two"), until=11.0)
    assert lead(heard, 9.0) == ["G4"]
    assert heard.changes("scene")[-1] == (9.0, "two")


def test_s24_fade_out_goes_down_and_then_falls_idle() -> None:
    heard = hear(score(), (1.0, "fade out 1 bar"), (9.0, "go two"), until=10.0)
    assert heard.changes("playing") == [(5.0, "idle")]
    assert not [a for a in heard.attacks() if 5.0 <= a.seconds < 9.0]
    assert (5.0, 0) in heard.controls(7, "violin")
    assert heard.controls(7, "violin")[-1] == (9.0, 100)


def test_s11_where_it_was_includes_the_state_it_was_left_in() -> None:
    made = score(builders.transition(enter="where it was"))
    storm = builders.state("storm", palette="warm", harmony="dark")
    dark = builders.progression("dark", "i | bII")
    made = replace(
        made,
        states={**made.states, "storm": storm},
        progressions={**made.progressions, "dark": dark},
        names=replace(made.names, states=frozenset({"calm", "storm"})),
    )
    heard = hear(made, (1.0, "state storm"), (7.0, "go two"), (9.0, "go one"), until=17.0)
    assert heard.changes("state")[-1] == (12.0, "storm")
    assert heard.changes("chord")[-1][1] in ("Cm", "Db")


def test_s8_what_was_planned_in_a_scene_stays_behind_with_it() -> None:
    heard = hear(
        score(),
        (1.0, "mute lead at next phrase"),
        (1.0, "keep tempo 90 at next phrase"),
        (1.5, "wait 8 bars, then mute bed"),
        (2.0, "go two"),
        until=60.0,
    )
    assert heard.effects("mute lead at next phrase")[-1].outcome is Outcome.CANCELLED
    assert heard.effects("then mute bed")[-1].outcome is Outcome.CANCELLED
    assert heard.effects("keep tempo 90 at next phrase")[-1].outcome is Outcome.DONE
    assert heard.changes("muted") == []
    assert lead(heard, 40.0)


def test_s8_what_the_entrys_own_cue_asks_for_goes_with_it() -> None:
    made = score(cues={"on": "go two, mute bed at next phrase"})
    heard = hear(made, (2.0, Fire("on")), until=30.0)
    assert heard.changes("muted")
