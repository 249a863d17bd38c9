"""Modes, keys, and what a degree of a key sounds as and is called (theory T2)."""

from __future__ import annotations

from functools import lru_cache

from leitmotor.records import record

LETTERS = "CDEFGAB"
NATURAL = (0, 2, 4, 5, 7, 9, 11)
"""Semitones of the letters C…B above C."""

MODE_STEPS: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
    "melodic": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "octatonic": (0, 1, 3, 4, 6, 7, 9, 10),
    "whole-half": (0, 2, 3, 5, 6, 8, 9, 11),
    "whole-tone": (0, 2, 4, 6, 8, 10),
}

_SPELLING_STEPS: dict[str, tuple[int, ...]] = {
    # Which letter (counted from the tonic's) each degree is written with, where it is not 0 1 2 …
    "pentatonic": (0, 1, 2, 4, 5),
    "minor pentatonic": (0, 2, 3, 4, 6),
    "octatonic": (0, 1, 2, 2, 3, 4, 5, 6),
    "whole-half": (0, 1, 2, 3, 4, 5, 5, 6),
    "whole-tone": (0, 1, 2, 3, 4, 6),
}


@record
class Mode:
    """A scale: semitones of its degrees above the tonic."""

    name: str
    steps: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many degrees fill an octave."""
        return len(self.steps)

    @property
    def spelling_steps(self) -> tuple[int, ...]:
        """How many letters above the tonic's each degree is written."""
        return _SPELLING_STEPS.get(self.name, tuple(range(7)))

    @property
    def is_minor(self) -> bool:
        """Whether its tonic triad is a minor one: no major third stands beside the minor one."""
        return 3 in self.steps and 4 not in self.steps


MODES: dict[str, Mode] = {name: Mode(name, steps) for name, steps in MODE_STEPS.items()}
MAJOR = MODES["major"]
MINOR = MODES["minor"]


@record
class Key:
    """A tonic and a mode. `letter` counts C=0 … B=6, `alter` its sharps (+) or flats (-)."""

    letter: int
    alter: int
    mode: Mode

    @property
    def pitch_class(self) -> int:
        """The tonic as semitones above C, 0…11."""
        return (NATURAL[self.letter] + self.alter) % 12

    @property
    def tonic(self) -> str:
        """The tonic's name: "Eb"."""
        return LETTERS[self.letter] + accidental(self.alter)

    def __str__(self) -> str:
        return f"{self.tonic} {self.mode.name}"

    def in_mode(self, mode: Mode) -> Key:
        """The same tonic in another mode."""
        return Key(self.letter, self.alter, mode)


def accidental(alter: int) -> str:
    """`#`, `bb` … for so many semitones."""
    return "#" * alter if alter >= 0 else "b" * -alter


@record
class Pitch:
    """A sounding pitch with its spelling: `step` counts letters (C4 = 28), C4 is `midi` 60."""

    step: int
    midi: int

    @property
    def alter(self) -> int:
        """Sharps (+) or flats (-) of the spelling."""
        return self.midi - natural_midi(self.step)

    @property
    def name(self) -> str:
        """ "Eb4"."""
        return spelled(self.step, self.midi)

    def shifted(self, letters: int, semitones: int) -> Pitch:
        """The pitch so many letters and semitones away."""
        return Pitch(self.step + letters, self.midi + semitones)


def natural_midi(step: int) -> int:
    """MIDI number of the natural note on a letter step (28 -> 60)."""
    octave, letter = divmod(step, 7)
    return 12 * (octave + 1) + NATURAL[letter]


@lru_cache(maxsize=4096)
def spelled(step: int, midi: int) -> str:
    """The name of a pitch; one that would need more than two accidentals is respelled."""
    alter = midi - natural_midi(step)
    while alter > 2:
        step += 1
        alter = midi - natural_midi(step)
    while alter < -2:
        step -= 1
        alter = midi - natural_midi(step)
    octave, letter = divmod(step, 7)
    return f"{LETTERS[letter]}{accidental(alter)}{octave}"


def tonic_pitch(key: Key) -> Pitch:
    """The tonic in octave 4 (C4…B4): where degree 1 stands without marks."""
    midi = 60 + key.pitch_class
    # Cb and B# keep the sounding octave C4…B4, so their letter may stand in the next octave.
    step = 28 + key.letter
    while midi - natural_midi(step) > 6:
        step += 7
    while midi - natural_midi(step) < -6:
        step -= 7
    return Pitch(step, midi)


@lru_cache(maxsize=8192)
def degree_offset(mode: Mode, step: int) -> tuple[int, int]:
    """(letters, semitones) of scale step `step` (0 = tonic, may be negative) above the tonic."""
    octave, index = divmod(step, mode.size)
    return mode.spelling_steps[index] + 7 * octave, mode.steps[index] + 12 * octave
