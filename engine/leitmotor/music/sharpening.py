"""`sharpen`: a motif grows shorter, harder and more urgent, all at once (theory T3)."""

from __future__ import annotations

from functools import lru_cache

from leitmotor.music.notes import Degree, Note, Tone
from leitmotor.music.scale import Mode

SHARPENED_STEP = 0.05
"""Amounts are rounded to this: finer ones are not heard."""

LONGEST_CUT, HARDEST = 0.5, 24
"""At 1, notes have lost this share of their length and gained this much velocity."""

STACCATO_FROM, LEADING_FROM = 0.5, 0.66
"""Above these, notes are staccato, and the fourth and the seventh lead upwards."""

_LEADING = {3: 6, 6: 11}
"""Degrees that lead, and their semitones above the tonic when they do."""


def rounded(amount: float) -> float:
    """An amount from 0 to 1, as it is performed."""
    return round(round(min(max(amount, 0.0), 1.0) / SHARPENED_STEP) * SHARPENED_STEP, 2)


@lru_cache(maxsize=512)
def sharpened(notes: tuple[Note, ...], amount: float, mode: Mode) -> tuple[Note, ...]:
    """The notes at an amount from 0 (as they are) to 1, in the mode in force.

    Onsets stay. Every note but the last gets shorter, and rests fill the gaps; the order of pitch
    classes stays up to `LEADING_FROM`.
    """
    if not amount:
        return notes
    last = max((note.onset for note in notes), default=0)
    return tuple(_sharp(note, amount, mode, note.onset == last) for note in notes)


def _sharp(note: Note, amount: float, mode: Mode, final: bool) -> Note:
    length = note.length if final else max(round(note.length * (1 - LONGEST_CUT * amount)), 1)
    articulation = note.articulation
    if amount > STACCATO_FROM and not final and articulation in ("", "normal", "legato"):
        articulation = "staccato"
    tones = note.tones
    if amount > LEADING_FROM and mode.size == 7:
        tones = tuple(_leading(tone, mode) for tone in tones)
    return note._replace(
        length=length,
        articulation=articulation,
        accent=note.accent + round(HARDEST * amount),
        tones=tones,
    )


def _leading(tone: Tone, mode: Mode) -> Tone:
    """A plain fourth or seventh degree as a leading note; everything else as it is."""
    if not isinstance(tone, Degree) or tone.alter or tone.step % 7 not in _LEADING:
        return tone
    place = tone.step % 7
    alter = _LEADING[place] - (tone.mode or mode).steps[place]
    return Degree(tone.step, alter, tone.octave, tone.mode, tone.home, tone.moves)
