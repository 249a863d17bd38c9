"""What the page making-kitchen says of The Kitchen, on its notes. Bars are those of the script."""

from __future__ import annotations

import pytest
from tests.scores.stage import attacks_in, begins, performed, pitches, played, players

from leitmotor.messages import Attack, Outcome, Tempo
from leitmotor.testing.listening import Heard

HEARD, REPORT = performed("kitchen")
APPLE_SONG = "A4 C5 D5 C5 Bb4 D5 C5 A4 C5 F5 D5 C5 Bb4 G4 F4"
SUPPER = "F Dm Gm C7 F Bb C7 F"


def chords(first: int, last: int) -> str:
    """The chords that begin in these bars."""
    since, until = begins(HEARD, first), begins(HEARD, last + 1)
    return " ".join(name for seconds, name in HEARD.changes("chord") if since <= seconds < until)


def levels(heard: Heard, instrument: str, since: float, until: float) -> list[int]:
    """What CC7 of an instrument was told in between."""
    return [value for seconds, value in heard.controls(7, instrument) if since <= seconds < until]


def test_it_lasts_a_little_under_four_minutes_and_ends_by_itself() -> None:
    assert 210 < REPORT.seconds < 240
    assert HEARD.changes("playing")[-1][1] == "idle"


def test_ada_hums_eight_bars_and_stops_for_eight() -> None:
    assert pitches(HEARD, range(1, 9), "lead") == APPLE_SONG
    assert players(HEARD, range(1, 9), "lead") == {"clarinet"}
    assert pitches(HEARD, range(9, 16), "lead") == ""
    assert players(HEARD, range(1, 9), "pulse") == {"pans"}


def test_he_knocks_three_times_while_she_says_nothing() -> None:
    knocks = [a for a in HEARD.attacks("stinger") if a.bar.number in (12, 13)]
    assert [a.spelling for a in knocks] == ["door"] * 3
    assert knocks[-1].velocity > knocks[0].velocity


def test_jonas_comes_in_with_an_upbeat_over_the_same_chords() -> None:
    assert played(HEARD, (16,), "lead", "bassoon") == [(16, 3.0, "C3")]
    assert pitches(HEARD, (17, 18), "lead") == "F3 F3 G3 A3 G3"
    assert players(HEARD, range(17, 25), "lead") == {"bassoon"}
    first, second = (
        [pitch for _, _, pitch in played(HEARD, bars, "bass")]
        for bars in (range(1, 9), range(17, 25))
    )
    assert first == second


def test_under_the_speech_the_bed_is_8_db_lower_and_nobody_has_the_tune() -> None:
    speech = begins(HEARD, 26), begins(HEARD, 41)
    for instrument in ("piano", "cello"):
        going_down = levels(HEARD, instrument, 43.75, speech[0])
        assert going_down[-1] == 63  # 100 is 0 dB: 40 log10(63 / 100) = -8
        assert going_down == sorted(going_down, reverse=True)
        assert levels(HEARD, instrument, *speech) == []
    assert pitches(HEARD, range(25, 41), "lead") == ""
    assert attacks_in(HEARD, range(26, 41)) != []


def test_under_the_speech_fewer_strokes_are_played() -> None:
    def strokes(bars: range) -> int:
        return len([a for a in attacks_in(HEARD, bars) if a.voice.role in ("bed", "pulse")])

    assert 0 < strokes(range(28, 36)) < 0.7 * strokes(range(1, 9))


def test_when_he_has_said_it_there_is_silence_until_she_says_no() -> None:
    assert attacks_in(HEARD, range(41, 44)) == []
    assert begins(HEARD, 44) - begins(HEARD, 41) == pytest.approx(5)


def test_the_no_cuts_in_at_the_next_beat_with_the_apple_song_in_minor() -> None:
    (go,) = [e for e in HEARD.effects("go the row") if e.outcome is Outcome.DONE]
    assert go.rule == "next beat (transition supper -> the row)"
    assert pitches(HEARD, (44, 45), "lead", "violin") == "Ab4 C5 Db5 C5"
    assert players(HEARD, (44,), "lead") == {"clarinet", "violin"}
    assert [t.bpm for t in HEARD.of(Tempo) if t.bar.number == 44] == [168]


def test_they_answer_each_other_and_then_do_not_let_each_other_finish() -> None:
    assert players(HEARD, range(44, 51), "lead") == {"clarinet", "violin"}
    assert players(HEARD, range(52, 59), "lead") == {"bassoon"}
    assert players(HEARD, range(60, 67), "lead") == {"clarinet", "violin"}
    assert players(HEARD, range(60, 67), "counter") == {"bassoon"}
    assert pitches(HEARD, range(60, 68), "counter") == pitches(HEARD, range(52, 60), "lead")


