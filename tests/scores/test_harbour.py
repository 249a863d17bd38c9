"""What the page making-harbour says of The Harbour, on its notes. Bars are those of the script."""

from __future__ import annotations

import pytest
from tests.scores.stage import attacks_in, begins, performed, pitches, played, players

from leitmotor.messages import Tempo

HEARD, REPORT = performed("harbour")
MARA = "D4 E4 F4 A4 G4 F4 E4 D4 D4 E4 F4 D5 Bb4 A4 G4 A4"


def test_it_lasts_five_minutes_and_then_nothing_plays() -> None:
    assert REPORT.seconds == pytest.approx(300, abs=2)
    assert HEARD.changes("playing")[-1][1] == "idle"


def test_for_four_bars_there_is_only_the_water_and_a_bell() -> None:
    assert players(HEARD, range(1, 5)) == {"strings", "vibraphone"}
    assert played(HEARD, range(1, 5), "bed") == [
        (1, 1.0, "D3"), (1, 1.0, "A3"),
        (3, 1.0, "D3"), (3, 1.0, "Bb3"),
        (4, 1.0, "D3"), (4, 1.0, "G3"), (4, 3.0, "E3"), (4, 3.0, "A3"),
    ]  # fmt: skip


def test_mara_begins_with_four_notes_twice_as_long_as_written() -> None:
    assert played(HEARD, (5, 6), "lead") == [
        (5, 1.0, "D4"), (5, 3.0, "E4"), (5, 4.0, "F4"), (6, 1.0, "A4")
    ]  # fmt: skip
    assert players(HEARD, (5, 6), "lead") == {"guitar"}


def test_the_second_time_the_clarinet_turns_the_last_of_them() -> None:
    assert players(HEARD, (9, 10), "lead") == {"clarinet"}
    assert pitches(HEARD, (9, 10), "lead") == "D4 E4 F4 A4 Bb4 A4 G4 A4"


def test_ilans_pickup_leads_into_the_bar_in_which_the_bass_begins() -> None:
    assert played(HEARD, (12,), "lead", "violin") == [(12, 4.0, "A3")]
    assert played(HEARD, (13,), "lead", "violin")[0] == (13, 1.0, "F4")
    assert players(HEARD, (13,), "lead") == {"violin", "horn"}
    assert players(HEARD, range(1, 13), "bass") == set()
    assert players(HEARD, (13,), "bass") == {"cello"}
    assert players(HEARD, (13,), "pulse") == {"harp"}


def test_mara_answers_with_her_whole_tune() -> None:
    assert pitches(HEARD, range(17, 21), "lead") == MARA


def test_then_both_tunes_sound_at_once_and_agree_on_every_strong_beat() -> None:
    assert players(HEARD, range(21, 25), "counter") == {"viola"}
    chords = {(21, 1): "DFA", (21, 3): "DFA", (22, 1): "GBD", (22, 3): "GBD",
              (23, 1): "BDF", (23, 3): "BDF", (24, 1): "GBD", (24, 3): "ACE"}  # fmt: skip
    for role in ("lead", "counter"):
        strong = [(bar, beat, p) for bar, beat, p in played(HEARD, range(21, 25), role)
                  if (bar, beat) in chords]  # fmt: skip
        assert len(strong) >= 8
        assert all(pitch[0] in chords[bar, int(beat)] for bar, beat, pitch in strong)


def test_in_the_archive_the_pen_writes_four_bars_and_rests_four() -> None:
    line = pitches(HEARD, (25,), "lead")
    assert line == "D4 Eb4 D4 D4 Eb4 D4 A3"
    assert [pitches(HEARD, (bar,), "lead") for bar in range(25, 33)] == [line] * 4 + [""] * 4
    assert players(HEARD, range(25, 33), "lead") == {"pizzicato strings"}


def test_in_doubt_mara_comes_half_a_beat_late() -> None:
    assert [beat for _, beat, _ in played(HEARD, (33,), "lead")[:4]] == [1.5, 2.5, 3.0, 3.5]
    assert pitches(HEARD, (33,), "lead").startswith("D4 E4 F4 A4")


def test_the_harp_comes_when_the_tension_is_over_0_6_and_all_gets_faster() -> None:
    assert players(HEARD, range(25, 39), "pulse") == set()
    assert players(HEARD, (39,), "pulse") == {"harp"}
    first = begins(HEARD, 26) - begins(HEARD, 25)
    later = begins(HEARD, 41) - begins(HEARD, 40)
    assert 0.015 < first / later - 1 < 0.08


def test_after_the_knock_two_bars_of_silence_that_a_cue_ends() -> None:
    assert [a.voice.instrument for a in HEARD.attacks("stinger") if a.bar.number == 42] == [
        "drums", "drums"
    ]  # fmt: skip
    assert attacks_in(HEARD, (43, 44)) == []
    assert begins(HEARD, 45) - begins(HEARD, 43) > 5
    assert attacks_in(HEARD, (45,)) != []


