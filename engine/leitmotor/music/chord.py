"""Chords: the tones that a numeral in a key, or a chord's name, stands for (theory T4.1, S20)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from leitmotor.music.chord_symbol import Shape, read_symbol, symbol
from leitmotor.music.key_name import read_note_name
from leitmotor.music.numeral import Numeral, parse_numeral
from leitmotor.music.scale import (
    LETTERS,
    MAJOR,
    MINOR,
    NATURAL,
    Key,
    Mode,
    Pitch,
    accidental,
    natural_midi,
)
from leitmotor.music.stack import Stack, seven_degrees, stack_in
from leitmotor.records import record

_TONIC_MAJOR, _TONIC_MINOR = parse_numeral("I"), parse_numeral("i")


class ChordMember(NamedTuple):
    """A chord tone: its number (1 3 5 7 9), and its letters and semitones above the root."""

    number: int
    letters: int
    semitones: int


@record
class Chord:
    """A chord with its spelling.

    The root is `letter` (C=0 … B=6) with `alter` sharps or flats. `tones` sound; `available` holds
    1 3 5 7 9 whether they sound or not, the missing seventh and ninth being those of the key.
    `bass` is the number of the tone that the bass plays.
    """

    letter: int
    alter: int
    tones: tuple[ChordMember, ...]
    available: tuple[ChordMember, ...]
    bass: int
    name: str

    @property
    def root_pitch_class(self) -> int:
        """The root as semitones above C, 0…11."""
        return (NATURAL[self.letter] + self.alter) % 12

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """What sounds, as semitones above C, from the root upwards."""
        root = self.root_pitch_class
        return tuple((root + tone.semitones) % 12 for tone in self.tones)

    def member(self, number: int) -> ChordMember:
        """k1 k3 k5 k7 or k9, also where it does not sound; ValueError for any other number."""
        if number not in (1, 3, 5, 7, 9):
            raise ValueError(f"k{number} is no chord tone: there are k1 k3 k5 k7 k9")
        return self.available[number // 2]

    def lowest_root(self, floor: int) -> Pitch:
        """The root within the octave that begins at MIDI number `floor`."""
        return pitch_of(self.letter, floor + (self.root_pitch_class - floor) % 12)


def pitch_of(letter: int, midi: int) -> Pitch:
    """The sounding pitch spelled with this letter, in the octave where that takes fewest signs."""
    octaves = (midi - natural_midi(letter) + 6) // 12
    return Pitch(letter + 7 * octaves, midi)


@lru_cache(maxsize=4096)
def realise(numeral: Numeral, key: Key, home: Mode) -> Chord:
    """The chord of a numeral written for the mode `home`, in the key in force (S20).

    Modes of fewer or more than seven degrees are read as minor if they have a minor third, else as
    major.
    """
    if numeral.secondary is None:
        stack = stack_in(numeral, seven_degrees(key.mode), seven_degrees(home))
        return _spell(numeral, key, stack, key)
    goal = realise(numeral.secondary, key, home)
    mode = MINOR if goal.member(3).semitones == MINOR.steps[2] else MAJOR
    local = Key(goal.letter, goal.alter, mode)
    return _spell(numeral, local, stack_in(numeral, mode, mode), key)


@lru_cache(maxsize=256)
def tonic_triad(key: Key) -> Chord:
    """The triad on the tonic: what stands where no progression does (S13)."""
    return realise(_TONIC_MINOR if key.mode.is_minor else _TONIC_MAJOR, key, key.mode)


def _spell(numeral: Numeral, local: Key, stack: Stack, key: Key) -> Chord:
    """The chord on a degree of `local`; what it does not hold itself comes from `key`."""
    octave, letter = divmod(local.letter + numeral.degree - 1, 7)
    semitones = NATURAL[local.letter] + local.alter + stack.root
    alter = semitones - 12 * octave - NATURAL[letter]
    extras = numeral.extras
    third = 5 if "sus4" in extras else 2 if "sus2" in extras else stack.third
    seventh = stack.seventh if {"7", "maj7"} & set(extras) else None
    ninth = stack.ninth if "9" in extras else None
    chord = _build(letter, alter, Shape(third, stack.fifth, seventh, ninth), numeral.bass)
    return in_key(chord, key)


_ROOT = ChordMember(1, 0, 0)


def _build(letter: int, alter: int, shape: Shape, bass: int) -> Chord:
    seventh = 9 if (shape.third, shape.fifth) == (3, 6) else 10
    available = (
        _ROOT,
        ChordMember(3, {2: 1, 5: 3}.get(shape.third, 2), shape.third),
        ChordMember(5, 4, shape.fifth),
        ChordMember(7, 6, seventh if shape.seventh is None else shape.seventh),
        ChordMember(9, 8, 14 if shape.ninth is None else shape.ninth),
    )
    sounds = (True, True, True, shape.seventh is not None, shape.ninth is not None)
    tones = tuple(compress(available, sounds))
    below = next((tone for tone in tones if tone.number == bass), _ROOT)
    name = _letter_name(letter, alter, _ROOT) + symbol(shape)
    if below is not _ROOT:
        name += f"/{_letter_name(letter, alter, below)}"
    return Chord(letter, alter, tones, available, below.number, name)


def _letter_name(letter: int, alter: int, member: ChordMember) -> str:
    octave, place = divmod(letter + member.letters, 7)
    sign = NATURAL[letter] + alter + member.semitones - 12 * octave - NATURAL[place]
    return LETTERS[place] + accidental(sign)


def in_key(chord: Chord, key: Key) -> Chord:
    """The same chord, the seventh and ninth that it does not hold being those of `key`."""
    sounding = {tone.number for tone in chord.tones}
    seventh, ninth = chord.available[3:]
    if 7 not in sounding:
        seventh = ChordMember(7, 6, _diatonic(chord, key, 6, 9, 11))
    if 9 not in sounding:
        ninth = ChordMember(9, 8, _diatonic(chord, key, 8, 13, 15))
    return replace(chord, available=(*chord.available[:3], seventh, ninth))


def _diatonic(chord: Chord, key: Key, letters: int, least: int, most: int) -> int:
    """Semitones from the root to the key's note so many letters above it.

    Over roots foreign to the key this can be no seventh or ninth any more; it is kept between
    `least` and `most`.
    """
    degree = (chord.letter + letters - key.letter) % 7
    pitch_class = key.pitch_class + seven_degrees(key.mode).steps[degree]
    floor = (least + most) // 2 - 5
    semitones = floor + (pitch_class - chord.root_pitch_class - floor) % 12
    return min(max(semitones, least), most)


def parse_chord_name(text: str) -> Chord | None:
    """The chord with this name (`D major`, `Dm`, `F#m7`, `Bb7/D`), or None if it is no name.

    A name says nothing about the key: see `in_key` for k7 and k9 of a triad.
    """
    head, stroke, below = text.strip().partition("/")
    root = read_note_name(head)
    shape = read_symbol(root[2]) if root is not None else None
    if root is None or shape is None:
        return None
    letter, alter, _ = root
    chord = _build(letter, alter, shape, 1)
    if not stroke:
        return chord
    bass = read_note_name(below.strip())
    if bass is None or bass[2]:
        return None
    wanted = _letter_name(bass[0], bass[1], _ROOT)
    for tone in chord.tones:
        if _letter_name(letter, alter, tone) == wanted:
            return _build(letter, alter, shape, tone.number)
    return None
