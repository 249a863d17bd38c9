"""Notes before they sound: tones as roles (degrees, chord tones), resolved when they are due."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from leitmotor.music.scale import Key, Mode
from leitmotor.music.time import Ticks
from leitmotor.records import record


@record
class Shift:
    """Moves a sounding pitch by letters and semitones (`transpose m3 up`, `register +12`)."""

    letters: int
    semitones: int


@record
class Mirror:
    """Reflects a sounding pitch about degree `step` (0 = tonic): `invert real about d`."""

    step: int
    alter: int


Move: TypeAlias = Shift | Mirror


@record
class Home:
    """A key to read degrees in instead of the one in force; without a `mode` that of the latter."""

    letter: int
    alter: int
    mode: Mode | None = None

    def in_place_of(self, key: Key) -> Key:
        """The key that is meant where `key` is in force."""
        return Key(self.letter, self.alter, self.mode or key.mode)


@record
class Degree:
    """A degree of the key in force: `step` 0 is the tonic, `alter` is against the mode's own.

    `octave` is counted apart from `step`, so that it stays an octave in modes of another size.
    `mode` and `home`, where given, are read instead of what is in force (`vary: mode`, `rekey`).
    `moves` are applied to the pitch it resolves to, left to right.
    """

    step: int
    alter: int = 0
    octave: int = 0
    mode: Mode | None = None
    home: Home | None = None
    moves: tuple[Move, ...] = ()


@record
class ChordTone:
    """Root (`number` 1), third (3), fifth (5), seventh (7) or ninth (9) of the chord in force."""

    number: int
    alter: int = 0
    octave: int = 0
    moves: tuple[Move, ...] = ()


@record
class Letter:
    """A fixed pitch: letter step (C4 = 28) and MIDI number."""

    step: int
    midi: int
    moves: tuple[Move, ...] = ()


@record
class Piece:
    """A piece of a kit by name (`lo`, `tick`)."""

    name: str


Tone: TypeAlias = Degree | ChordTone | Letter | Piece


@record
class Grace:
    """A grace note before its main note; `length` as written."""

    tones: tuple[Tone, ...]
    length: Ticks


class Note(NamedTuple):
    """One note or chord of a motif or figure, with everything that is written at it.

    A named tuple, as a long score has tens of thousands of them to make before it can be checked.

    `level` and `level_end` are the written dynamic at its onset and its end, as steps (ppp 0 …
    fff 7, broken inside a hairpin); None where nothing is written.
    """

    number: int  # among the notes as written, from 0; an ornament keeps its main note's
    onset: Ticks
    length: Ticks
    tones: tuple[Tone, ...]
    articulation: str = ""  # "", staccato, staccatissimo, tenuto, portato, legato
    accent: int = 0  # velocity on top: accent 16, marcato 24, tenuto 4; a ghost stroke is negative
    technique: str = ""  # "", pizz, trem, trill
    muted: bool = False  # con sord
    fermata: bool = False
    surge: str = ""  # "", sf, sfz, fp
    level: float | None = None
    level_end: float | None = None
    graces: tuple[Grace, ...] = ()
    column: int = 0  # where it stands in its text, from 1, for messages

    # `_replace` takes four times as long, and these are wanted of every note of a long score.

    def at(self, onset: Ticks) -> Note:
        """The same note at another onset."""
        return tuple.__new__(Note, (self[0], onset, *self[2:]))

    def with_tones(self, tones: tuple[Tone, ...]) -> Note:
        """The same note with other tones."""
        return tuple.__new__(Note, (*self[:3], tones, *self[4:]))