def test_the_music_comes_back_very_softly_grows_and_stops_before_the_name_is_read() -> None:
    dynamics = [v for s, v in HEARD.controls(11, "glass")
                if begins(HEARD, 45) <= s < begins(HEARD, 48)]  # fmt: skip
    assert dynamics[0] == 25
    assert dynamics == sorted(dynamics)
    assert dynamics[-1] > 70
    assert attacks_in(HEARD, (48,)) == []
    assert pitches(HEARD, (49,), "bed") == "D3 F#3 A3"
    assert attacks_in(HEARD, range(50, 53)) != []
    assert pitches(HEARD, range(50, 53), "bed") == ""


def test_the_escape_comes_by_itself_two_seconds_after_the_tension_has_risen() -> None:
    (raised,) = HEARD.effects("tension = 0.9")
    fired = next(seconds for seconds, what in HEARD.changes("cue") if what == "escape")
    assert raised.outcome.value == "done"
    assert 2 <= fired - begins(HEARD, 52) < 2.5
    assert begins(HEARD, 53) > fired


def test_down_the_stairs_only_drums_and_bass_go_with_her() -> None:
    assert players(HEARD, (53, 54)) == {"drums", "double bass"}
    assert {a.bar.metre for a in attacks_in(HEARD, (53, 54))} == {"7/8 (2+2+3)"}


def test_the_flight_is_maras_tune_with_an_eighth_missing_in_every_bar() -> None:
    assert pitches(HEARD, range(55, 59), "lead", "violin") == MARA
    assert {a.bar.length / a.bar.beat for a in attacks_in(HEARD, range(55, 59))} == {7.0}


def test_with_the_lanterns_behind_them_everything_is_a_tone_higher() -> None:
    lower = [a.pitch for a in attacks_in(HEARD, range(55, 59)) if a.voice.instrument == "violin"]
    higher = [a.pitch for a in attacks_in(HEARD, range(71, 75)) if a.voice.instrument == "violin"]
    assert higher == [pitch + 2 for pitch in lower]


def test_the_betrayal_has_an_upbeat_and_all_others_step_back_12_db() -> None:
    upbeat = played(HEARD, (78,), "stinger", "strings")
    assert [pitch for _, _, pitch in upbeat] == ["B3", "C4", "D#4"]
    assert pitches(HEARD, (79,), "stinger", "strings") == "E4 F4 B4"
    before, during = (
        [v for s, v in HEARD.controls(7, "double bass") if s < end][-1]
        for end in (begins(HEARD, 78), begins(HEARD, 80))
    )
    assert (before, during) == (119, 60)
    assert players(HEARD, (79, 80), "lead") == set()


def test_after_it_there_is_silence_until_she_sleeps() -> None:
    assert attacks_in(HEARD, range(82, 86)) == []
    assert begins(HEARD, 86) - begins(HEARD, 82) > 5
    assert {a.bar.metre for a in attacks_in(HEARD, range(86, 98))} == {"3/4"}


def test_from_the_plea_on_the_harp_is_6_db_lower() -> None:
    levels = [v for s, v in HEARD.controls(7, "harp")
              if begins(HEARD, 94) <= s < begins(HEARD, 96)]  # fmt: skip
    assert levels[-1] == 71  # 100 is 0 dB
    assert levels == sorted(levels, reverse=True)


def test_the_last_bar_but_one_waits_on_the_dominant_until_the_seal_is_broken() -> None:
    assert pitches(HEARD, (96,), "lead") == "E4 F4 G4"
    assert pitches(HEARD, (96,), instrument="cello") == "A2"
    (stands, _), (opened, _) = HEARD.changes("time")
    assert opened - stands == pytest.approx(10)
    assert (opened, "letter opened") in HEARD.changes("cue")
    last = [span for span in HEARD.spans("lead", "celesta") if span[2] == "G4"][-1]
    assert last[1] >= opened
    assert played(HEARD, (97,), "lead") == [(97, 1.0, "F4")]


def test_afterwards_mara_is_whole_in_major_and_in_octaves() -> None:
    assert pitches(HEARD, (98, 99), "lead", "horn") == "F3 G3 A3 C4 Bb3 A3 G3 F3"
    assert pitches(HEARD, (98,), "lead", "violin") == "F4 F5 G4 G5 A4 A5 C5 C6"


def test_in_the_last_four_bars_both_sing_in_d_major() -> None:
    assert pitches(HEARD, (106, 107), "lead", "horn") == "D4 E4 F#4 A4 G4 F#4 E4 D4"
    assert pitches(HEARD, (106, 107), "counter", "viola") == "F#4 D4 E4 G4 B4 A4"
    assert played(HEARD, (105,), "counter") == [(105, 4.0, "C4")]


def test_it_ends_v_i_each_bar_slower_and_then_is_silent() -> None:
    assert pitches(HEARD, (110, 111), "bass") == "A2 D2"
    assert pitches(HEARD, (110, 111), "bed") == "A3 C#4 E4 A3 D4 F#4"
    before, first, last = (begins(HEARD, n + 1) - begins(HEARD, n) for n in (109, 110, 111))
    assert before < first < last
    assert attacks_in(HEARD, (112,)) == []
    (closing,) = [e for e in HEARD.of(Tempo) if e.bar.number >= 110]
    assert (closing.bpm, closing.end_bpm) == (60, 45)
