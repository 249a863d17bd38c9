"""Variations: what `vary:` makes of a motif (theory T3, language §5, S17).

Operations compose left to right. Rhythm and selection are carried out here, once, when a statement
starts; pitch operations are written into the tones and take effect when each is resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from leitmotor.music.interval import Interval, letters_for
from leitmotor.music.notes import Degree, Home, Letter, Note, Shift, Tone
from leitmotor.music.operation import (
    Articulate,
    AsWritten,
    Augment,
    Axis,
    Beats,
    CannotApply,
    Diminish,
    Displace,
    Fragment,
    InMode,
    InRole,
    Invert,
    InvertReal,
    NotYet,
    OnInstrument,
    Operation,
    Ornament,
    PitchOperation,
    Register,
    Rekey,
    Retrograde,
    RhythmOperation,
    Sequence,
    SequenceReal,
    SettingOperation,
    Sharpen,
    Tail,
    TempoFactor,
    Thicken,
    ToneOperation,
    TransposeInterval,
    TransposeSemitones,
    TransposeSteps,
)
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.transform_ornament import ornamented
from leitmotor.music.transform_rhythm import (
    Line,
    between_beats,
    displaced,
    exact,
    repeated,
    reversed_in_time,
    scaled,
    selected,
)
from leitmotor.music.transform_tones import (
    axis_of,
    by_octaves,
    by_shift,
    by_steps,
    carried,
    doubled,
    in_mode,
    inverted,
    mirrored,
    rekeyed,
)
from leitmotor.records import record

__all__ = ["CannotApply", "Form", "Operation", "apply"]

ToneChange: TypeAlias = Callable[[Tone], Tone]
TonesChange: TypeAlias = Callable[[tuple[Tone, ...]], tuple[Tone, ...]]


@record
class Form:
    """A motif as one statement plays it.

    Positions are ticks from the first full bar; a pickup has negative onsets. `length` ends the
    form; where the motif loops, a note that goes on after it is tied over into the next round.
    """

    notes: tuple[Note, ...]
    length: Ticks
    pickup: Ticks
    tempo_factor: float = 1.0
    instrument: str = ""  # "" leaves the palette's
    role: str = ""  # "" leaves the motif's
    operations: tuple[str, ...] = ()  # what was done, as an author types it
    sharpness: float = 0.0  # 0…1: carried out when a note is due, for it depends on the mode


def apply(
    operations: Iterable[Operation],
    notes: tuple[Note, ...],
    length: Ticks,
    pickup: Ticks,
    must_keep: frozenset[int],
    loops: bool,
) -> Form:
    """The form that `operations` make of a motif, one after the other, left to right.

    `must_keep` holds numbers of notes as written (`Note.number`) that are never cut or ornamented.
    `loops` says whether `displace` goes round the corner. `CannotApply` names the operation and why
    these notes cannot take it. It never depends on the key, so a score finds out when compiled.
    """
    form = Form(notes, length, pickup)
    for operation in operations:
        try:
            form = _performed(operation, form, must_keep, loops)
        except CannotApply as reason:
            raise CannotApply(f"{operation}: {reason}") from None
        form = replace(form, operations=(*form.operations, str(operation)))
    return form


def _performed(operation: Operation, form: Form, must_keep: frozenset[int], loops: bool) -> Form:
    if isinstance(operation, PitchOperation):
        return _with_tones(form, operation)
    if isinstance(operation, SettingOperation):
        return _with_setting(form, operation)
    line = Line(form.notes, form.length, form.pickup)
    line = _with_rhythm(line, operation, must_keep, loops)
    return replace(form, notes=line.notes, length=line.length, pickup=line.pickup)


def _with_setting(form: Form, operation: SettingOperation) -> Form:
    match operation:
        case Articulate(articulation):
            word = "" if articulation == "normal" else articulation
            return replace(
                form, notes=tuple(note._replace(articulation=word) for note in form.notes)
            )
        case TempoFactor(factor):
            return replace(form, tempo_factor=form.tempo_factor * factor)
        case OnInstrument(instrument):
            return replace(form, instrument=instrument)
        case InRole(role):
            return replace(form, role=role)
        case Sharpen(amount):
            return replace(form, sharpness=max(form.sharpness, amount))
        case AsWritten() | NotYet():
            return form


def _with_rhythm(
    line: Line, operation: RhythmOperation, must_keep: frozenset[int], loops: bool
) -> Line:
    match operation:
        case Retrograde():
            return reversed_in_time(line)
        case Augment(ratio):
            return scaled(line, ratio)
        case Diminish(ratio):
            return scaled(line, 1 / ratio)
        case Fragment(first, last):
            return selected(line, first, last, must_keep)
        case Tail(count):
            return selected(line, len(line.notes) - count + 1, len(line.notes), must_keep)
        case Beats(start, end):
            return between_beats(line, exact(start * QUARTER), exact(end * QUARTER), must_keep)
        case Sequence(count, steps):
            return _sequence(line, count, lambda copy: lambda tone: by_steps(tone, copy * steps))
        case SequenceReal(count, interval, up):
            step = _shift(interval, up)
            return _sequence(
                line, count, lambda copy: lambda tone: by_shift(tone, _times(step, copy))
            )
        case Ornament(kind):
            return ornamented(line, kind, must_keep)
        case Displace(by):
            return displaced(line, exact(by * QUARTER), loops)


def _sequence(line: Line, count: int, change_of: Callable[[int], ToneChange]) -> Line:
    whole, copies = repeated(line, count)
    changes = {copy: _Tones(_each(change_of(copy))) for copy in range(1, count)}
    notes = tuple(
        changes[copy].note(note) if copy else note
        for note, copy in zip(whole.notes, copies, strict=True)
    )
    return replace(whole, notes=notes)


def _with_tones(form: Form, operation: PitchOperation) -> Form:
    if isinstance(operation, Thicken):
        thicker = _Tones(lambda tones: _thickened(tones, operation.by))
        notes = tuple(note.with_tones(thicker.of(note.tones)) for note in form.notes)
        return replace(form, notes=notes)
    change = _Tones(_each(_tone_change(operation, form.notes)))
    return replace(form, notes=tuple(map(change.note, form.notes)))


def _tone_change(operation: ToneOperation, notes: tuple[Note, ...]) -> ToneChange:
    match operation:
        case TransposeSteps(steps):
            return lambda tone: by_steps(tone, steps)
        case TransposeInterval(interval, up):
            shift = _shift(interval, up)
            return lambda tone: by_shift(tone, shift)
        case TransposeSemitones(semitones):
            shift = Shift(letters_for(semitones), semitones)
            return lambda tone: by_shift(tone, shift)
        case Rekey(letter, alter, mode):
            home = Home(letter, alter, mode)
            return lambda tone: rekeyed(tone, home)
        case InMode(mode):
            return lambda tone: in_mode(tone, mode)
        case Invert(axis):
            return _tonal_inversion(axis, notes)
        case InvertReal(axis):
            return _real_inversion(axis, notes)
        case Register(octaves):
            return lambda tone: by_octaves(tone, octaves)


def _tonal_inversion(axis: Axis | None, notes: tuple[Note, ...]) -> ToneChange:
    if axis is None:
        first = _first_degree(notes)
        if first is None:
            return lambda tone: tone
        axis = carried(axis_of(first), first.moves)
    about = axis
    return lambda tone: inverted(tone, about)


def _real_inversion(axis: Axis | None, notes: tuple[Note, ...]) -> ToneChange:
    if axis is not None:
        about = axis
        return lambda tone: mirrored(tone, about)
    first = _first_degree(notes)
    if first is not None:
        centre, moves = axis_of(first), first.moves
        return lambda tone: mirrored(tone, centre, moves)
    if any(isinstance(tone, Letter) for note in notes for tone in note.tones):
        raise CannotApply("no note here is a degree; say which degree to turn about")
    return lambda tone: tone


def _first_degree(notes: tuple[Note, ...]) -> Degree | None:
    """The first note's tone where it is a degree, else the first degree after it."""
    tones = (tone for note in notes for tone in note.tones)
    return next((tone for tone in tones if isinstance(tone, Degree)), None)


