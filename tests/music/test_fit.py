"""Into the range (T3.1) and onto the harmony (T4.1, S21)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.music.tonal import chord, keys, names

from leitmotor.music.fit import fit_shift, fold, keep_contour, snap
from leitmotor.music.scale import MAJOR, MINOR, Key, Pitch, natural_midi

C_MAJOR = Key(0, 0, MAJOR)
VIOLIN = (55, 103, 55, 93)
TRIAD = (Pitch(28, 60), Pitch(30, 64), Pitch(32, 67))
"""C4 E4 G4."""

CHORDS = ("C", "Fm", "Am", "D", "G7", "Bdim7", "Ebmaj7", "F#m7b5", "Gsus4", "Abaug")


def snapped(name: str, *directions: int) -> list[Pitch]:
    return [
        snap(pitch, chord(name), C_MAJOR, strong=True, direction=direction)[0]
        for pitch, direction in zip(TRIAD, directions, strict=True)
    ]


# --- T3.1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pitches", "instrument", "octaves"),
    [
        ((60, 62, 64, 67), VIOLIN, 0),
        ((48, 50, 52, 55), VIOLIN, 1),
        # Playable, but comfortable an octave lower.
        ((96, 98), VIOLIN, -1),
        # In range, and comfortable nowhere near: as near as may be.
        ((60,), (30, 90, 80, 84), 2),
        # The span is too wide: the least that sticks out, the rest is for folding.
        ((41, 60, 70), (55, 79, 55, 79), 1),
        ((), VIOLIN, 0),
    ],
)
def test_t3_1_a_line_is_moved_by_octaves(
    pitches: tuple[int, ...], instrument: tuple[int, int, int, int], octaves: int
) -> None:
    assert fit_shift(pitches, *instrument) == octaves


@pytest.mark.parametrize(
    ("midi", "previous", "folded"),
    [
        (60, 90, 60),
        (48, None, 60),
        (48, 71, 72),
        (48, 84, 84),
        (100, None, 76),
        (100, 60, 64),
        (90, 72, 78),
    ],
)
def test_t3_1_single_notes_fold_toward_the_note_before(
    midi: int, previous: int | None, folded: int
) -> None:
    assert fold(midi, 55, 84, previous) == folded


def test_t3_1_a_note_no_octave_can_bring_in_is_not_dropped() -> None:
    assert fold(65, 36, 38, None) == 41
    assert fold(65, 40, 44, 70) == 41


@given(
    midi=st.integers(0, 127),
    low=st.integers(12, 90),
    room=st.integers(11, 40),
    previous=st.none() | st.integers(0, 127),
)
def test_t3_1_folding_keeps_the_note_and_enters_the_range(
    midi: int, low: int, room: int, previous: int | None
) -> None:
    folded = fold(midi, low, low + room, previous)
    assert low <= folded <= low + room
    assert (folded - midi) % 12 == 0
    if low <= midi <= low + room:
        assert folded == midi


# --- T4.1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"), [("Fm", "C4 F4 Ab4"), ("Am", "C4 E4 A4"), ("D", "D4 D4 F#4")]
)
def test_t4_1_strong_notes_snap_to_the_nearest_chord_tone(name: str, expected: str) -> None:
    assert names(snapped(name, 0, 0, 0)) == expected


def test_t4_1_a_tie_goes_the_way_of_the_contour() -> None:
    assert names(snapped("D", 0, 1, 1)) == "D4 F#4 F#4"
    assert names(snapped("D", 0, -1, 1)) == "D4 D4 F#4"


@pytest.mark.parametrize("directions", [(0, 0, 0), (0, 1, 1)])
def test_t4_1_the_contour_guard_parts_notes_that_became_one(directions: tuple[int, ...]) -> None:
    line = snapped("D", *directions)
    for place in (1, 2):
        line[place] = keep_contour(
            TRIAD[place - 1], TRIAD[place], line[place - 1], line[place], chord("D")
        )
    assert names(line) == "D4 F#4 A4"


def test_t4_1_the_guard_leaves_repeated_notes_and_goes_down_too() -> None:
    d, e, c = Pitch(29, 62), Pitch(30, 64), Pitch(28, 60)
    assert keep_contour(e, e, d, d, chord("D")) == d
    assert keep_contour(e, c, d, d, chord("D")).name == "A3"
    assert keep_contour(c, e, c, d, chord("D")) == d


def test_t4_1_nothing_near_leaves_the_note_and_says_so() -> None:
    a = Pitch(33, 69)
    assert snap(a, chord("C(b5)"), C_MAJOR, strong=True, direction=0) == (a, True)
    assert snap(a, chord("C"), C_MAJOR, strong=True, direction=0)[0].name == "G4"


@pytest.mark.parametrize(
    ("step", "midi", "name", "expected"),
    [
        (29, 62, "C", "D4"),  # a note of the key passes
        (31, 65, "C", "E4"),  # but not a semitone above the third
        (31, 66, "C", "G4"),  # foreign to key and chord: the way the line goes
        (31, 66, "D", "F#4"),  # in the chord, foreign to the key
        (30, 63, "Ab", "Eb4"),
    ],
)
def test_t4_1_weak_notes_snap_to_the_chord_scale(
    step: int, midi: int, name: str, expected: str
) -> None:
    pitch, foreign = snap(Pitch(step, midi), chord(name), C_MAJOR, strong=False, direction=1)
    assert (pitch.name, foreign) == (expected, False)


def test_the_harmony_spells_the_note() -> None:
    c_sharp = Pitch(28, 61)
    assert snap(c_sharp, chord("Db"), C_MAJOR, strong=True, direction=0)[0].name == "Db4"
    e_flat = snap(Pitch(29, 63), chord("Fm"), Key(0, 0, MINOR), strong=False, direction=0)[0]
    assert e_flat.name == "Eb4"
    assert snap(Pitch(34, 71), chord("Cb"), C_MAJOR, strong=True, direction=0)[0].name == "Cb5"


@given(
    midi=st.integers(24, 100),
    name=st.sampled_from(CHORDS),
    key=keys,
    strong=st.booleans(),
    direction=st.sampled_from((-1, 0, 1)),
)
def test_t4_1_snapping_moves_two_semitones_at_most_and_settles(
    midi: int, name: str, key: Key, strong: bool, direction: int
) -> None:
    step = next(step for step in range(70) if 0 <= midi - natural_midi(step) <= 1)
    pitch = Pitch(step, midi)
    found, foreign = snap(pitch, chord(name), key, strong, direction)
    assert abs(found.midi - midi) <= 2
    if foreign:
        assert found == pitch
    else:
        assert snap(found, chord(name), key, strong, -direction) == (found, False)
    if strong:
        assert foreign or found.midi % 12 in chord(name).pitch_classes
