"""What the pitch operations of `vary:` do to one tone (theory T3, S17).

A degree keeps (step, alter, octave), which later operations along the scale still act on, and
the moves that are made on the pitch it resolves to. Operations compose left to right: one that
comes after a real inversion (a Mirror among the moves) goes the other way on the degree, so that
what sounds goes the way that is written.

Chord tones, letters and pieces of a kit have no degree. Operations along the scale, `rekey` and
`mode` leave them alone. Letters take real transpositions, real inversions and registers; chord
tones take real transpositions and registers; pieces take nothing.
"""

from __future__ import annotations

from dataclasses import replace

from leitmotor.music.notes import ChordTone, Degree, Home, Letter, Mirror, Move, Shift, Tone
from leitmotor.music.operation import Axis
from leitmotor.music.scale import Mode

_LETTERS_IN_OCTAVE = 7
THICKENINGS: dict[str, int] = {"octaves": 0, "thirds": -2, "sixths": -5}
"""Scale steps from the line to its double; octaves are counted apart."""


def extended(moves: tuple[Move, ...], *more: Move) -> tuple[Move, ...]:
    """`moves` with `more` after them; neighbours that undo each other are left out."""
    result = list(moves)
    for move in more:
        last = result[-1] if result else None
        if isinstance(move, Shift) and isinstance(last, Shift):
            result.pop()
            move = Shift(last.letters + move.letters, last.semitones + move.semitones)
        elif isinstance(move, Mirror) and move == last:
            result.pop()
            continue
        if move != Shift(0, 0):
            result.append(move)
    return tuple(result)


def inverse(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """What takes `moves` back."""
    return tuple(
        Shift(-move.letters, -move.semitones) if isinstance(move, Shift) else move
        for move in reversed(moves)
    )


def octave_shift(octaves: int) -> Shift:
    """So many octaves as a move."""
    return Shift(_LETTERS_IN_OCTAVE * octaves, 12 * octaves)


def direction(tone: Degree) -> int:
    """+1, or -1 where an odd number of mirrors turns the degree upside down."""
    if not tone.moves:
        return 1
    mirrors = sum(isinstance(move, Mirror) for move in tone.moves)
    return -1 if mirrors % 2 else 1


def by_steps(tone: Tone, steps: int) -> Tone:
    """Along the scale, alteration kept."""
    if not isinstance(tone, Degree):
        return tone
    step = tone.step + direction(tone) * steps
    return Degree(step, tone.alter, tone.octave, tone.mode, tone.home, tone.moves)


def neighbour(tone: Tone, steps: int) -> Tone:
    """The scale's own degree so many steps away."""
    if not isinstance(tone, Degree):
        return tone
    step = tone.step + direction(tone) * steps
    return Degree(step, 0, tone.octave, tone.mode, tone.home, tone.moves)


def by_shift(tone: Tone, shift: Shift) -> Tone:
    """By letters and semitones."""
    if isinstance(tone, (Degree, ChordTone, Letter)):
        return replace(tone, moves=extended(tone.moves, shift))
    return tone


def by_octaves(tone: Tone, octaves: int) -> Tone:
    """By whole octaves."""
    if isinstance(tone, Degree):
        octave = tone.octave + direction(tone) * octaves
        return Degree(tone.step, tone.alter, octave, tone.mode, tone.home, tone.moves)
    if isinstance(tone, ChordTone):
        return replace(tone, octave=tone.octave + octaves)
    return by_shift(tone, octave_shift(octaves))


def rekeyed(tone: Tone, home: Home) -> Tone:
    """The same degree, read in another key; a mode that the key names wins over one set before."""
    if not isinstance(tone, Degree):
        return tone
    return replace(tone, home=home, mode=None if home.mode is not None else tone.mode)


def in_mode(tone: Tone, mode: Mode) -> Tone:
    """The same degree, read in `mode`.

    Which alterations are the new mode's own degree depends on the mode in force, so that they are
    dropped where the tone is resolved.
    """
    return replace(tone, mode=mode) if isinstance(tone, Degree) else tone


def axis_of(tone: Degree) -> Axis:
    """The degree itself as an axis, before its moves."""
    return Axis(tone.step, tone.alter, tone.octave)


def carried(axis: Axis, moves: tuple[Move, ...]) -> Axis:
    """The degree that `moves` take `axis` to, counting letters as steps."""
    for move in moves:
        if isinstance(move, Shift):
            axis = replace(axis, step=axis.step + move.letters)
        else:
            axis = Axis(2 * move.step - axis.step, 2 * move.alter - axis.alter, -axis.octave)
    return axis


def inverted(tone: Tone, sounding_axis: Axis) -> Tone:
    """Turned along the scale about the degree that sounds as `sounding_axis`."""
    if not isinstance(tone, Degree):
        return tone
    axis = carried(sounding_axis, inverse(tone.moves))
    return replace(
        tone,
        step=2 * axis.step - tone.step,
        alter=2 * axis.alter - tone.alter,
        octave=2 * axis.octave - tone.octave,
    )


def mirrored(tone: Tone, axis: Axis, axis_moves: tuple[Move, ...] = ()) -> Tone:
    """Turned by semitones about the pitch that `axis_moves` take the degree `axis` to."""
    if not isinstance(tone, (Degree, Letter)):
        return tone
    # A mirror stands about a bare degree: go back to where the axis was one, turn, and return.
    there = (octave_shift(axis.octave), *axis_moves)
    moves = extended(tone.moves, *inverse(there), Mirror(axis.step, axis.alter), *there)
    return replace(tone, moves=moves)


def doubled(tone: Tone, by: str) -> Tone:
    """The tone that `thicken` sets below; the tone itself where it has none."""
    if by == "octaves":
        return by_octaves(tone, -1)
    return neighbour(tone, THICKENINGS[by])