def _shift(interval: Interval, up: bool) -> Shift:
    return _times(Shift(interval.letters, interval.semitones), 1 if up else -1)


def _times(shift: Shift, count: int) -> Shift:
    return Shift(shift.letters * count, shift.semitones * count)


class _Tones:
    """Changes the tones of notes; those of equal notes are one object, and changed once.

    Good for one operation: it goes by the identity of tones, which the notes keep alive.
    """

    __slots__ = ("_change", "_changed")

    def __init__(self, change: TonesChange) -> None:
        self._change = change
        self._changed: dict[int, tuple[Tone, ...]] = {}

    def of(self, tones: tuple[Tone, ...]) -> tuple[Tone, ...]:
        """The tones, changed."""
        changed = self._changed.get(id(tones))
        if changed is None:
            changed = self._changed[id(tones)] = self._change(tones)
        return changed

    def note(self, note: Note) -> Note:
        """A note and its graces, with every tone changed."""
        changed = note.with_tones(self.of(note.tones))
        if not note.graces:
            return changed
        graces = tuple(replace(grace, tones=self.of(grace.tones)) for grace in note.graces)
        return changed._replace(graces=graces)


def _each(change: ToneChange) -> TonesChange:
    return lambda tones: tuple(map(change, tones))


def _thickened(tones: tuple[Tone, ...], by: str) -> tuple[Tone, ...]:
    """Tones with their doubles; one that is there already is not doubled."""
    return tuple(dict.fromkeys((*tones, *(doubled(tone, by) for tone in tones))))
