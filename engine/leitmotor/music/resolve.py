"""From a role (a degree, a chord tone) to the pitch that sounds when it is due (T3, S17, S18)."""

from __future__ import annotations

from typing import TypeAlias

from leitmotor.music.chord import Chord, pitch_of
from leitmotor.music.notes import ChordTone, Degree, Letter, Move, Shift
from leitmotor.music.scale import Key, Mode, Pitch, degree_offset

Pitched: TypeAlias = Degree | ChordTone | Letter
"""Every tone that has a pitch; the pieces of a kit have a MIDI number of their own."""

BASS_FLOOR = 36
BED_FLOOR = 48
LEAD_FLOOR = 60
"""Where the octave of k1 begins in figures: C2 for bass, C3 for bed and pulse, else C4 (S14)."""


def resolve(tone: Pitched, key: Key, chord: Chord, tonic: Pitch, chord_base: int) -> Pitch:
    """The pitch of a tone in the key and chord in force.

    `tonic` is where degree 1 stands now, a register that `key` does not say. k1 lies within the
    octave above MIDI number `chord_base`, the other chord tones above k1.
    """
    if isinstance(tone, Degree):
        if tone.mode is None and tone.home is None:
            # The common case: nothing but the key in force.
            letters, semitones = degree_offset(key.mode, tone.step)
            octave = tone.octave
            pitch = Pitch(
                tonic.step + letters + 7 * octave,
                tonic.midi + semitones + 12 * octave + tone.alter,
            )
            return _moved(pitch, tone.moves, key.mode, tonic) if tone.moves else pitch
        return _elsewhere(tone, key, tonic)
    if isinstance(tone, ChordTone):
        pitch = _chord_tone(tone, chord, chord_base)
    else:
        pitch = Pitch(tone.step, tone.midi)
    return _moved(pitch, tone.moves, key.mode, tonic) if tone.moves else pitch


def nearest_tonic(old: Pitch, key: Key) -> Pitch:
    """The tonic of `key` nearest to where the tonic was: -6…+5 semitones away (T3 rekey, S18)."""
    shift = (key.pitch_class - old.midi + 6) % 12 - 6
    return pitch_of(key.letter, old.midi + shift)


def kept_alter(degree: Degree, written: Mode, target: Mode) -> int:
    """The alteration that a degree keeps in another mode.

    It is dropped where the altered degree already is the target's own (T3 `mode`): Eb written in
    C major as a lowered third stays Eb in C minor. Modes of different sizes share no degrees, so
    nothing is dropped between them.
    """
    if not degree.alter or written.size != target.size:
        return degree.alter
    here = degree_offset(written, degree.step)[1] + degree.alter
    return 0 if here == degree_offset(target, degree.step)[1] else degree.alter


def _elsewhere(tone: Degree, key: Key, tonic: Pitch) -> Pitch:
    """A degree read in a mode or key of its own."""
    there = key if tone.home is None else tone.home.in_place_of(key)
    if tone.home is not None:
        tonic = nearest_tonic(tonic, there)
    mode = tone.mode or there.mode
    letters, semitones = degree_offset(mode, tone.step)
    pitch = tonic.shifted(
        letters + 7 * tone.octave,
        semitones + 12 * tone.octave + kept_alter(tone, key.mode, mode),
    )
    return _moved(pitch, tone.moves, mode, tonic)


def _chord_tone(tone: ChordTone, chord: Chord, chord_base: int) -> Pitch:
    member = chord.member(tone.number)
    return chord.lowest_root(chord_base).shifted(
        member.letters + 7 * tone.octave,
        member.semitones + 12 * tone.octave + tone.alter,
    )


def _moved(pitch: Pitch, moves: tuple[Move, ...], mode: Mode, tonic: Pitch) -> Pitch:
    for move in moves:
        if isinstance(move, Shift):
            pitch = pitch.shifted(move.letters, move.semitones)
        else:
            letters, semitones = degree_offset(mode, move.step)
            axis = tonic.shifted(letters, semitones + move.alter)
            pitch = Pitch(2 * axis.step - pitch.step, 2 * axis.midi - pitch.midi)
    return pitch
