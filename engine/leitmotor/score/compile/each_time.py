"""`each time`: one operation a statement, counted round, after the state's own (theory T3)."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.music.operation import (
    AsWritten,
    InRole,
    NotYet,
    OnInstrument,
    Operation,
    Sharpen,
    TempoFactor,
)
from leitmotor.music.transform import CannotApply, Form, apply
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compile.found import Found
from leitmotor.score.compiled import Motif
from leitmotor.score.forms import form_of
from leitmotor.score.parts import Path
from leitmotor.score.written import Written

KEY = "each time"
FOR_STATEMENTS = (TempoFactor, OnInstrument, InRole, Sharpen)
"""Operations that move everybody, say who plays or wait for the mode: of a motif, not a line."""


def each_time_of(texts: Sequence[str]) -> tuple[tuple[Operation, ...], ...]:
    """What every entry adds to the operations of a state: nothing where it is `as written`.

    An entry that is not performed yet keeps its place, and changes nothing.
    """
    operations = (parse_operation(text) for text in texts)
    return tuple(() if isinstance(each, (AsWritten, NotYet)) else (each,) for each in operations)


def check_each_time(motif: Motif, path: Path, found: Found) -> None:
    """Every entry must fit the notes in every state, so that nobody hears of it live."""
    for number, entry in enumerate(motif.each_time if motif.notes else ()):
        for state in ("", *motif.states):
            if not _can_be_formed(motif, state):
                continue  # told at the state's own operations
            try:
                form_of(motif, state, entry)
            except CannotApply as reason:
                where = f"in state {state}, " if state else ""
                found.error((*path, KEY, number), f"{where}{reason}")
                break


def _can_be_formed(motif: Motif, state: str) -> bool:
    try:
        form_of(motif, state)
    except CannotApply:
        return False
    return True


def figure_forms(
    written: Written, texts: Sequence[str], path: Path, found: Found
) -> tuple[Form, ...]:
    """What every entry makes of a text that a role repeats, a figure's or a stinger's.

    An entry that cannot be applied is an error at its place, and left out.
    """
    forms = []
    for number, entry in enumerate(each_time_of(texts)):
        try:
            if entry and isinstance(entry[0], FOR_STATEMENTS):
                raise CannotApply(
                    f"{entry[0]}: only a motif sets a tempo or its players; leave it out"
                )
            forms.append(apply(entry, written.notes, written.length, 0, frozenset(), True))
        except CannotApply as reason:
            found.error((*path, KEY, number), str(reason))
    return tuple(forms)
