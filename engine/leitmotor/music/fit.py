"""Bringing notes into an instrument's range (T3.1) and onto the harmony (T4.1, S21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitmotor.music.chord import Chord, pitch_of
from leitmotor.music.scale import Key, Pitch

_REACH = 2
"""How many semitones a note may be moved to meet the harmony."""


def fit_shift(
    pitches: Sequence[int],
    low: int,
    high: int,
    comfortable_low: int,
    comfortable_high: int,
) -> int:
    """By how many octaves (-6…6) to move these MIDI numbers together for an instrument (T3.1).

    Least semitones outside the playable range, then outside the comfortable one, then the smaller
    move. (Up and down can never be equally good and better than staying, so no rule parts them.)
    What still lies outside is for `fold`.
    """
    if not pitches or (min(pitches) >= comfortable_low and max(pitches) <= comfortable_high):
        return 0  # nothing can be better than staying where all is comfortable

    def cost(octaves: int) -> tuple[int, int, int]:
        moved = [midi + 12 * octaves for midi in pitches]
        return (
            _outside(moved, low, high),
            _outside(moved, comfortable_low, comfortable_high),
            abs(octaves),
        )

    return min(range(-6, 7), key=cost)


def _outside(pitches: Sequence[int], low: int, high: int) -> int:
    return sum(max(low - midi, midi - high, 0) for midi in pitches)


def fold(midi: int, low: int, high: int, previous: int | None) -> int:
    """A single note brought into the range by octaves, as near as may be to the note before it.

    A note inside stays. Where the range is too small to hold the note in any octave, the octave
    nearest to the range is given: a note is never dropped.
    """
    if low <= midi <= high:
        return midi
    target = midi if previous is None else previous

    def cost(octaves: int) -> tuple[int, int, int]:
        moved = midi + 12 * octaves
        return _outside((moved,), low, high), abs(moved - target), abs(octaves)

    return midi + 12 * min(range(-11, 12), key=cost)


def snap(pitch: Pitch, chord: Chord, key: Key, strong: bool, direction: int) -> tuple[Pitch, bool]:
    """The pitch on the harmony, and whether it had to be left foreign to it (T4.1).

    On a strong beat the nearest chord tone within two semitones; on a weak one the nearest note of
    the chord-scale. Of two equally near, the one on the side of `direction` (the sign of the
    original step to this note), the lower one where that is 0. The result takes the harmony's
    spelling.
    """
    letters = _chord_letters(chord) if strong else _scale_letters(chord, key)
    onward = 1 if direction > 0 else -1
    for distance in range(_REACH + 1):
        for midi in (pitch.midi + onward * distance, pitch.midi - onward * distance):
            letter = letters.get(midi % 12)
            if letter is not None:
                return pitch_of(letter, midi), False
    return pitch, True


def nearest_tone(pitch: Pitch, chord: Chord, direction: int) -> Pitch:
    """The chord tone nearest to a pitch, however far; of two the one on the side of `direction`."""
    letters = _chord_letters(chord)
    onward = 1 if direction > 0 else -1
    distance = 0
    while True:
        for midi in (pitch.midi + onward * distance, pitch.midi - onward * distance):
            if midi % 12 in letters:
                return pitch_of(letters[midi % 12], midi)
        distance += 1


def keep_contour(
    before: Pitch, after: Pitch, snapped_before: Pitch, snapped_after: Pitch, chord: Chord
) -> Pitch:
    """The second of two successive notes, moved on where snapping made them one (T4.1).

    If `before` and `after` differed, it goes to the next chord tone in their direction.
    """
    if before.midi == after.midi or snapped_before.midi != snapped_after.midi:
        return snapped_after
    step = 1 if after.midi > before.midi else -1
    letters = _chord_letters(chord)
    midi = snapped_after.midi + step
    while midi % 12 not in letters:
        midi += step
    return pitch_of(letters[midi % 12], midi)


def _chord_letters(chord: Chord) -> dict[int, int]:
    """The letter of each pitch class of the chord."""
    classes = zip(chord.tones, chord.pitch_classes, strict=True)
    return {pitch_class: (chord.letter + tone.letters) % 7 for tone, pitch_class in classes}


def _scale_letters(chord: Chord, key: Key) -> Mapping[int, int]:
    """The chord-scale: chord tones, and notes of the key not a semitone above one of them."""
    letters = _chord_letters(chord)
    sounding = frozenset(letters)
    for letter, semitones in zip(key.mode.spelling_steps, key.mode.steps, strict=True):
        pitch_class = (key.pitch_class + semitones) % 12
        if pitch_class not in sounding and (pitch_class - 1) % 12 not in sounding:
            letters[pitch_class] = (key.letter + letter) % 7
    return letters
