"""Bed and bass (S14), and the least motion between chords (T4.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.music.tonal import chord, keys, names

from leitmotor.music.chord import Chord, realise
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.scale import MODES, Key, Pitch
from leitmotor.music.voicing import bass_pitch, bed_voicing, minimal_motion, motion

NUMERALS = [
    *("I", "i", "iio", "III+", "iv", "IV7", "V", "V9", "V65", "I64", "viio7", "viiø7", "bII"),
    *("Vsus4", "V7/ii"),
]
chords = st.builds(
    lambda text, key: realise(parse_numeral(text), key, key.mode),
    st.sampled_from(NUMERALS),
    keys,
)


def numbers(pitches: tuple[Pitch, ...]) -> tuple[int, ...]:
    return tuple(pitch.midi for pitch in pitches)


@pytest.mark.parametrize(
    ("target", "semitones"),
    [
        ("Cm", 1),
        ("Em", 1),
        ("Am", 2),
        ("E", 2),
        ("Ab", 2),
        ("Fm", 2),
        ("Db", 3),
        ("F", 3),
        ("G", 3),
        ("Eb", 3),
        ("A", 3),
        ("B", 3),
        ("D", 6),
        ("F#", 6),
        ("Bb", 6),
    ],
)
def test_t4_2_the_least_motion_from_c_major(target: str, semitones: int) -> None:
    assert minimal_motion(chord("C"), chord(target)) == semitones
    assert minimal_motion(chord(target), chord("C")) == semitones


def test_chords_of_unequal_size_split_and_join_voices() -> None:
    assert minimal_motion(chord("C"), chord("C7")) == 2
    assert motion((60, 64, 67), (60, 64, 67, 72)) == 5
    assert motion((60, 64, 67), (59, 62, 67)) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C", "C3 E3 G3"),
        ("Bb", "Bb3 D4 F4"),
        ("Ebm", "Eb3 Gb3 Bb3"),
        ("G7", "G3 B3 D4 F4"),
        ("C9", "C3 E3 G3 Bb3 D4"),
        ("C/E", "C3 E3 G3"),
    ],
)
def test_s14_the_first_bed_chord_stands_in_root_position(name: str, expected: str) -> None:
    assert names(bed_voicing(chord(name), None)) == expected


@pytest.mark.parametrize(
    ("previous", "name", "expected"),
    [
        ("C", "F", "C3 F3 A3"),
        ("C", "G", "D3 G3 B3"),
        ("C", "Am", "C3 E3 A3"),
        ("C", "Em", "E3 G3 B3"),
        ("C", "G7", "D3 F3 G3 B3"),
        ("C", "C", "C3 E3 G3"),
    ],
)
def test_s14_the_next_takes_the_inversion_that_moves_least(
    previous: str, name: str, expected: str
) -> None:
    before = numbers(bed_voicing(chord(previous), None))
    assert names(bed_voicing(chord(name), before)) == expected


def test_s14_at_a_tie_the_root_position_wins_and_then_the_lower_one() -> None:
    before = (54, 54, 54)
    assert motion((52, 56, 60), before) == motion((48, 52, 56), before) == 10
    assert names(bed_voicing(chord("Eaug"), before)) == "E3 G#3 B#3"
    assert motion((48, 51, 57), before) == motion((51, 57, 60), before) == 12
    assert names(bed_voicing(chord("Adim"), before)) == "C3 Eb3 A3"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("C", "C2"), ("B", "B2"), ("Cb", "Cb3"), ("C/E", "E2"), ("F#m/C#", "C#2"), ("B#", "B#1")],
)
def test_s14_the_bass_has_the_root_or_the_tone_below(name: str, expected: str) -> None:
    assert bass_pitch(chord(name)).name == expected


def test_s14_six_and_six_four_are_in_the_bass() -> None:
    key = Key(0, 0, MODES["minor"])
    bass = [bass_pitch(realise(parse_numeral(text), key, key.mode)) for text in ("i6", "i64", "V7")]
    assert names(tuple(bass)) == "Eb2 G2 G2"


@given(first=chords, second=chords)
def test_bed_and_bass_stay_in_their_registers(first: Chord, second: Chord) -> None:
    opening = bed_voicing(first, None)
    following = bed_voicing(second, numbers(opening))
    for current, voicing in ((first, opening), (second, following)):
        midi = numbers(voicing)
        assert 48 <= midi[0] <= 59
        assert list(midi) == sorted(midi)
        assert midi[-1] - midi[0] <= (11 if len(midi) < 5 else 15)
        assert sorted(note % 12 for note in midi) == sorted(current.pitch_classes)
        assert {(p.step % 7, p.midi % 12) for p in voicing} == {
            ((current.letter + tone.letters) % 7, pitch_class)
            for tone, pitch_class in zip(current.tones, current.pitch_classes, strict=True)
        }
        assert 36 <= bass_pitch(current).midi <= 47


@given(first=chords, second=chords)
def test_no_voicing_moves_less_than_the_least_motion(first: Chord, second: Chord) -> None:
    before = numbers(bed_voicing(first, None))
    after = numbers(bed_voicing(second, before))
    assert motion(before, after) >= minimal_motion(first, second)
    assert minimal_motion(first, second) == minimal_motion(second, first)
    assert bed_voicing(first, before) == bed_voicing(first, None)
