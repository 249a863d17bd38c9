"""Drum rows: `{lo: X.. x.., tick: .xx .xo}` into strokes (language §2)."""

from __future__ import annotations

from collections.abc import Mapping

from leitmotor.music.notes import Note, Piece
from leitmotor.music.time import Ticks
from leitmotor.score.written import Findings, Written

STROKES: dict[str, int] = {"X": 24, "x": 0, "o": -24}
"""Velocity on top of a stroke: accent, plain, ghost."""

REST = "."
_MEANT = {"O": "o", "-": REST, "_": REST, "0": "o", "*": "x", "·": REST}


def parse_drums(rows: Mapping[str, str], step: Ticks) -> Written:
    """Reads one row a piece of the kit; each sign is a stroke or rest of length `step`.

    Strokes at one place are one note a piece, in the order of the rows. Problems carry the number
    of the row (from 0) as their line. Never raises for the text of a row.
    """
    findings = Findings()
    lengths: list[int] = []
    strokes: list[tuple[Ticks, int, str, int, int]] = []
    for line, (name, row) in enumerate(rows.items()):
        place = 0
        for column, sign in enumerate(row, 1):
            if sign.isspace():
                continue
            if sign in STROKES:
                strokes.append((place * step, line, name, STROKES[sign], column))
            elif sign != REST:
                findings.problem(line, column, _unknown_sign(sign))
            place += 1
        lengths.append(place)
    _compare(rows, lengths, findings)
    notes = tuple(
        Note(index, onset, step, (Piece(name),), accent=accent, column=column)
        for index, (onset, _, name, accent, column) in enumerate(sorted(strokes))
    )
    return Written(notes, max(lengths, default=0) * step, (), findings.problems)


def _compare(rows: Mapping[str, str], lengths: list[int], findings: Findings) -> None:
    longest = max(lengths, default=0)
    if longest == 0:
        findings.problem(0, 1, "there are no strokes here: write rows such as lo: X..x..x.")
        return
    model = list(rows)[lengths.index(longest)]
    for line, (name, row) in enumerate(rows.items()):
        if lengths[line] != longest:
            findings.problem(
                line,
                max(len(row.rstrip()), 1),
                f"rows must be equally long: {name} has {lengths[line]} places, "
                f"{model} has {longest}; . is a rest",
            )


def _unknown_sign(sign: str) -> str:
    near = f"did you mean {_MEANT[sign]}? " if sign in _MEANT else ""
    if sign == "|":
        near = "rows have no bar lines, use a blank; "
    return f"{sign!r} is no stroke: {near}X is an accent, x a stroke, o a ghost, . a rest"
