"""Motifs, figures and progressions, from their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from leitmotor.messages import AtBar
from leitmotor.music.length import Gap, Length, LengthRange, Unit
from leitmotor.music.metre import Metre
from leitmotor.music.notes import Note
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.operation import NotYet, Operation
from leitmotor.music.scale import Key, Mode
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.transform import CannotApply
from leitmotor.music.transform_text import parse_operation
from leitmotor.music.trill import trilled
from leitmotor.score.compile.each_time import check_each_time, each_time_of, figure_forms
from leitmotor.score.compile.found import Found
from leitmotor.score.compiled import (
    Choice,
    Figure,
    FigureBar,
    Motif,
    MotifState,
    Progression,
)
from leitmotor.score.drum_text import parse_drums
from leitmotor.score.forms import form_of
from leitmotor.score.from_midi import FileFault, Taken, notes_from
from leitmotor.score.model import material as model
from leitmotor.score.note_text import parse_notes
from leitmotor.score.parts import Path, counted
from leitmotor.score.written import Written

STEPS = {sign: Fraction(4, 2**number) for number, sign in enumerate("whqest")}


def named(choice: Choice[str] | None, name: str) -> Choice[str] | None:
    """A choice that counts its turns under a name of its own."""
    return Choice(choice.options, name, choice.shuffled) if choice is not None else None


def gap(length: LengthRange | None) -> Gap | None:
    """What is drawn from; a plain length where both ends are the same."""
    if length is None or length.shortest != length.longest:
        return length
    return length.shortest


def ticks_in(length: Length | None, metre: Metre) -> Ticks:
    """A length in bars or beats of a metre, in ticks."""
    if length is None:
        return 0
    unit = metre.bar if length.unit is Unit.BARS else metre.beat
    return round(length.amount * unit)


def place_in(bar: AtBar, metre: Metre) -> Ticks:
    """`bar 3 beat 2` in ticks from the first bar."""
    return (bar.bar - 1) * metre.bar + round((bar.beat - 1) * metre.beat)


def pickup_in(length: Length | None, metre: Metre, path: Path, found: Found) -> Ticks | None:
    """An upbeat in ticks, 0 without one; None where it cannot be one."""
    if length is not None and length.unit is Unit.SECONDS:
        found.error((*path, "pickup"), "a pickup is counted in beats: write 1 beat")
        return None
    pickup = ticks_in(length, metre)
    if pickup and pickup >= metre.bar:
        found.error((*path, "pickup"), f"a pickup is shorter than a bar of {metre}")
        return None
    return pickup


def compile_motif(
    name: str, entry: model.Motif, metre: Metre, key: Key, found: Found
) -> Motif | None:
    """A motif in ticks; None where its notes cannot be read."""
    path: Path = ("motifs", name)
    metre = entry.metre or metre
    pickup = pickup_in(entry.pickup, metre, path, found)
    if pickup is None:
        return None
    if entry.file:
        wanted = Taken(entry.track, entry.bars, metre, pickup, key)
        from_file = _from_file(entry.file, wanted, path, found)
        if from_file is None:
            return None
        written = from_file
    else:
        written = parse_notes(entry.notes, metre=metre, pickup=pickup, minor=key.mode.is_minor)
    if not readable(written, (*path, "notes"), found):
        return None
    motif = Motif(
        name=name,
        notes=written.notes,
        length=written.length,
        pickup=max(-min(note.onset for note in written.notes), 0) if written.notes else 0,
        metre=metre,
        role=entry.role,
        octave=entry.octave - 4,
        fit=entry.fit,
        harmony=named(entry.harmony, f"motif {name} harmony"),
        times=entry.loop,
        must_keep=entry.must_keep,
        rest=gap(entry.rest),
        marks={mark: place_in(place, metre) for mark, place in entry.marks.items()},
        states={state: _state(name, state, variant) for state, variant in entry.states.items()},
        each_time=each_time_of(entry.each_time),
    )
    _check_marks(motif, path, found)
    _check_forms(motif, path, found)
    check_each_time(motif, path, found)
    return motif


def _from_file(file: str, wanted: Taken, path: Path, found: Found) -> Written | None:
    """The notes that a motif takes from a file; what is wrong with them is told."""
    data = found.source.files.get(file)
    if data is None:
        found.error((*path, "file"), f'"{file}" was not read')
        return None
    try:
        taken = notes_from(data, wanted)
    except FileFault as fault:
        said = f"{file}: {fault}" if fault.key == "file" else str(fault)
        found.error((*path, fault.key), said)
        return None
    for key, remark in taken.remarks:
        found.note((*path, key), f"{file}: {remark}")
    return taken.written


def readable(written: Written, path: Path, found: Found) -> bool:
    """Whether notes could be read; what is wrong with them is told either way."""
    for problem in written.problems:
        found.text_error(path, problem)
    for warning in written.warnings:
        found.text_note(path, warning)
    return not written.problems


def _state(motif: str, name: str, entry: model.MotifState) -> MotifState:
    return MotifState(
        name,
        vary=performed(tuple(parse_operation(text) for text in entry.vary)),
        palette=entry.palette,
        dynamic=entry.dynamic,
        mode=entry.mode,
        harmony=named(entry.harmony, f"motif {motif} {name} harmony"),
        touch=entry.touch,
    )


def performed(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """The operations that are performed; the others are listed as not yet performed."""
    return tuple(operation for operation in operations if not isinstance(operation, NotYet))


def _check_marks(motif: Motif, path: Path, found: Found) -> None:
    for mark, place in motif.marks.items():
        if not 0 <= place <= motif.length:
            bars = counted(motif.length // motif.metre.bar, "bar")
            found.error((*path, "marks", mark), f"{motif.name} has only {bars}")


def _check_forms(motif: Motif, path: Path, found: Found) -> None:
    """Every state's operations must fit the notes: known here, so that nobody hears of it live."""
    highest = max((note.number for note in motif.notes), default=-1) + 1
    for number in sorted(motif.must_keep) if motif.notes else ():
        if number >= highest:
            held = counted(highest, "note")
            text = f"{motif.name} has {held}: there is no note {number + 1}"
            found.error((*path, "must keep"), text)
    for name in motif.states if motif.notes else ():
        try:
            form_of(motif, name)
        except CannotApply as reason:
            found.error((*path, "states", name, "vary"), str(reason))


