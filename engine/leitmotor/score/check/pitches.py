"""In which keys and over which chords something can sound, and at what pitch."""

from __future__ import annotations

from collections.abc import Iterable

from leitmotor.music.chord import Chord, realise, tonic_triad
from leitmotor.music.notes import Note, Piece
from leitmotor.music.resolve import BASS_FLOOR, BED_FLOOR, LEAD_FLOOR, resolve
from leitmotor.music.scale import Key, Pitch, spelled, tonic_pitch
from leitmotor.score.check.settings import options
from leitmotor.score.check.sounding import Statement, base_role
from leitmotor.score.compiled import CompiledScore, Progression

CHORD_BASES = {"bed": BED_FLOOR, "bass": BASS_FLOOR, "pulse": BED_FLOOR}


def keys_of(statement: Statement) -> tuple[Key, ...]:
    """The keys that a statement can be read in."""
    variant = statement.variant
    keys = statement.setting.keys
    if variant is None or variant.mode is None:
        return keys
    return tuple(dict.fromkeys(key.in_mode(variant.mode) for key in keys))


def progressions_of(score: CompiledScore, statement: Statement) -> tuple[Progression, ...]:
    """The progressions that a statement can sound over, its own before the setting's."""
    variant = statement.variant
    own = (variant.harmony if variant else None) or statement.motif.harmony
    if own is not None and statement.leads:
        return tuple(score.progressions[name] for name in options(own))
    return statement.setting.progressions


def chords_in(key: Key, progressions: Iterable[Progression]) -> tuple[Chord, ...]:
    """Every chord of the progressions in a key; without any, the tonic triad (S13)."""
    found = dict.fromkeys(
        realise(numeral, key, progression.home)
        for progression in progressions
        for bar in progression.bars
        for numeral in bar
    )
    return tuple(found) or (tonic_triad(key),)


def tonic_of(key: Key, octaves: int) -> Pitch:
    """Where degree 1 stands."""
    return tonic_pitch(key).shifted(7 * octaves, 12 * octaves)


def chord_base(role: str) -> int:
    """Where k1 lies at the lowest in a role (S14)."""
    return CHORD_BASES.get(base_role(role), LEAD_FLOOR)


def pitches(note: Note, key: Key, chord: Chord, tonic: Pitch, role: str) -> tuple[Pitch, ...]:
    """What a note sounds as, lowest first; strokes of a kit have no pitch."""
    base = chord_base(role)
    found = (
        resolve(tone, key, chord, tonic, base) for tone in note.tones if not isinstance(tone, Piece)
    )
    return tuple(sorted(found, key=lambda pitch: pitch.midi))


def listed(names: Iterable[str], most: int = 6) -> str:
    """ "D3, F3 and A3", cut where there are too many."""
    every = list(dict.fromkeys(names))
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def midi_name(midi: int) -> str:
    """The name of a MIDI number, with sharps."""
    octave, pitch_class = divmod(midi, 12)
    letter = (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)[pitch_class]
    return spelled(7 * (octave - 1) + letter, midi)


def key_title(keys: Iterable[Key]) -> str:
    """The keys as messages name them."""
    return listed(sorted(map(str, keys)), 3)
