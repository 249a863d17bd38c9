"""S9, theory T7 and T9: mixer words over a time. A quarter is a second, a bar four."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from leitmotor.messages import Attack, Control, Fire, Release
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import CompiledScore, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared


def drama(**cues: str) -> CompiledScore:
    """A tune over held chords and a pulse, in two colours."""
    return builders.score(
        motifs=[builders.motif("tune", "1e 2 3 4 5 6 7 8", times=0)],
        palettes=[
            builders.palette(
                "warm",
                {"lead": "violin", "bed": "string ensemble", "pulse": "harp"},
                levels={"bed": -6.0},
            ),
            builders.palette("cold", {"lead": "clarinet", "bed": "horn", "pulse": "harp"}),
        ],
        progressions=[builders.progression("home", "I | IV")],
        characters=[builders.Character("mara", "tune", "", ())],
        states=[builders.state("calm", palette="warm", harmony="home")],
        scenes=[Scene("day", "", ("mara",), "calm"), Scene("night", "", ("mara",), "calm")],
        cues=cues,
    )


def level(heard: Heard, role: str, instrument: str) -> list[tuple[float, int]]:
    """CC7 of one channel."""
    return [
        (round(each.seconds, 5), each.value)
        for each in heard.of(Control)
        if each.controller == 7 and (each.voice.role, each.voice.instrument) == (role, instrument)
    ]


def gain(value: int, full: int = 100) -> float:
    """Of the signal: GM2 has 40·log10 of CC7 as decibels."""
    return (value / full) ** 2


def spans(heard: Heard, role: str, instrument: str) -> list[tuple[float, float, str]]:
    return heard.spans(role, instrument)


def at(told: list[tuple[float, int]], second: float, before: int) -> int:
    """What a channel stood at."""
    return [before, *(value for when, value in told if when <= second + 1e-6)][-1]


# -- mute and unmute -------------------------------------------------------------------------------


def test_a_muted_role_fades_out_and_only_then_falls_silent() -> None:
    heard = hear(drama(), (1.0, "mute pulse over 1 bar"), until=9.0)
    told = level(heard, "pulse", "harp")
    assert told[0][0] > 1.0
    assert told[-1] == (5.0, 0)
    assert [value for _, value in told] == sorted((v for _, v in told), reverse=True)
    assert heard.times("pulse")[-1] == 4.5
    assert heard.changes("muted") == [(1.0, "pulse")]


def test_a_held_chord_is_released_where_its_fade_arrives() -> None:
    heard = hear(drama(), (1.0, "mute bed over 2 beats"), until=9.0)
    assert {end for _, end, _ in heard.spans("bed")} == {3.0}
    assert level(heard, "bed", "string ensemble")[-1] == (3.0, 0)


def test_an_unmuted_role_begins_at_once_in_silence_and_rises() -> None:
    heard = hear(drama(), (0.0, "mute bed"), (5.0, "unmute bed over 1 bar"), until=12.0)
    assert heard.times("bed") == [5.0, 8.0]
    told = level(heard, "bed", "string ensemble")
    assert told[:2] == [(0.0, 71), (5.0, 0)]
    assert told[-1][1] == 71  # -6 dB, as the palette has it
    assert [value for _, value in told[1:]] == sorted(value for _, value in told[1:])


def test_after_the_fade_the_level_returns_silently_before_the_next_note() -> None:
    heard = hear(drama(), (1.0, "mute pulse over 1 beat"), (4.2, "unmute pulse"), until=6.0)
    told = level(heard, "pulse", "harp")
    assert told[-2:] == [(2.0, 0), (4.5, 100)]
    order = [
        type(event)
        for event in heard.events
        if round(event.seconds, 5) == 4.5
        and isinstance(event, (Control, Attack))
        and event.voice.role == "pulse"
    ]
    assert order == [Control, Attack]


def test_unmuted_on_the_way_out_it_turns_back_where_it_stands() -> None:
    heard = hear(
        drama(), (1.0, "mute pulse over 4 beats"), (3.0, "unmute pulse over 4 beats"), until=9.0
    )
    told = level(heard, "pulse", "harp")
    lowest = min(value for _, value in told)
    assert 0 < lowest < 90
    steps = [abs(b - a) for (_, a), (_, b) in pairwise(told)]
    assert max(steps) <= 4
    assert told[-1][1] == 100  # reached a little before its end, as far as CC7 can tell
    plain = hear(drama(), until=9.0)
    assert heard.times("pulse") == plain.times("pulse")


def test_what_waits_with_then_waits_for_the_fade() -> None:
    heard = hear(drama(out="mute bed over 2 beats, then key D at now"), (1.0, Fire("out")))
    assert heard.changes("key") == [(3.0, "D major")]


def test_undo_brings_back_whoever_was_fading_out() -> None:
    score = drama(out="mute pulse over 1 bar")
    heard = hear(score, (1.0, Fire("out")), (3.0, "undo out at now"), until=9.0)
    assert level(heard, "pulse", "harp")[-1] == (3.0, 100)
    assert heard.times("pulse") == hear(score, until=9.0).times("pulse")


def test_for_t_counts_from_the_beginning() -> None:
    heard = hear(drama(), (0.0, "mute pulse over 1 beat for 2 bars"), until=12.0)
    assert heard.times("pulse")[:3] == [0.0, 0.5, 8.0]
    assert level(heard, "pulse", "harp")[-1] == (8.0, 100)


def test_s8_an_entry_ends_every_fade() -> None:
    heard = hear(drama(), (1.0, "mute pulse over 2 bars"), (2.0, "go night at now"), until=9.0)
    assert level(heard, "pulse", "harp")[-1] == (2.0, 100)
    assert heard.times("pulse") == hear(drama(), (2.0, "go night at now"), until=9.0).times("pulse")


# -- layers, solo, palettes ------------------------------------------------------------------------


def test_layers_come_and_go_with_equal_power() -> None:
    heard = hear(
        drama(), (0.0, "layers lead bed"), (8.0, "layers lead pulse over 1 bar"), until=16.0
    )
    out, into = level(heard, "bed", "string ensemble"), level(heard, "pulse", "harp")
    assert (into[0], into[-1][1], out[-1]) == ((8.0, 0), 100, (12.0, 0))
    for beat in range(1, 8):
        second = 8.0 + beat / 2
        power = gain(at(into, second, 0)) ** 2 + gain(at(out, second, 71), 71) ** 2
        assert power == pytest.approx(1.0, abs=0.05)
    assert heard.times("pulse")[0] == 8.0
    assert max(end for _, end, _ in heard.spans("bed")) == 12.0


def test_solo_fades_everything_else_out() -> None:
    heard = hear(drama(), (1.0, "solo lead over 1 bar"), until=9.0)
    assert level(heard, "bed", "string ensemble")[-1] == (5.0, 0)
    assert level(heard, "pulse", "harp")[-1] == (5.0, 0)
    assert not level(heard, "lead", "violin")
    assert [a.voice.role for a in heard.attacks() if a.seconds >= 5.0] == ["lead"] * 8


def test_both_casts_of_a_role_play_while_one_palette_gives_way_to_another() -> None:
    heard = hear(drama(), (4.0, "palette cold over 1 bar"), until=12.0)
    violin, clarinet = heard.times("lead", "violin"), heard.times("lead", "clarinet")
    assert [t for t in violin if 4.0 <= t < 8.0] == [t for t in clarinet if t < 8.0]
    assert max(violin) < 8.0 <= max(clarinet)
    assert level(heard, "lead", "violin")[-1] == (8.0, 0)
    assert level(heard, "lead", "clarinet")[0] == (4.0, 0)
    assert level(heard, "lead", "clarinet")[-1][1] == 100


def test_the_new_players_of_a_held_chord_join_in_under_the_old() -> None:
    heard = hear(drama(), (5.0, "palette cold over 2 beats"), until=9.0)
    strings = [span for span in heard.spans("bed", "string ensemble") if span[0] == 4.0]
    assert {end for _, end, _ in strings} == {7.0}
    assert heard.times("bed", "horn") == [5.0, 8.0]
    joined = [a.spelling for a in heard.attacks("bed", "horn") if a.seconds == 5.0]
    assert joined == [strings[-1][2]]  # a horn takes the top note (S15)


def test_who_plays_on_keeps_their_level() -> None:
    heard = hear(drama(), (4.0, "palette cold over 1 bar"), until=12.0)
    assert not level(heard, "pulse", "harp")


# -- bounds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [
        "mute bed over 1 bar",
        "layers bed over 3 s",
        "solo pulse over 1 bar",
        "palette cold over 2 s",
    ],
)
def test_t9_at_most_fifty_a_second_for_a_channel(verb: str) -> None:
    heard = hear(drama(), (1.2345, verb), (2.0, "level all -6 dB over 2 s"), until=9.0)
    for channel in {each.voice.channel for each in heard.of(Control)}:
        seconds = [
            each.seconds
            for each in heard.of(Control)
            if (each.voice.channel, each.controller) == (channel, 7)
        ]
        assert all(seconds[n + 50] - seconds[n] > 1.0 for n in range(len(seconds) - 50))


@pytest.mark.parametrize("cut", [1.0, 2.5, 4.0, 5.0, 6.5, 8.0, 9.7])
def test_law_8_a_snapshot_goes_on_in_a_crossfade(cut: float) -> None:
    score = drama(out="palette cold over 1 bar")
    script = (1.0, "mute pulse over 1 bar"), (3.5, Fire("out")), (6.0, "unmute pulse over 1 bar")
    whole = prepared(score, *script).advance(14.0)
    performance = prepared(score, *script)
    events = performance.advance(cut)
    snapshot = json.loads(json.dumps(performance.snapshot()))
    assert events + Performance.restore(score, snapshot).advance(14.0) == whole
    assert any(isinstance(event, Release) for event in whole)
