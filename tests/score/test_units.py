"""One parser for each musical unit (rule 3)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.length import Boundary, Grid, Length, Unit
from leitmotor.music.metre import Metre
from leitmotor.music.notes import Shift
from leitmotor.music.scale import MODES
from leitmotor.score import units
from leitmotor.score.units import LengthRange, Level, Reverb


def length(amount: int | str, unit: Unit) -> Length:
    return Length(Fraction(amount), unit)


TWO_BARS = length(2, Unit.BARS)
RATE_25 = Fraction(25)

READ: list[tuple[Callable[[object], object], object, object]] = [
    (units.parse_length, "2 bars", TWO_BARS),
    (units.parse_length, "  2   bars ", TWO_BARS),
    (units.parse_length, "2bars", TWO_BARS),
    (units.parse_length, "1 beat", length(1, Unit.BEATS)),
    (units.parse_length, "1/2 beat", length("1/2", Unit.BEATS)),
    (units.parse_length, "3/4 bar", length("3/4", Unit.BARS)),
    (units.parse_length, "1.5 s", length("3/2", Unit.SECONDS)),
    (units.parse_length, "250 ms", length("1/4", Unit.SECONDS)),
    (units.parse_length, "20 min", length(1200, Unit.SECONDS)),
    (units.parse_length, "0 s", length(0, Unit.SECONDS)),
    (units.parse_length_range, "2 bars..6 bars", LengthRange(TWO_BARS, length(6, Unit.BARS))),
    (units.parse_length_range, "2..6 bars", LengthRange(TWO_BARS, length(6, Unit.BARS))),
    (units.parse_length_range, "2 bars", LengthRange(TWO_BARS, TWO_BARS)),
    (units.parse_seconds, "1.5 s", 1.5),
    (units.parse_seconds, "250 ms", 0.25),
    (units.parse_seconds, "20 min", 1200.0),
    (units.parse_fade, "none", None),
    (units.parse_fade, "2 bars", TWO_BARS),
    (units.parse_offset, "+7.30 s", 7.3),
    (units.parse_offset, "-0.5 s", -0.5),
    (units.parse_offset, "−250 ms", -0.25),
    (units.parse_boundary, "now", Boundary(Grid.NOW)),
    (units.parse_boundary, "next beat", Boundary(Grid.BEAT)),
    (units.parse_boundary, "next bar", Boundary(Grid.BAR)),
    (units.parse_boundary, "next 4 bars", Boundary(Grid.BARS, count=4)),
    (units.parse_boundary, "next phrase", Boundary(Grid.PHRASE)),
    (units.parse_boundary, "end", Boundary(Grid.END)),
    (units.parse_boundary, "marker letter opened", Boundary(Grid.MARKER, marker="letter opened")),
    (units.parse_metre, "4/4", Metre(4, 4)),
    (units.parse_metre, "7/8 (2+2+3)", Metre(7, 8, (2, 2, 3))),
    (units.parse_metre, "7/8(2 + 2 + 3)", Metre(7, 8, (2, 2, 3))),
    (units.parse_tempo, 88, 88.0),
    (units.parse_tempo, "88.5", 88.5),
    (units.parse_tempo, "88 bpm", 88.0),
    (units.parse_tempo, "60 per q.", 90.0),
    (units.parse_tempo, "60 per h", 120.0),
    (units.parse_tempo, "120 per e", 60.0),
    (units.parse_tempo, 20, 20.0),
    (units.parse_tempo, 400, 400.0),
    (units.parse_key, "d minor", (1, 0, MODES["minor"])),
    (units.parse_key, "Dm", (1, 0, MODES["minor"])),
    (units.parse_key, "Eb", (2, -1, None)),
    (units.parse_mode, "minor-pentatonic", MODES["minor pentatonic"]),
    (units.parse_mode, "Dorian", MODES["dorian"]),
    (units.parse_mode, "whole tone", MODES["whole-tone"]),
    (units.parse_dynamic, "ppp", 0),
    (units.parse_dynamic, "mf", 4),
    (units.parse_dynamic, "fff", 7),
    (units.parse_dynamic, "pianissimo", 1),
    (units.parse_dynamic, "Mezzo-Forte", 4),
    (units.parse_dynamic_range, "p..f", (2, 5)),
    (units.parse_dynamic_range, "mp", (3, 3)),
    (units.parse_decibels, "-4 dB", -4.0),
    (units.parse_decibels, "+3dB", 3.0),
    (units.parse_decibels, "−1.5 dB", -1.5),
    (units.parse_level, "-4 dB", Level(-4.0)),
    (units.parse_level, "out", Level(None)),
    (units.parse_level, "back", Level(0.0, back=True)),
    (units.parse_loudness, "-23 LUFS", -23.0),
    (units.parse_loudness, "10 LU", 10.0),
    (units.parse_factor, "x1.1", 1.1),
    (units.parse_factor, "×2", 2.0),
    (units.parse_percent, "50%", 0.5),
    (units.parse_percent, "+8 %", 0.08),
    (units.parse_swing, "75%", 0.75),
    (units.parse_metres, "12 m", 12.0),
    (units.parse_number, "0.5", 0.5),
    (units.parse_number, 3, 3.0),
    (units.parse_number_range, "0..1", (0.0, 1.0)),
    (units.parse_number_range, "-1.5 .. .5", (-1.5, 0.5)),
    (units.parse_whole_range, "1..3", (1, 3)),
    (units.parse_whole_range, 2, (2, 2)),
    (units.parse_note, "c4", 60),
    (units.parse_note, "bb3", 58),
    (units.parse_note, "f#3", 54),
    (units.parse_note, "cb4", 59),
    (units.parse_note, 69, 69),
    (units.parse_note_range, "c3..g5", (48, 79)),
    (units.parse_note_range, "55..103", (55, 103)),
    (units.parse_interval, "m3 up", Shift(2, 3)),
    (units.parse_interval, "P5 down", Shift(-4, -7)),
    (units.parse_interval, "A2", Shift(1, 3)),
    (units.parse_interval, "+3 semitones", Shift(2, 3)),
    (units.parse_interval, "-3 semitones", Shift(-2, -3)),
    (units.parse_interval, "octave down", Shift(-7, -12)),
    (units.parse_interval, "2 octaves up", Shift(14, 24)),
    (units.parse_tone, "dark", -0.8),
    (units.parse_tone, "Warm", -0.4),
    (units.parse_tone, "normal", 0.0),
    (units.parse_tone, "bright", 0.8),
    (units.parse_tone, -0.25, -0.25),
    (units.parse_tone, "1", 1.0),
    (units.parse_reverb, "hall 2.8 s", Reverb("hall", 2.8)),
    (units.parse_reverb, "room 500 ms", Reverb("room", 0.5)),
    (units.parse_reverb, "dry", Reverb("dry", 0.0)),
    (units.parse_time_of_day, "18:00", 64_800),
    (units.parse_time_of_day, "0:00:30", 30),
    (units.parse_clock_span, "10:00..18:00", (36_000, 64_800)),
    (units.parse_clock_span, "22:00..02:00", (79_200, 7200)),
    (units.parse_frame_rate, 24, Fraction(24)),
    (units.parse_frame_rate, 29.97, Fraction(30_000, 1001)),
    (units.parse_frame_rate, "29.97 drop", Fraction(30_000, 1001)),
    (units.parse_frame_rate, 23.976, Fraction(24_000, 1001)),
    (units.parse_frame_rate, "25 fps", RATE_25),
]


@pytest.mark.parametrize(("parse", "written", "meant"), READ)
def test_units_are_read(parse: Callable[[object], object], written: object, meant: object) -> None:
    assert parse(written) == meant


REFUSED: list[tuple[Callable[[object], object], object, str]] = [
    (
        units.parse_length,
        4,
        "a length with its unit must stand here, not the number 4; write 4 bars, 4 beats or 4 s",
    ),
    (units.parse_length, "2 measures", '"measures" is no unit of length; write 2 bars'),
    (
        units.parse_length,
        "2 baars",
        '"baars" is no unit of length; did you mean "bars"?',
    ),
    (
        units.parse_length,
        "-2 bars",
        'a length from 0 to 1000000 bars must stand here, not the text "-2 bars"; '
        "write a number in that range",
    ),
    (
        units.parse_length,
        True,
        "a length such as 2 bars, 1 beat or 1.5 s must stand here, not the switch true; "
        "write 2 bars, 1 beat or 1.5 s",
    ),
    (units.parse_length, "1/0 beat", "write a number and a unit, as in 2 bars"),
    (units.parse_length_range, "6 bars..2 bars", "write 2 bars..6 bars"),
    (units.parse_length_range, "2 bars..6 s", "a range in one unit must stand here"),
    (units.parse_seconds, 2, "write 2 s, 2 ms or 2 min"),
    (units.parse_seconds, "2 bars", "bars are not counted here; write seconds"),
    (units.parse_boundary, "next barr", 'did you mean "next bar"?'),
    (
        units.parse_boundary,
        "tomorrow",
        "known: now, next beat, next bar, next phrase, end, next 4 bars, marker X",
    ),
    (units.parse_boundary, "immediately", "write now"),
    (units.parse_boundary, "next 0 bars", "a boundary such as next bar must stand here"),
    (units.parse_metre, "4/5", "the lower number is a note value: one of 1, 2, 4, 8, 16, 32"),
    (units.parse_metre, "0/4", "the upper number goes from 1 to 64"),
    (units.parse_metre, "7/8 (2+2)", "they add up to 4; write groups that add up to 7"),
    (units.parse_metre, "7/8 (7+)", "write whole numbers with + between them"),
    (units.parse_metre, 4, "write two numbers with / between them"),
    (units.parse_tempo, 500, "a tempo from 20 to 400 quarters a minute must stand here"),
    (units.parse_tempo, "19.9", "a tempo from 20 to 400 quarters a minute must stand here"),
    (units.parse_tempo, "like a river", "60 per q. for dotted quarters"),
    (units.parse_tempo, "Fast", "tempi are numbers: write 132 for Fast"),
    (units.parse_mode, "dorain", 'there is no mode "dorain"; did you mean "dorian"?'),
    (
        units.parse_dynamic,
        "loud",
        'a dynamic (ppp, pp, p, mp, mf, f, ff, fff) must stand here, not the text "loud"; write f',
    ),
    (units.parse_dynamic, 3, "write one of these marks"),
    (units.parse_dynamic_range, "f..p", "write p..f"),
    (units.parse_decibels, -4, "a unit is missing: write -4 dB"),
    (units.parse_decibels, "-4 LU", "write a number and dB"),
    (units.parse_decibels, "90 dB", "write one from -96 dB to 24 dB"),
    (units.parse_level, "away", "a level such as -4 dB, out or back must stand here"),
    (units.parse_loudness, -23, "write -23 LUFS or -23 LU"),
    (units.parse_factor, 1.1, "write x1.1"),
    (units.parse_factor, "x0", "a factor above 0 and up to 100 must stand here"),
    (units.parse_percent, 50, "a unit is missing: write 50%"),
    (units.parse_swing, "80%", "write 50% for straight, 66.7% for triplets, 75% for dotted"),
    (units.parse_metres, "0.5 m", "write one from 1 m to 1000 m"),
    (units.parse_number, "1e3", "write digits alone, with a point before decimals"),
    (units.parse_number, float("nan"), "a number such as 0.5 must stand here"),
    (units.parse_number_range, "1..0", "write 0..1"),
    (units.parse_number_range, "0-1", "write two numbers with two dots between them"),
    (units.parse_whole_range, "0..3", "write whole numbers from 1: bars are counted from 1"),
    (units.parse_whole_range, "3..1", "write 1..3"),
    (units.parse_note, "h4", "write a letter, # or b, and an octave: f#3 (c4 is middle C)"),
    (units.parse_note, 128, "a pitch within MIDI 0..127 must stand here"),
    (units.parse_note_range, "g5..c3", "write c3..g5"),
    (units.parse_interval, 3, "write 3 semitones, or a name such as m3"),
    (units.parse_interval, "m5 up", "write P5"),
    (units.parse_tone, "brigt", "write bright"),
    (units.parse_tone, "mellow", "write warm"),
    (units.parse_tone, "purple", "a tone (dark, warm, normal, bright, or a number from -1 to 1)"),
    (units.parse_tone, 2, "write -1 for as dark, 1 for as bright as can be"),
    (units.parse_tone, "40%", "write one of these words"),
    (units.parse_reverb, "haul 2 s", 'did you mean "hall"?'),
    (units.parse_reverb, "hall", "write one of room, chamber, hall, church, plate and a time"),
    (units.parse_time_of_day, "18", "write hours and minutes of the 24-hour clock: 18:00"),
    (units.parse_time_of_day, "24:01", "hours go to 24, minutes and seconds to 59"),
    (units.parse_clock_span, "10:00..10:00", "the whole day is 00:00..24:00"),
    (units.parse_frame_rate, 26, "a frame rate (23.976, 24, 25, 29.97, 29.97 drop or 30)"),
]


@pytest.mark.parametrize(("parse", "written", "said"), REFUSED)
def test_refusals_say_what_was_expected_what_came_and_what_to_write(
    parse: Callable[[object], object], written: object, said: str
) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        parse(written)
    assert said in str(caught.value)


PARSERS = [getattr(units, name) for name in units.__all__ if name.startswith("parse_")]
ONE_ARGUMENT = [
    parse for parse in PARSERS if parse not in (units.parse_timecode, units.parse_clock_position)
]


@pytest.mark.parametrize("value", [None, True, [], {}, ["2 bars"], "", " ", "x" * 5000, "1" * 999])
@pytest.mark.parametrize("parse", ONE_ARGUMENT)
def test_no_unit_takes_what_is_no_short_text_or_number(
    parse: Callable[[object], object], value: object
) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(value)


@given(
    st.sampled_from(ONE_ARGUMENT),
    st.one_of(
        st.text(max_size=12),
        st.text("0123456789.+-/ :;%xbarsmdBLUpf()", max_size=12),
        st.floats(),
        st.integers(),
    ),
)
def test_units_raise_nothing_but_value_errors(
    parse: Callable[[object], object], value: object
) -> None:
    said = "read"
    try:
        parse(value)
    except ValueError as error:
        said = str(error)
    assert said


DROP = Fraction(30_000, 1001)


def test_timecode_vectors_of_theory_T6() -> None:
    start = units.parse_timecode("01:00:00;00", DROP)
    frames = units.parse_timecode("01:01:35;27", DROP) - start
    assert frames == 2875
    assert units.timecode_seconds(frames, DROP) == pytest.approx(95.929, abs=5e-4)
    assert units.timecode_seconds(frames, DROP) * 48_000 == pytest.approx(4_604_600)
    assert units.parse_timecode("01:01:35:27", Fraction(30)) == 108_000 + 2877
    assert units.parse_timecode("01:37:52:16", RATE_25) == 146_816
    assert units.timecode_seconds(24, Fraction(24_000, 1001)) == pytest.approx(1.001)


@given(st.integers(0, 24 * 6 * 17_982 - 1))
def test_drop_frame_labels_round_trip(frames: int) -> None:
    assert units.parse_timecode(units.timecode_label(frames, DROP, ";"), DROP) == frames


@given(st.integers(0, 24 * 3600 * 24 - 1), st.sampled_from([24, 25, 30]))
def test_labels_round_trip(frames: int, rate: int) -> None:
    label = units.timecode_label(frames % (24 * 3600 * rate), Fraction(rate))
    assert units.parse_timecode(label, Fraction(rate)) == frames


@pytest.mark.parametrize(
    ("label", "rate", "said"),
    [
        ("01:01:00;00", DROP, "drop frame leaves this label out; write 01:01:00;02"),
        ("01:00:00;00", RATE_25, "only 29.97 has drop frames (;)"),
        ("01:00:00:25", RATE_25, "frames to 24"),
        ("01:60:00:00", RATE_25, "minutes and seconds to 59"),
        ("1:10", RATE_25, 'write "hh:mm:ss:ff" in quotes'),
    ],
)
def test_labels_that_do_not_exist(label: str, rate: Fraction, said: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        units.parse_timecode(label, rate)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (27.5, 27.5),
        (0, 0.0),
        ("27.5 s", 27.5),
        ("1:10", 70.0),
        ("00:01:10.000", 70.0),
        ("2:00:00", 7200.0),
        ("90:00", 5400.0),
        ("01:00:10:05", 10.2),
    ],
)
def test_positions_on_the_clock(written: object, seconds: float) -> None:
    starts = 25 * 3600
    assert units.parse_clock_position(written, RATE_25, starts) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (-1, "positions begin at 0"),
        ("1:75", "seconds, and minutes after hours, go to 59"),
        ("00:59:00:00", "it lies before `timecode starts`"),
        ("2 bars", "bars are not counted here"),
        ("noon", "write seconds (27.5) or minutes and seconds (1:10)"),
    ],
)
def test_positions_that_are_refused(written: object, said: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        units.parse_clock_position(written, RATE_25, 25 * 3600)
    assert said in str(caught.value)
