"""Where the tones of a chord stand in bed and bass (S14), and how far voices must move (T4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product

from leitmotor.music.chord import Chord, pitch_of
from leitmotor.music.notes import ChordTone
from leitmotor.music.resolve import BASS_FLOOR, BED_FLOOR, resolve
from leitmotor.music.scale import Key, Pitch, tonic_pitch


@lru_cache(maxsize=4096)
def bed_voicing(chord: Chord, previous: tuple[int, ...] | None) -> tuple[Pitch, ...]:
    """The chord in close position, lowest note C3…B3, from the lowest note upwards.

    Of the inversions, the one with the least total movement from the MIDI numbers of `previous`,
    root position first, then the lower one. Without `previous`: root position.
    """
    positions = [_position(chord, number) for number in range(len(chord.tones))]
    if not previous:
        return positions[0]
    # `min` keeps the first of equals, which is the root position; the rest go by height.
    candidates = [positions[0], *sorted(positions[1:], key=_midi)]
    return min(candidates, key=lambda position: motion(_midi(position), previous))


CHORD_STYLES = ("triads", "sevenths", "open", "clusters")
"""How a palette may have its bed voice chords; triads are the chords as they are written."""

_CLUSTER = ((0, 0), (1, 1), (1, 2), (2, 3), (2, 4))
"""Letters and semitones of a cluster above its lowest note: five neighbours (theory T4.4)."""


def styled(pitches: tuple[Pitch, ...], chord: Chord, key: Key, style: str) -> tuple[Pitch, ...]:
    """A bed voicing as a palette wants it, from the lowest note upwards.

    `sevenths` add the diatonic seventh to a triad, `open` leaves out the third and doubles the
    root, `clusters` are five neighbouring semitones from the lowest note on.
    """
    lowest = pitches[0]
    if style == "clusters":
        return tuple(lowest.shifted(letters, semitones) for letters, semitones in _CLUSTER)
    if style == "open":
        root, fifth = chord.lowest_root(BED_FLOOR), chord.member(5)
        above = root.shifted(fifth.letters, fifth.semitones)
        return root, above, root.shifted(7, 12)
    if style == "sevenths" and len(chord.tones) == 3:
        tonic = tonic_pitch(key)
        seventh = resolve(ChordTone(7), key, chord, tonic, BED_FLOOR)
        octaves = (lowest.midi - seventh.midi) // 12 + 1
        above = seventh.shifted(7 * octaves, 12 * octaves)
        return tuple(sorted((*pitches, above), key=lambda pitch: pitch.midi))
    return pitches


def bass_pitch(chord: Chord) -> Pitch:
    """The root, or the tone below in an inversion, in C2…B2."""
    tone = chord.member(chord.bass)
    pitch_class = chord.root_pitch_class + tone.semitones
    midi = BASS_FLOOR + (pitch_class - BASS_FLOOR) % 12
    return pitch_of((chord.letter + tone.letters) % 7, midi)


def motion(first: Sequence[int], second: Sequence[int]) -> int:
    """Total movement in semitones between two chords of MIDI numbers, voices going the best way.

    With unequal numbers of notes, voices split or join.
    """
    few, many = sorted((sorted(first), sorted(second)), key=len)
    # On a line voices that do not cross go the shortest way: it is enough to cut the larger chord
    # into as many runs of neighbours as the smaller one has notes.
    return min(
        sum(
            abs(note - target)
            for target, start, end in zip(few, (0, *cuts), (*cuts, len(many)), strict=True)
            for note in many[start:end]
        )
        for cuts in combinations(range(1, len(many)), len(few) - 1)
    )


def minimal_motion(chord_a: Chord, chord_b: Chord) -> int:
    """The least total movement in semitones between the pitch classes of two chords (T4.2).

    With unequal numbers of tones, voices split or join.
    """
    few, many = sorted((chord_a.pitch_classes, chord_b.pitch_classes), key=len)
    return min(
        sum(
            _around(few[place], pitch_class)
            for place, pitch_class in zip(places, many, strict=True)
        )
        for places in product(range(len(few)), repeat=len(many))
        if len(set(places)) == len(few)
    )


def _around(a: int, b: int) -> int:
    """The way between two pitch classes, whichever is shorter."""
    distance = (a - b) % 12
    return min(distance, 12 - distance)


def _position(chord: Chord, lowest: int) -> tuple[Pitch, ...]:
    """Close position over the tone with this index; the root position keeps a ninth on top."""
    if lowest == 0:
        root = chord.lowest_root(BED_FLOOR)
        return tuple(root.shifted(tone.letters, tone.semitones) for tone in chord.tones)
    pitches = [
        pitch_of((chord.letter + tone.letters) % 7, pitch_class)
        for tone, pitch_class in zip(chord.tones, chord.pitch_classes, strict=True)
    ]
    floor = BED_FLOOR + (chord.pitch_classes[lowest] - BED_FLOOR) % 12
    placed = [_raised(pitch, floor) for pitch in pitches]
    return tuple(sorted(placed, key=lambda pitch: pitch.midi))


def _raised(pitch: Pitch, floor: int) -> Pitch:
    """The pitch in the octave that begins at MIDI number `floor`."""
    octaves = -((pitch.midi - floor) // 12)
    return pitch.shifted(7 * octaves, 12 * octaves)


def _midi(pitches: Iterable[Pitch]) -> tuple[int, ...]:
    return tuple(pitch.midi for pitch in pitches)
