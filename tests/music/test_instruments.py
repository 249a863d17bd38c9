"""Theory T10: instruments by name, their ranges and programs."""

from __future__ import annotations

import pytest

from leitmotor.music.general_midi import PROGRAM_NAMES
from leitmotor.music.instruments import KnownInstrument, find, names, program_number


def known(name: str) -> KnownInstrument:
    instrument = find(name)
    assert instrument is not None, name
    return instrument


@pytest.mark.parametrize("name", names())
def test_t10_every_entry_makes_sense(name: str) -> None:
    one = known(name)
    assert 0 <= one.low <= one.comfortable_low < one.comfortable_high <= one.high <= 127
    assert 0 <= one.program <= 127
    assert one.poly >= 1


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("clarinet", "clarinet in Bb"),
        ("horn", "horn in F"),
        ("trumpet", "trumpet in C"),
        ("trombone", "tenor trombone"),
        ("strings", "string ensemble"),
        ("voice", "voice oohs"),
        ("Cor_Anglais", "English horn"),
        ("DOUBLE-BASS", "double bass"),
    ],
)
def test_t10_aliases_and_spellings(alias: str, name: str) -> None:
    assert known(alias).name == name


def test_t10_roles_are_no_instruments() -> None:
    assert [find(role) for role in ("lead", "counter", "bed", "bass", "pulse", "colour")] == [
        None
    ] * 6


@pytest.mark.parametrize(
    ("name", "low", "high", "transposition", "program"),
    [
        ("violin", 55, 103, 0, 40),
        ("clarinet", 50, 94, 2, 71),
        ("piccolo", 74, 108, -12, 72),
        ("strings", 28, 100, 0, 48),
        ("pad", 36, 96, 0, 88),
        ("choir", 40, 84, 0, 52),
        ("tubular bells", 60, 77, 0, 14),
        ("baritone sax", 36, 68, 21, 67),
    ],
)
def test_t10_ranges(name: str, low: int, high: int, transposition: int, program: int) -> None:
    one = known(name)
    assert (one.low, one.high, one.transposition, one.program) == (
        low,
        high,
        transposition,
        program,
    )


def test_t10_how_many_notes_at_once_and_who_sustains() -> None:
    players = "flute tuba violin guitar harp piano organ strings choir pad marimba timpani drums"
    assert {name: known(name).poly for name in players.split()} == {
        "flute": 1, "tuba": 1, "violin": 2, "guitar": 6, "harp": 8, "piano": 16, "organ": 16,
        "strings": 8, "choir": 8, "pad": 8, "marimba": 4, "timpani": 2, "drums": 8,
    }  # fmt: skip
    assert {name for name in players.split() if known(name).sustaining} == {
        "flute", "tuba", "violin", "organ", "strings", "choir", "pad",
    }  # fmt: skip
    assert [name for name in names() if known(name).kit] == ["drums", "drum kit", "kit"]


def test_t10_bowed_strings_have_programs_for_pizzicato_and_tremolo() -> None:
    assert known("cello").techniques == known("strings").techniques == (("pizz", 45), ("trem", 44))
    assert known("flute").techniques == known("synth strings").techniques == ()


def test_t10_general_midi_has_128_different_names() -> None:
    assert len(PROGRAM_NAMES) == len(set(PROGRAM_NAMES)) == 128
    assert [PROGRAM_NAMES[known(name).program] for name in ("violin", "celesta", "taiko")] == [
        "violin",
        "celesta",
        "taiko drum",
    ]


@pytest.mark.parametrize(
    ("said", "program"),
    [(1, 0), (128, 127), ("41", 40), ("violin", 40), ("strings", 48), ("Pad 2 (warm)", 89)],
)
def test_a_program_is_a_name_or_a_number_as_people_count(said: str | int, program: int) -> None:
    assert program_number(said) == program


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (0, "programs are 1 to 128"),
        (129, "program 129 does not exist"),
        (True, "program True does not exist"),
        ("violn", 'did you mean "violin"'),
    ],
)
def test_a_wrong_program_is_refused(said: str | int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        program_number(said)
