"""What a MIDI file says beside notes, from the words of events: metres, keys, markers.

Each function answers None for what a MIDI file has no way to say.
"""

from __future__ import annotations

from leitmotor.messages import Bar, Change
from leitmotor.music.key_name import parse_key_name
from leitmotor.music.scale import LETTERS
from leitmotor.music.time import QUARTER
from leitmotor.outputs import smf_bytes

MARKED = {"scene": "scene", "cue": "cue"}
"""Changes that get a marker, and the word it begins with (S36)."""

_CLOCKS_PER_QUARTER = 24
_FIFTHS = dict(zip("FCGDAEB", range(-1, 6), strict=True))
_MODE_FIFTHS = {
    "major": 0,
    "pentatonic": 0,
    "lydian": 1,
    "mixolydian": -1,
    "dorian": -2,
    "minor": -3,
    "harmonic": -3,
    "melodic": -3,
    "minor pentatonic": -3,
    "phrygian": -4,
    "locrian": -5,
}
"""How many sharps more (flats: fewer) a mode has than the major key on its tonic."""

_MAJOR_SIDE = frozenset({"major", "pentatonic", "lydian", "mixolydian"})


def time_signature(bar: Bar) -> bytes | None:
    """The metre of a bar. Groups of a metre (`2+2+3`) cannot be said; its beat can."""
    written = bar.metre.partition(" ")[0]
    upper, _, lower = written.partition("/")
    if not (upper.isdecimal() and lower.isdecimal()):
        return None
    numerator, denominator = int(upper), int(lower)
    if not 0 < numerator < 256 or denominator.bit_count() != 1:
        return None
    clocks, broken = divmod(bar.beat * _CLOCKS_PER_QUARTER, QUARTER)
    beat_is_whole = not broken and 0 < clocks < 256
    return smf_bytes.time_signature(
        numerator, denominator, clocks if beat_is_whole else _CLOCKS_PER_QUARTER
    )


def key_signature(change: Change) -> bytes | None:
    """The signature of a key such as `Eb minor`; a church mode has that of the notes it uses."""
    try:
        letter, alter, mode = parse_key_name(change.value)
    except ValueError:
        return None
    if mode is None or mode.name not in _MODE_FIFTHS:
        return None
    sharps = _FIFTHS[LETTERS[letter]] + 7 * alter + _MODE_FIFTHS[mode.name]
    if not -7 <= sharps <= 7:
        return None
    return smf_bytes.key_signature(sharps, 0 if mode.name in _MAJOR_SIDE else 1)


def marker(change: Change) -> bytes | None:
    """`scene ID` or `cue NAME`."""
    word = MARKED.get(change.what)
    if word is None or not change.value:
        return None
    return smf_bytes.marker(f"{word} {change.value}")
