"""`leitmotor cues`: the cue sheet, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from leitmotor.score.cue_sheet import CueLine, cue_sheet, does_text, fired_text
from leitmotor.score.load import load_score

COLUMNS = ("go", "number", "cue", "fired by", "only", "does", "note")


class Form(Enum):
    """How the sheet is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def cues(path: Path, rig: Path | None, form: Form) -> None:
    """Print the cue sheet of a score."""
    score = load_score(path, rig).score
    lines = cue_sheet(score)
    if form is Form.JSON:
        print(json.dumps(_for_programs(score.title, lines), ensure_ascii=False, indent=2))
    elif form is Form.CSV:
        _write_exactly(_comma_separated(lines))
    elif not lines:
        print(f"{score.title} has no cues; go, state and every other verb can be typed")
    else:
        _show(score.title, lines)


def _row(line: CueLine) -> tuple[str, ...]:
    go = str(line.go) if line.go else ""
    only = ", ".join(line.only)
    return go, line.number, line.name, fired_text(line), only, does_text(line), line.note


def _show(title: str, lines: tuple[CueLine, ...]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=200, color_system=None)
    table = Table(title=Text(f"{title}: cues"), title_justify="left")
    for column in ("GO", *COLUMNS[1:]):
        table.add_column(Text(column), overflow="fold")
    for line in lines:
        table.add_row(*(Text(cell) for cell in _row(line)))
    console.print(table)


def _comma_separated(lines: tuple[CueLine, ...]) -> str:
    """RFC 4180: a line of names, CRLF, quotes where a field needs them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, lines))
    return text.getvalue()


def _write_exactly(text: str) -> None:
    """As bytes: where lines end otherwise, CRLF would become something else."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _for_programs(title: str, lines: tuple[CueLine, ...]) -> dict[str, object]:
    return {
        "title": title,
        "cues": [
            {
                "go": line.go or None,
                "number": line.number or None,
                "name": line.name,
                "fired by": line.fired_by,
                "only": line.only,
                "turns": line.turns or None,
                "do": line.does if line.turns else [verb for verbs in line.does for verb in verbs],
                "set": line.sets or None,
                "note": line.note or None,
            }
            for line in lines
        ],
    }
