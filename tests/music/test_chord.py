"""What numerals and chord names sound as (S20, T4.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.music.tonal import keys

from leitmotor.music.chord import Chord, in_key, parse_chord_name, realise
from leitmotor.music.numeral import Numeral, parse_numeral
from leitmotor.music.scale import MAJOR, MINOR, MODES, NATURAL, Key, Mode

C_MAJOR = Key(0, 0, MAJOR)
C_MINOR = Key(0, 0, MINOR)
SEVEN = [mode for mode in MODES.values() if mode.size == 7]
NUMERALS = [
    *("I", "i", "ii", "iio7", "iii", "III+", "IV7", "iv9", "V", "v", "V7", "V9", "V65", "vi", "VI"),
    *("VII", "viio", "viio7", "viiø7", "bII", "bVI", "#ivo7", "V/V", "V7/ii", "viio7/V"),
    *("I64", "i6", "Vsus4", "Isus2"),
]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
numerals = st.sampled_from(NUMERALS).map(parse_numeral)


def names(texts: str, key: Key, home: Mode) -> str:
    return " ".join(realise(parse_numeral(text), key, home).name for text in texts.split())


def spelling(chord: Chord, member: int) -> tuple[int, int]:
    """(letter, alter) of a chord tone."""
    tone = chord.member(member)
    octave, letter = divmod(chord.letter + tone.letters, 7)
    sign = NATURAL[chord.letter] + chord.alter + tone.semitones - 12 * octave - NATURAL[letter]
    return letter, sign


@pytest.mark.parametrize(
    ("texts", "key", "home", "expected"),
    [
        # At home.
        ("I ii iii IV V vi viio", C_MAJOR, MAJOR, "C Dm Em F G Am Bdim"),
        ("I7 ii7 V7 V9 viiø7 viio7", C_MAJOR, MAJOR, "Cmaj7 Dm7 G7 G9 Bm7b5 Bdim7"),
        ("i iio III iv v VI VII", C_MINOR, MINOR, "Cm Ddim Eb Fm Gm Ab Bb"),
        ("V V7 V9 viio viio7 viiø VII", C_MINOR, MINOR, "G G7 G7b9 Bdim Bdim7 Bm7b5 Bb"),
        ("i6 I64 V65 V42 Vsus4", C_MAJOR, MAJOR, "Cm/Eb C/G G7/B G7/F Gsus4"),
        # Marks count from the major scale, in minor too.
        ("bII bIII bVI bVII #ivo7", C_MINOR, MINOR, "Db Eb Ab Bb F#dim7"),
        ("bII bVII7 iv III+", C_MAJOR, MAJOR, "Db Bb7 Fm Eaug"),
        # Secondary chords lead to what stands in the mode.
        ("V/V V7/ii viio7/V V7/IV", C_MAJOR, MAJOR, "D A7 F#dim7 C7"),
        ("V/V V7/VI V9/iv V/VII", C_MINOR, MINOR, "D Eb7 C7b9 F"),
        # Diatonic chords follow the mode; V and viio keep their leading note.
        ("I ii iii IV V vi viio", C_MINOR, MAJOR, "Cm Ddim Eb Fm G Ab Bdim"),
        ("i iio III iv v VI VII V viio", C_MAJOR, MINOR, "C Dm Em F G Am Bdim G Bdim"),
        ("I7 V7 V9 viiø7", C_MINOR, MAJOR, "Cm7 G7 G7b9 Bdim7"),
        ("viio7 iiø7 VI7", C_MAJOR, MINOR, "Bm7b5 Dm7 Am7"),
        ("I V V7 viio", Key(0, 0, MODES["phrygian"]), MAJOR, "Cm G G7 Bdim"),
        ("I IV V7 VI7", Key(0, 0, MODES["mixolydian"]), MAJOR, "C F G7 A7"),
        ("i iv V", Key(0, 0, MODES["dorian"]), MINOR, "Cm F G"),
        # Altered chords keep their quality.
        ("iv IV7 bII V7/V", C_MINOR, MAJOR, "Fm Fm7 Db D7"),
        ("IV IV7 III+ bII bVI", C_MAJOR, MINOR, "F F7 Eaug Db Ab"),
        # Modes of other sizes are read as major or minor.
        ("i iv V VII", Key(0, 0, MODES["minor pentatonic"]), MINOR, "Cm Fm G Bb"),
        ("I IV V", Key(0, 0, MODES["whole-tone"]), MODES["pentatonic"], "C F G"),
        # VII stands on the natural seventh wherever minor is at home.
        ("III v VII viio", Key(0, 0, MODES["harmonic"]), MODES["harmonic"], "Eb Gm Bb Bdim"),
        ("i V VI", Key(1, 0, MODES["harmonic"]), MINOR, "Dm A Bb"),
    ],
)
def test_s20_numerals_in_their_home_mode_and_in_others(
    texts: str, key: Key, home: Mode, expected: str
) -> None:
    assert names(texts, key, home) == expected


def test_spelling_follows_the_key() -> None:
    assert names("I IV V7 bII", Key(4, -1, MAJOR), MAJOR) == "Gb Cb Db7 Abb"
    assert names("i V viio7", Key(4, 1, MINOR), MINOR) == "G#m D# F##dim7"
    assert names("i iv bII", Key(2, -1, MINOR), MINOR) == "Ebm Abm Fb"
    assert spelling(realise(parse_numeral("V"), Key(4, 1, MINOR), MINOR), 3) == (3, 2)


@pytest.mark.parametrize(
    ("text", "key", "seventh", "ninth"),
    [
        ("I", C_MAJOR, 11, 14),
        ("V", C_MAJOR, 10, 14),
        ("V", C_MINOR, 10, 13),
        ("i", C_MINOR, 10, 14),
        ("iii", C_MAJOR, 10, 13),
        ("viio", C_MINOR, 9, 13),
        ("bII", C_MINOR, 11, 14),
        ("V/V", C_MAJOR, 10, 14),
    ],
)
def test_k7_and_k9_of_a_triad_are_those_of_the_key(
    text: str, key: Key, seventh: int, ninth: int
) -> None:
    chord = realise(parse_numeral(text), key, key.mode)
    assert len(chord.tones) == 3
    assert (chord.member(7).semitones, chord.member(9).semitones) == (seventh, ninth)


def test_a_chord_by_name_takes_its_seventh_from_the_key_in_force() -> None:
    named = parse_chord_name("F major")
    assert named is not None
    assert in_key(named, C_MAJOR).member(7).semitones == 11
    assert in_key(named, C_MINOR).member(7).semitones == 10
    assert in_key(named, C_MINOR).tones == named.tones


def test_only_five_chord_tones_have_numbers() -> None:
    with pytest.raises(ValueError, match="k1 k3 k5 k7 k9"):
        realise(parse_numeral("I"), C_MAJOR, MAJOR).member(2)


@pytest.mark.parametrize(
    ("text", "name", "pitch_classes"),
    [
        ("D major", "D", (2, 6, 9)),
        ("Dm", "Dm", (2, 5, 9)),
        ("d minor", "Dm", (2, 5, 9)),
        ("F#m7", "F#m7", (6, 9, 1, 4)),
        ("Bb7", "Bb7", (10, 2, 5, 8)),
        ("Csus4", "Csus4", (0, 5, 7)),
        ("Eb maj7", "Ebmaj7", (3, 7, 10, 2)),
        ("EbM7", "Ebmaj7", (3, 7, 10, 2)),
        ("G dim", "Gdim", (7, 10, 1)),
        ("G diminished", "Gdim", (7, 10, 1)),
        ("A half-diminished", "Am7b5", (9, 0, 3, 7)),
        ("C dominant 7", "C7", (0, 4, 7, 10)),
        ("Am(maj7)", "Am(maj7)", (9, 0, 4, 8)),
        ("D/F#", "D/F#", (2, 6, 9)),
        ("E aug", "Eaug", (4, 8, 0)),
    ],
)
def test_a_chord_by_name(text: str, name: str, pitch_classes: tuple[int, ...]) -> None:
    chord = parse_chord_name(text)
    assert chord is not None
    assert (chord.name, chord.pitch_classes) == (name, pitch_classes)


@pytest.mark.parametrize("text", ["", "I", "bII", "H", "C13", "Csad", "C/D", "C/", "D dorian"])
def test_what_is_no_chord_name(text: str) -> None:
    assert parse_chord_name(text) is None


@pytest.mark.parametrize("mode", SEVEN, ids=[mode.name for mode in SEVEN])
def test_every_degree_of_every_mode_is_the_thirds_piled_on_it(mode: Mode) -> None:
    """S20: from a major home, each degree but V and viio becomes the mode's own triad."""
    for degree, text in enumerate(["I", "ii", "iii", "IV", "V", "vi"]):
        if text == "V":
            expected = {7, 11, 2}
        else:
            expected = {mode.steps[(degree + third) % 7] for third in (0, 2, 4)}
        chord = realise(parse_numeral(text), Key(0, 0, mode), MAJOR)
        assert set(chord.pitch_classes) == expected, text


