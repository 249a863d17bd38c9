"""Roles become pitches (T3, S14, S18)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.music.tonal import chord, keys

from leitmotor.music.chord import parse_numeral, realise
from leitmotor.music.fit import fit_shift
from leitmotor.music.notes import ChordTone, Degree, Home, Letter, Mirror, Move, Shift
from leitmotor.music.resolve import (
    BASS_FLOOR,
    BED_FLOOR,
    LEAD_FLOOR,
    Pitched,
    kept_alter,
    nearest_tonic,
    resolve,
)
from leitmotor.music.scale import MAJOR, MINOR, MODES, Key, Mode, Pitch, tonic_pitch

C_MAJOR = Key(0, 0, MAJOR)
C_MINOR = Key(0, 0, MINOR)
EB_MAJOR = Key(2, -1, MAJOR)
MOTIF = (Degree(0), Degree(1), Degree(2), Degree(4), Degree(3, 1), Degree(4))
"""C4 D4 E4 G4 F#4 G4 in C major, the motif of T3's vectors."""


def sound(tone: Pitched, key: Key = C_MAJOR, base: int = LEAD_FLOOR, name: str = "C") -> str:
    return resolve(tone, key, chord(name), tonic_pitch(key), base).name


def line(key: Key, *moves: Move, mode: Mode | None = None, rekey: Home | None = None) -> str:
    tones = [Degree(d.step, d.alter, 0, mode, rekey, moves) for d in MOTIF]
    return " ".join(sound(tone, key) for tone in tones)


def test_degrees_in_the_key_in_force() -> None:
    assert line(C_MAJOR) == "C4 D4 E4 G4 F#4 G4"
    assert line(EB_MAJOR) == "Eb4 F4 G4 Bb4 A4 Bb4"
    assert sound(Degree(6, 1), Key(5, 0, MINOR)) == "G#5"
    assert sound(Degree(4, 0, -1), C_MINOR) == "G3"
    assert sound(Degree(-1), Key(5, 0, MINOR)) == "G4"


def test_t3_rekey_without_a_mode_keeps_the_one_in_force() -> None:
    minor = Key(0, 0, MINOR)
    assert line(minor, rekey=Home(1, 0)) == "D4 E4 F4 A4 G#4 A4"


def test_t3_rekey_rereads_degrees_at_the_nearest_tonic() -> None:
    assert line(C_MAJOR, rekey=Home(2, -1)) == "Eb4 F4 G4 Bb4 A4 Bb4"
    assert line(C_MAJOR, rekey=Home(5, 0)).startswith("A3 B3 C#4 E4")


@pytest.mark.parametrize(
    ("letter", "alter", "name"),
    [(2, -1, "Eb4"), (3, 0, "F4"), (3, 1, "F#3"), (4, -1, "Gb3"), (4, 0, "G3"), (0, -1, "Cb4")],
)
def test_s18_the_tonic_moves_the_nearest_way_and_down_at_a_tie(
    letter: int, alter: int, name: str
) -> None:
    assert nearest_tonic(Pitch(28, 60), Key(letter, alter, MAJOR)).name == name