def test_a_tone_higher_and_louder_up_to_the_plate() -> None:
    assert (105.714286, "G minor") in HEARD.changes("key")
    dynamics = [v for s, v in HEARD.controls(11, "violin")
                if begins(HEARD, 68) <= s <= begins(HEARD, 84)]  # fmt: skip
    assert dynamics == sorted(dynamics)
    assert dynamics[-1] > 104  # ff is 107


def test_the_plate_slips_for_a_beat_breaks_and_everything_steps_back() -> None:
    plate = [a for a in HEARD.attacks("stinger") if a.bar.number in (83, 84)]
    assert [a.spelling for a in plate[:4]] == ["board"] * 3 + ["plate"]
    assert plate[3].seconds == pytest.approx(begins(HEARD, 84))
    assert plate[3].velocity == 127
    assert levels(HEARD, "pizz", begins(HEARD, 83), begins(HEARD, 85))[-1] <= 30
    assert players(HEARD, (85,)) <= {"pizz", "pans"}


def test_after_the_plate_nobody_makes_a_sound() -> None:
    (bar,) = {number for number, _ in HEARD.bars() if _ == HEARD.changes("scene")[2][0]}
    assert attacks_in(HEARD, range(86, bar)) == []
    assert begins(HEARD, bar) - begins(HEARD, 86) > 5


def round_of(first: int) -> list[tuple[str, int, str]]:
    """What two bars play: voice, place and pitch."""
    start = next(a.bar.start for a in attacks_in(HEARD, (first,)))
    return [
        (a.voice.role, a.tick - start, a.spelling) for a in attacks_in(HEARD, (first, first + 1))
    ]


def door() -> int:
    """The bar in which the passage begins."""
    since = next(s for s, what in HEARD.changes("passage") if what == "the door")
    return next(number for number, seconds in HEARD.bars() if seconds == since)


def test_the_vamp_repeats_bars_12_and_13_until_he_goes() -> None:
    first = door() + 11
    assert round_of(first) == round_of(first + 2) == round_of(first + 4)
    assert round_of(first) != round_of(first + 6)
    gone = next(seconds for seconds, what in HEARD.changes("cue") if what == "he goes")
    begun, ended = (seconds for seconds, _ in HEARD.changes("vamp"))
    assert begun == begins(HEARD, first)
    assert begins(HEARD, first + 4) <= gone < ended == begins(HEARD, first + 6)


def test_the_vamp_is_two_chords_a_semitone_apart_and_a_sigh() -> None:
    first = door() + 11
    assert chords(first, first + 1) == "Fm Gb"
    assert pitches(HEARD, (first, first + 1), instrument="clarinet") == "C5 Db5 C5"


def test_the_door_falls_into_the_first_bar_after_it_and_the_key_turns_to_major() -> None:
    after = door() + 17
    assert played(HEARD, (after,), instrument="pans") == [(after, 1.0, "door")]
    assert pitches(HEARD, (after + 1, after + 2), instrument="clarinet") == "C5 Bb4 G4 F4"
    assert chords(after + 2, after + 2) == "F"


def test_in_the_doorway_his_tune_comes_in_pieces() -> None:
    first = door()
    assert pitches(HEARD, range(first, first + 3), instrument="bassoon") == "C3 F3 F3 G3 Ab3"
    assert (
        pitches(HEARD, range(first + 4, first + 7), instrument="bassoon") == "Bb3 Bb3 Bb3 Ab3 Gb3"
    )


def test_alone_she_hums_only_the_question_until_she_takes_the_next_apple() -> None:
    alone = next(s for s, what in HEARD.changes("scene") if what == "alone")
    hummed = [a for a in HEARD.attacks("lead", "clarinet") if a.seconds >= alone]
    assert " ".join(a.spelling for a in hummed[:7]) == "A4 C5 D5 C5 Bb4 D5 C5"
    assert [a.spelling for a in hummed[7:14]] == [a.spelling for a in hummed[:7]]
    apple = next(seconds for seconds, what in HEARD.changes("cue") if what == "the next apple")
    (whole,) = [s for s, what in HEARD.changes("lead") if what == "ada as humming" and s > apple]
    tune = [a.spelling for a in hummed if a.seconds >= whole]
    assert tune[-3:] == ["F4", "G4", "F4"]  # its last note, and the two of the close


def test_the_ending_is_v_i_slower_and_then_silent() -> None:
    close = next(s for s, what in HEARD.changes("passage") if what == "finish")
    bass = [a for a in HEARD.attacks("bass") if a.seconds >= close]
    assert [a.spelling for a in bass] == ["C2", "F2"]
    (closing,) = [t for t in HEARD.of(Tempo) if t.seconds >= close]
    assert (closing.bpm, closing.end_bpm) == (80, 60)
    (idle, _) = HEARD.changes("playing")[-1]
    assert max(a.seconds for a in HEARD.of(Attack)) < idle
    assert idle == pytest.approx(REPORT.seconds)