def compile_figure(name: str, entry: model.Figure, metre: Metre, found: Found) -> Figure | None:
    """A figure bar by bar."""
    path: Path = ("figures", name)
    metre = entry.metre or metre
    if entry.drums:
        if not entry.step:
            found.error(path, "rows of strokes need the value of one sign: add step: e")
            return None
        step = round(STEPS[entry.step[0]] * QUARTER * (Fraction(3, 2) if "." in entry.step else 1))
        written = parse_drums(entry.drums, step)
        for problem in written.problems:
            rows = list(entry.drums)
            found.error((*path, "drums", rows[min(problem.line, len(rows) - 1)]), problem.text)
        if written.problems:
            return None
    else:
        written = parse_notes(entry.notes, metre=metre)
        if not readable(written, (*path, "notes"), found):
            return None
    forms = figure_forms(written, entry.each_time, path, found)
    each_time = tuple(_bars(form.notes, form.length, metre) for form in forms)
    return Figure(name, entry.role, _bars(written.notes, written.length, metre), each_time)


def _bars(notes: Sequence[Note], length: Ticks, metre: Metre) -> tuple[FigureBar, ...]:
    """The text cut into the bars of its metre, its trills written out."""
    return tuple(replace(bar, notes=trilled(bar.notes)) for bar in _cut(notes, length, metre))


def _cut(written: Sequence[Note], length: Ticks, metre: Metre) -> list[FigureBar]:
    count = max(-(-length // metre.bar), 1)
    if count == 1:
        return [FigureBar(tuple(written), max(length, 1))]
    bars = []
    for number in range(count):
        start = number * metre.bar
        notes = tuple(
            note._replace(onset=note.onset - start)
            for note in written
            if start <= note.onset < start + metre.bar
        )
        bars.append(FigureBar(notes, min(metre.bar, length - start)))
    return bars


def compile_progression(
    name: str, entry: model.Progression, home: Mode, found: Found
) -> Progression | None:
    """A progression bar by bar. Its numerals were read once before, so they are right."""
    bars: list[tuple[str, ...]] = []
    for line in entry.chords:
        bars += [tuple(bar.split()) for bar in line.strip().strip("|").split("|")]
    if not all(bars):
        found.error(("harmony", name), "a bar of a progression holds at least one numeral")
        return None
    key = None
    if entry.in_ is not None:
        letter, alter, mode = entry.in_
        key = Key(letter, alter, mode or home)
        home = key.mode
    numerals = tuple(tuple(parse_numeral(text) for text in bar) for bar in bars)
    return Progression(name, numerals, home, key)