@pytest.mark.parametrize("mode", SEVEN, ids=[mode.name for mode in SEVEN])
@given(degree=st.integers(0, 6), letter=st.integers(0, 6), alter=st.integers(-1, 1))
def test_a_numeral_at_home_sounds_as_written(
    mode: Mode, degree: int, letter: int, alter: int
) -> None:
    third, fifth = ((mode.steps[(degree + step) % 7] - mode.steps[degree]) % 12 for step in (2, 4))
    text = ROMAN[degree] if third == 4 else ROMAN[degree].lower()
    text += {6: "o", 8: "+"}.get(fifth, "")
    key = Key(letter, alter, mode)
    chord = realise(parse_numeral(text), key, mode)
    root = key.pitch_class + mode.steps[degree]
    assert chord.pitch_classes == (root % 12, (root + third) % 12, (root + fifth) % 12)
    assert chord.letter == (letter + degree) % 7


@given(numeral=numerals, key=keys, home=st.sampled_from(list(MODES.values())))
def test_numerals_transpose_with_the_key(numeral: Numeral, key: Key, home: Mode) -> None:
    """The same numeral in another key is the same chord, moved; its spelling stays thirds."""
    chord = realise(numeral, key, home)
    at_c = realise(numeral, Key(0, 0, key.mode), home)
    moved = tuple((pitch + key.pitch_class) % 12 for pitch in at_c.pitch_classes)
    assert chord.pitch_classes == moved
    assert chord.available == at_c.available
    assert [tone.number for tone in chord.available] == [1, 3, 5, 7, 9]
    assert 9 <= chord.member(7).semitones <= 11
    assert 13 <= chord.member(9).semitones <= 15
    assert set(chord.tones) <= set(chord.available)


@given(numeral=numerals, key=keys, home=st.sampled_from(list(MODES.values())))
def test_a_chord_reads_back_its_own_name(numeral: Numeral, key: Key, home: Mode) -> None:
    chord = realise(numeral, key, home)
    if abs(chord.alter) > 2 or abs(spelling(chord, chord.bass)[1]) > 2:
        return
    again = parse_chord_name(chord.name)
    assert again is not None, chord.name
    assert (again.letter, again.alter, again.tones) == (chord.letter, chord.alter, chord.tones)
    assert again.bass == chord.bass