@given(old=st.integers(24, 96), key=keys)
def test_s18_a_tonic_never_moves_more_than_six_semitones(old: int, key: Key) -> None:
    moved = nearest_tonic(Pitch(7 * (old // 12) - 7, old), key)
    assert -6 <= moved.midi - old <= 5
    assert moved.midi % 12 == key.pitch_class
    assert (moved.step % 7, moved.alter) == (key.letter, key.alter)


def test_t3_mode_minor_keeps_degrees_and_their_alterations() -> None:
    assert line(C_MAJOR, mode=MINOR) == "C4 D4 Eb4 G4 F#4 G4"
    # Lydian has the raised fourth itself: nothing is left to alter.
    assert line(C_MAJOR, mode=MODES["lydian"]) == "C4 D4 E4 G4 F#4 G4"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("minor", "C4 Eb4 G4 Bb4 Ab4 Eb4"),
        ("harmonic", "C4 Eb4 G4 B4 Ab4 Eb4"),
        ("dorian", "C4 Eb4 G4 Bb4 A4 Eb4"),
    ],
)
def test_t3_mode_drops_an_alteration_the_target_has_already(mode: str, expected: str) -> None:
    """C Eb G B A E from major to minor: the written Eb stays Eb, not Ebb."""
    written = [(0, 0), (2, -1), (4, 0), (6, 0), (5, 0), (2, 0)]
    tones = [Degree(step, alter, mode=MODES[mode]) for step, alter in written]
    assert " ".join(sound(tone) for tone in tones) == expected


def test_t3_phrygian_lowers_the_second() -> None:
    assert sound(Degree(1, mode=MODES["phrygian"])) == "Db4"


def test_modes_of_different_sizes_drop_nothing() -> None:
    assert kept_alter(Degree(2, -1), MAJOR, MODES["minor pentatonic"]) == -1
    assert kept_alter(Degree(2, -1), MAJOR, MINOR) == 0
    assert kept_alter(Degree(9, -1), MAJOR, MINOR) == 0


def test_t3_transpose_minor_third_up_keeps_intervals_and_spelling() -> None:
    assert line(C_MAJOR, Shift(2, 3)) == "Eb4 F4 G4 Bb4 A4 Bb4"
    assert line(C_MAJOR, Shift(1, 3)) == "D#4 E#4 F##4 A#4 G##4 A#4"


def test_t3_invert_real_about_the_first_degree() -> None:
    assert line(C_MAJOR, Mirror(0, 0)) == "C4 Bb3 Ab3 F3 Gb3 F3"


def test_moves_go_from_left_to_right() -> None:
    assert sound(Degree(2, moves=(Shift(7, 12), Mirror(0, 0)))) == "Ab2"
    assert sound(Degree(2, moves=(Mirror(0, 0), Shift(7, 12)))) == "Ab4"
    assert sound(Letter(28, 60, (Mirror(2, 0),))) == "G#4"
    assert sound(ChordTone(3, moves=(Shift(-7, -12),)), name="F") == "A3"


@pytest.mark.parametrize(
    ("tone", "base", "name", "expected"),
    [
        (ChordTone(1), BED_FLOOR, "C", "C3"),
        (ChordTone(1), BED_FLOOR, "B", "B3"),
        (ChordTone(1), BASS_FLOOR, "F#m", "F#2"),
        (ChordTone(5), LEAD_FLOOR, "Bb", "F5"),
        (ChordTone(3), BED_FLOOR, "Cm", "Eb3"),
        (ChordTone(3), BED_FLOOR, "Csus4", "F3"),
        (ChordTone(9), BED_FLOOR, "Gm9", "A4"),
        (ChordTone(5, 1, -1), BED_FLOOR, "C", "G#2"),
        (ChordTone(1), BED_FLOOR, "Cb", "Cb4"),
    ],
)
def test_s14_k1_lies_within_the_octave_of_its_role(
    tone: ChordTone, base: int, name: str, expected: str
) -> None:
    assert sound(tone, C_MAJOR, base, name) == expected


def test_k7_of_a_triad_sounds_diatonic() -> None:
    five = realise(parse_numeral("V"), C_MINOR, MINOR)
    assert resolve(ChordTone(7), C_MINOR, five, tonic_pitch(C_MINOR), BED_FLOOR).name == "F4"


def test_a_letter_is_itself() -> None:
    assert sound(Letter(30, 63), EB_MAJOR) == "Eb4"


@given(
    key=keys,
    step=st.integers(-14, 14),
    moves=st.lists(st.builds(Mirror, st.integers(-7, 7), st.integers(-1, 1)), max_size=2),
)
def test_a_mirror_twice_is_no_mirror(key: Key, step: int, moves: list[Move]) -> None:
    there_and_back = (*moves, *reversed(moves))
    assert sound(Degree(step, moves=there_and_back), key) == sound(Degree(step), key)


@given(
    key=keys,
    steps=st.lists(st.integers(-3, 7), min_size=1, max_size=8),
    low=st.integers(24, 72),
    room=st.integers(11, 30),
)
def test_t3_1_resolved_then_fitted_stays_in_range_where_the_span_allows(
    key: Key, steps: list[int], low: int, room: int
) -> None:
    """Octaves always find a place where the range exceeds the span by eleven semitones."""
    tonic = tonic_pitch(key)
    midi = [resolve(Degree(step), key, chord("C"), tonic, LEAD_FLOOR).midi for step in steps]
    high = low + max(midi) - min(midi) + room
    octaves = fit_shift(midi, low, high, low, high)
    assert all(low <= note + 12 * octaves <= high for note in midi)
